import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useAddressState } from "@/components/ui/use-address-state";
import { fetchJson } from "@/lib/fetch-json";
import type { DecidedView } from "@/services/conflicts/read-decided";
import { type AskedDecided, askedDecided, decidedParams } from "./asked-decided";

/**
 * Decisions as the page's address asks for them, kept current, and more so while one `isPuttingBack`. Where a look finds nothing, the
 * next one goes further back.
 */
export function useDecided(
  integrationId: string,
  initial: DecidedView,
  first: AskedDecided,
  isPuttingBack: () => boolean,
) {
  const [asked, setAsked] = useAddressState(askedDecided, decidedParams);
  const params = decidedParams(asked).toString();
  const query = useInfiniteQuery({
    queryKey: ["conflicts-decided", integrationId, params],
    queryFn: ({ signal, pageParam }) =>
      fetchJson<DecidedView>(
        `/api/integrations/${integrationId}/conflicts/decided?${new URLSearchParams({ ...Object.fromEntries(decidedParams(asked)), ...pageParam })}`,
        signal,
      ),
    initialPageParam: {} as Record<string, string>,
    getNextPageParam: ({ next }) => (next ? { resolvedAt: next.resolvedAt, after: next.id } : null),
    ...(params === decidedParams(first).toString()
      ? { initialData: { pages: [initial], pageParams: [{}] } }
      : {}),
    placeholderData: (previous) => previous,
    refetchInterval: ({ state }) => {
      if ((state.data?.pages.length ?? 0) > 1) return false;
      return isPuttingBack() ? 3_000 : 15_000;
    },
  });
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = query;
  const isSearching = hasNextPage && !isError && data?.pages.at(-1)?.conflicts.length === 0;
  useEffect(() => {
    if (isSearching && !isFetching) fetchNextPage();
  }, [isSearching, isFetching, fetchNextPage]);
  return {
    asked,
    ask: (change: AskedDecided) => setAsked((before) => ({ ...before, ...change })),
    query,
    isSearching,
    conflicts: data?.pages.flatMap((page) => page.conflicts) ?? [],
    acts: Object.fromEntries(data?.pages.flatMap((page) => Object.entries(page.acts)) ?? []),
  };
}
