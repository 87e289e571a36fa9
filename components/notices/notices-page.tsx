"use client";

import { Button } from "@mantine/core";
import { IconBell, IconChecks, IconMail } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { ListFrame } from "@/components/ui/list-frame";
import { PageHeader } from "@/components/ui/page-header";
import { useAction } from "@/components/ui/use-action";
import type { NoticesPage as Page } from "@/services/telling/read-notices";
import { NoticeEntry } from "./notice-entry";
import classes from "./notices.module.css";
import { type MarkReadAction, useNotices, useRefreshNotices, useUnread } from "./use-notices";

type Props = { initial: Page; workspaceId: string; markRead: MarkReadAction };

/** What the workspace was told, kept live. */
export function NoticesPage({ initial, workspaceId, markRead }: Props) {
  const t = useTranslations("notices");
  const query = useNotices(workspaceId, initial);
  const refresh = useRefreshNotices(workspaceId);
  const { run, pending } = useAction(markRead, { onSuccess: refresh });
  const unread = useUnread(workspaceId).data?.count ?? 0;
  const notices = query.data.pages.flatMap((page) => page.notices);
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          <>
            <LinkButton
              href="/settings/notices"
              variant="subtle"
              color="gray"
              leftSection={<IconMail size={16} stroke={1.6} />}
            >
              {t("settings.title")}
            </LinkButton>
            {unread ? (
              <Button
                variant="default"
                leftSection={<IconChecks size={16} stroke={1.6} />}
                loading={pending}
                onClick={() => run({ ids: "all" })}
              >
                {t("markAll")}
              </Button>
            ) : null}
          </>
        }
      />
      <ListFrame
        title={t("title")}
        query={query}
        error={t("error")}
        more={t("more")}
        className={classes.list}
        empty={
          <EmptyState
            icon={<IconBell size={22} stroke={1.6} />}
            title={t("emptyTitle")}
            description={t("emptyText")}
          />
        }
      >
        {notices.map((notice) => (
          <NoticeEntry key={notice.id} notice={notice} onRead={() => void run({ ids: [notice.id] })} />
        ))}
      </ListFrame>
    </>
  );
}
