import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useAddressState } from "@/components/ui/use-address-state";
import { whileOnePage } from "@/components/ui/while-one-page";
import { fetchJson } from "@/lib/fetch-json";
import type { ActivitiesView } from "@/services/activities/read-activities";
import { type AskedActivity, activityParams, askedActivity } from "./asked-activity";

/** Activities as the page's address asks for them. Where a look finds nothing, the next one goes further back. */
export function useActivity(integrationId: string, initial: ActivitiesView, first: AskedActivity) {
  const [asked, setAsked] = useAddressState(askedActivity, activityParams);
  const [cleared, setCleared] = useState(0);
  const params = activityParams(asked).toString();
  const query = useInfiniteQuery({
    queryKey: ["activity", integrationId, params],
    queryFn: ({ signal, pageParam }) =>
      fetchJson<ActivitiesView>(
        `/api/integrations/${integrationId}/activity?${new URLSearchParams({ ...Object.fromEntries(activityParams(asked)), ...pageParam })}`,
        signal,
      ),
    initialPageParam: {} as Record<string, string>,
    getNextPageParam: ({ next }) => (next ? { at: next.at, after: String(next.id) } : null),
    ...(params === activityParams(first).toString()
      ? { initialData: { pages: [initial], pageParams: [{}] } }
      : {}),
    placeholderData: (previous) => previous,
    refetchInterval: whileOnePage(10_000),
  });
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = query;
  const isSearching = hasNextPage && !isError && data?.pages.at(-1)?.activities.length === 0;
  useEffect(() => {
    if (isSearching && !isFetching) fetchNextPage();
  }, [isSearching, isFetching, fetchNextPage]);
  return {
    asked,
    ask: (change: AskedActivity) => setAsked((before) => ({ ...before, ...change })),
    clear: () => {
      setAsked({});
      setCleared(cleared + 1);
    },
    /** How often everything was shown again: what was typed goes with it. */
    cleared,
    query,
    activities: data?.pages.flatMap((page) => page.activities) ?? [],
    /** How far back has been looked, while nothing is found. */
    searchedTo: isSearching ? (data?.pages.at(-1)?.next?.at ?? null) : null,
  };
}
