import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { fetchJson } from "@/lib/fetch-json";
import type { ActionResult } from "@/services/action-result";
import type { MarkReadInput } from "@/services/telling/mark-read";
import type { NoticesPage, UnreadNotices } from "@/services/telling/read-notices";

export type MarkReadAction = (input: MarkReadInput) => Promise<ActionResult<null>>;

export const everyMs = 15_000;

/** What the bell says, kept current on every page. */
export function useUnread(workspaceId: string) {
  return useQuery({
    queryKey: ["notices", workspaceId, "unread"],
    queryFn: ({ signal }) => fetchJson<UnreadNotices>("/api/notices/unread", signal),
    refetchInterval: everyMs,
    refetchOnWindowFocus: true,
    retry: false,
  });
}

export function useNotices(workspaceId: string, initial: NoticesPage) {
  return useInfiniteQuery({
    queryKey: ["notices", workspaceId, "list"],
    queryFn: ({ signal, pageParam }) =>
      fetchJson<NoticesPage>(`/api/notices?${new URLSearchParams(pageParam)}`, signal),
    initialPageParam: {} as Record<string, string>,
    getNextPageParam: ({ next }) => next,
    initialData: { pages: [initial], pageParams: [{}] },
    refetchInterval: ({ state }) => (state.data && state.data.pages.length > 1 ? false : everyMs),
  });
}

/** Has the bell and the list read again. */
export function useRefreshNotices(workspaceId: string) {
  const client = useQueryClient();
  return useCallback(
    () => void client.invalidateQueries({ queryKey: ["notices", workspaceId] }),
    [client, workspaceId],
  );
}
