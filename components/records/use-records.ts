import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { fetchJson } from "@/lib/fetch-json";
import type { RecordsView } from "@/services/integrations/read-records";
import { type AskedRecords, paramsOf, recordsAddress } from "./asked-records";

/** The records as the page's address asks for them, kept current. */
export function useRecords(initial: RecordsView, first: AskedRecords) {
  const { id } = initial.integration;
  const [asked, setAsked] = useState(first);
  const params = paramsOf(asked).toString();
  useEffect(() => {
    const address = recordsAddress(id, asked);
    if (address !== window.location.pathname + window.location.search)
      window.history.replaceState(null, "", address);
  }, [id, asked]);
  const query = useInfiniteQuery({
    queryKey: ["integration", id, "records", params],
    queryFn: ({ signal, pageParam }) =>
      fetchJson<RecordsView>(
        `/api/integrations/${id}/records?${new URLSearchParams({ ...Object.fromEntries(paramsOf(asked)), ...pageParam })}`,
        signal,
      ),
    initialPageParam: {} as Record<string, string>,
    getNextPageParam: ({ next }) => next && { ...next, at: next.at ?? "" },
    ...(params === paramsOf(first).toString() ? { initialData: { pages: [initial], pageParams: [{}] } } : {}),
    placeholderData: (previous) => previous,
    refetchInterval: 5_000,
  });
  return {
    asked,
    ask: (change: AskedRecords) => setAsked((before) => ({ ...before, ...change })),
    query,
    records: query.data?.pages.flatMap((page) => page.records) ?? [],
    latest: query.data?.pages[0] ?? initial,
  };
}
