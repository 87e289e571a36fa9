import { useInfiniteQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";
import { fetchJson } from "@/lib/fetch-json";
import type { RecordsView } from "@/services/integrations/read-records";
import { type AskedRecords, askedRecords, paramsOf, recordsAddress } from "./asked-records";

/** The records as the page's address asks for them, kept current. */
export function useRecords(initial: RecordsView, first: AskedRecords) {
  const { id } = initial.integration;
  // Coming back to the page, the address is as it was left and what the server rendered is older.
  const address = useSearchParams();
  const [asked, setAsked] = useState(() => askedRecords(Object.fromEntries(address)));
  const params = paramsOf(asked).toString();
  useEffect(() => {
    const current = recordsAddress(id, asked);
    if (current !== window.location.pathname + window.location.search)
      window.history.replaceState(null, "", current);
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
    refetchInterval: ({ state }) => (state.data && state.data.pages.length > 1 ? false : 5_000),
  });
  return {
    asked,
    ask: (change: AskedRecords) => setAsked((before) => ({ ...before, ...change })),
    query,
    records: query.data?.pages.flatMap((page) => page.records) ?? [],
    latest: query.data?.pages[0] ?? initial,
  };
}
