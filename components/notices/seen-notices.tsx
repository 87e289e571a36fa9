"use client";

import { VisuallyHidden } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import type { UnreadNotice } from "@/services/telling/read-notices";
import { newsKey, unmarkedHere } from "./unmarked-here";
import { everyMs, type MarkReadAction, useRefreshNotices, useUnread } from "./use-notices";

/** Over ten minutes: nobody is told that it failed, and a restart is over by then. */
const triesMore = 40;

type Props = { workspaceId: string; markRead: MarkReadAction };

/** Whoever is where a notice leads has read it. What comes meanwhile is told to screen readers. */
export function SeenNotices({ workspaceId, markRead }: Props) {
  const t = useTranslations("notices");
  const pathname = usePathname();
  const { data } = useUnread(workspaceId);
  const refresh = useRefreshNotices(workspaceId);
  const marked = useRef(new Set<string>());
  const { mutate } = useMutation({
    mutationFn: async (here: UnreadNotice[]) => {
      const result = await markRead({ ids: here.map(({ id }) => id) });
      if (!result.ok) throw new Error(result.error.code);
    },
    retry: triesMore,
    retryDelay: everyMs,
    onSuccess: refresh,
    onError: (_, here) => {
      for (const notice of here) marked.current.delete(newsKey(notice));
    },
  });
  useEffect(() => {
    const here = unmarkedHere(data?.unread ?? [], pathname, marked.current);
    if (!here.length) return;
    for (const notice of here) marked.current.add(newsKey(notice));
    mutate(here);
  }, [data, pathname, mutate]);
  return (
    <VisuallyHidden role="status">
      {data?.count ? t("unreadCount", { count: data.count }) : null}
    </VisuallyHidden>
  );
}
