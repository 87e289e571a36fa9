"use client";

import { VisuallyHidden } from "@mantine/core";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { newsKey, unmarkedHere } from "./unmarked-here";
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
    const here = unmarkedHere(data?.unread ?? [], pathname, marked.current);
    if (!here.length) return;
    for (const notice of here) marked.current.add(newsKey(notice));
    markRead({ ids: here.map(({ id }) => id) }).then(refresh, () => {
      for (const notice of here) marked.current.delete(newsKey(notice));
    });
  }, [data, pathname, markRead, refresh]);
  return (
    <VisuallyHidden role="status">
      {data?.count ? t("unreadCount", { count: data.count }) : null}
    </VisuallyHidden>
  );
}
