"use client";

import { Button, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/ui/formatted";
import { LinkButton } from "@/components/ui/link-button";
import { StatusBadge } from "@/components/ui/status-badge";
import { noticePath } from "@/lib/notice-path";
import type { NoticeRow } from "@/services/telling/read-notices";
import classes from "./notices.module.css";
import { useNoticeWords } from "./use-notice-words";

type Props = { notice: NoticeRow; onRead: () => void };

/** One notice: what it says, whether it is still so, and the way to what helps. */
export function NoticeEntry({ notice, onRead }: Props) {
  const t = useTranslations("notices");
  const { title, text, act } = useNoticeWords()(notice);
  const { unread, endedAt, newsAt, disconnected, kind } = notice;
  const lasts = kind !== "transfer_ended";
  return (
    <li className={classes.entry} data-unread={unread || undefined} aria-label={title}>
      <div className={classes.head}>
        <p className={classes.title}>{title}</p>
        {unread ? <StatusBadge tone="info">{t("unread")}</StatusBadge> : null}
        {lasts && endedAt ? <StatusBadge tone="neutral">{t("over")}</StatusBadge> : null}
      </div>
      <Text size="sm" mt={2}>
        {text}
      </Text>
      <div className={classes.foot}>
        <Text size="xs" c="dimmed">
          <TimeAgo value={newsAt} />
          {lasts && endedAt ? (
            <>
              {" · "}
              {t.rich("overSince", { when: () => <TimeAgo value={endedAt} /> })}
            </>
          ) : null}
        </Text>
        <div className={classes.acts}>
          {unread ? (
            <Button variant="subtle" size="xs" onClick={onRead} aria-label={t("markOne", { title })}>
              {t("mark")}
            </Button>
          ) : null}
          {endedAt || disconnected ? null : (
            <LinkButton
              href={noticePath(notice)}
              variant="default"
              size="xs"
              aria-label={t("actNamed", { act, title })}
            >
              {act}
            </LinkButton>
          )}
        </div>
      </div>
    </li>
  );
}
