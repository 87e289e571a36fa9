import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { useAddressState } from "@/components/ui/use-address-state";
import { earliestSnapshot } from "@/lib/database-snapshot";
import { fetchJson } from "@/lib/fetch-json";
import type { ConflictRow, ConflictsView } from "@/services/conflicts/read-page";
import { type AskedConflicts, askedConflicts, paramsOf } from "./asked-conflicts";
import { type Pages, takeNews, watchedOf } from "./conflict-news";
import { leftBetween } from "./shown-pages";

/**
 * The queue as the page's address asks for it. All that is shown of it is kept current, and what is being applied or has
 * left is followed, so that it can be told how it ended; sooner while there is something of that kind.
 */
export function useConflicts(
  integrationId: string,
  initial: ConflictsView,
  first: AskedConflicts,
  onNews: (before: ConflictRow, now: ConflictRow) => void,
) {
  const [asked, setAsked] = useAddressState(askedConflicts, paramsOf);
  const client = useQueryClient();
  const leaving = useRef(new Map<string, ConflictRow>());
  const turn = useRef(0);
  const params = paramsOf(asked).toString();
  const queryKey = ["conflicts", integrationId, params];
  const read = (more: Record<string, string>, signal: AbortSignal) =>
    fetchJson<ConflictsView>(
      `/api/integrations/${integrationId}/conflicts?${new URLSearchParams({ ...Object.fromEntries(paramsOf(asked)), ...more })}`,
      signal,
    );
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ signal, pageParam }) => read(pageParam, signal),
    initialPageParam: {} as Record<string, string>,
    getNextPageParam: ({ next }) => {
      if (!next) return null;
      const { id, ...place } = next;
      return { ...place, after: id };
    },
    ...(params === paramsOf(first).toString() ? { initialData: { pages: [initial], pageParams: [{}] } } : {}),
    placeholderData: (previous) => previous,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const watch = useQuery({
    queryKey: ["conflicts-watch", integrationId, params],
    enabled: query.isSuccess && !query.isPlaceholderData,
    queryFn: async ({ signal }) => {
      const known = client.getQueryData<Pages>(queryKey)?.pages ?? [];
      const { ids: watched, nextTurn } = watchedOf([...leaving.current.keys()], known, turn.current);
      const fresh = await read(watched.length ? { watched: watched.join(",") } : {}, signal);
      const news = { fresh, watched, leaving: leaving.current, onNews };
      const taken = takeNews(client, queryKey, news);
      if (taken) turn.current = nextTurn;
      const follows = leaving.current.size > 0 || fresh.watched.some(({ resolution }) => resolution);
      return { busy: follows || !taken };
    },
    refetchInterval: ({ state }) => {
      const shown = client.getQueryData<Pages>(queryKey)?.pages ?? [];
      const applying = shown.some((page) => page.conflicts.some(({ resolution }) => resolution));
      return applying || state.data?.busy ? 1_500 : 10_000;
    },
  });

  // None where what is asked for could not be read: what was read of something else is no answer.
  const shown = query.data?.pages ?? [];
  const [head] = shown;
  return {
    asked,
    ask: (change: AskedConflicts) => {
      leaving.current.clear();
      setAsked((before) => ({ ...before, ...change }));
    },
    query,
    /** The first page could not be read, or not again. */
    isError: query.isError || watch.isError,
    /** After an act: about these, or about any, on whatever page they stand. */
    reread: async (decided?: ConflictRow[]) => {
      for (const row of decided ?? []) leaving.current.set(row.id, row);
      if (!decided) {
        const before = query.data?.pages ?? [];
        const after = (await query.refetch()).data?.pages ?? before;
        for (const row of leftBetween(before, after)) leaving.current.set(row.id, row);
      }
      await watch.refetch();
    },
    conflicts: shown.flatMap((page) => page.conflicts),
    /** What these were asked by: while others are being read, not what is asked for now. */
    filter: head?.filter ?? {},
    counts: head?.counted?.counts,
    around: (head ?? initial).counted?.around,
    held: (head ?? initial).held,
    /** Of what is shown, the one that was read first. */
    snapshot: earliestSnapshot(shown.map((page) => page.snapshot)) ?? initial.snapshot,
  };
}
