"use client";

import { VisuallyHidden } from "@mantine/core";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { noticePath } from "@/lib/notice-path";
import { type MarkReadAction, useRefreshNotices, useUnread } from "./use-notices";

type Props = { workspaceId: string; markRead: MarkReadAction };

/** Whoever is where a notice leads has read it. What comes meanwhile is told to screen readers. */
export function SeenNotices({ workspaceId, markRead }: Props) {
  const t = useTranslations("notices");
  const pathname = usePathname();
  const { data } = useUnread(workspaceId);
  const refresh = useRefreshNotices(workspaceId);
  const marked = useRef(new Set<string>());
  useEffect(() => {
    const here = (data?.unread ?? []).filter(
      (notice) => noticePath(notice).split("?")[0] === pathname && !marked.current.has(notice.id),
    );
    if (!here.length) return;
    for (const { id } of here) marked.current.add(id);
    markRead({ ids: here.map(({ id }) => id) }).then(refresh, () => {
      for (const { id } of here) marked.current.delete(id);
    });
  }, [data, pathname, markRead, refresh]);
  return (
    <VisuallyHidden role="status">
      {data?.count ? t("unreadCount", { count: data.count }) : null}
    </VisuallyHidden>
  );
}
