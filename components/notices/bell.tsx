"use client";

import { ActionIcon, Indicator } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import classes from "./notices.module.css";
import { useUnread } from "./use-notices";

/** The way to the notices, with how many are unread. */
export function Bell({ workspaceId }: { workspaceId: string }) {
  const t = useTranslations("notices");
  const count = useUnread(workspaceId).data?.count ?? 0;
  const here = usePathname() === "/notices";
  return (
    <Indicator
      disabled={!count}
      label={<span aria-hidden>{count > 99 ? "99+" : count}</span>}
      size={16}
      offset={5}
      color="red"
      classNames={{ indicator: classes.count }}
    >
      <ActionIcon
        component={Link}
        href="/notices"
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t("bell", { count })}
        aria-current={here ? "page" : undefined}
      >
        <IconBell size={20} stroke={1.6} aria-hidden />
      </ActionIcon>
    </Indicator>
  );
}
