import { useInfiniteQuery } from "@tanstack/react-query";
import { useAddressState } from "@/components/ui/use-address-state";
import { whileOnePage } from "@/components/ui/while-one-page";
import { fetchJson } from "@/lib/fetch-json";
import type { RecordsView } from "@/services/integrations/read-records";
import { type AskedRecords, askedRecords, paramsOf } from "./asked-records";

/** The records as the page's address asks for them, kept current. */
export function useRecords(initial: RecordsView, first: AskedRecords) {
  const { id } = initial.integration;
  const [asked, setAsked] = useAddressState(askedRecords, paramsOf);
  const params = paramsOf(asked).toString();
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
    refetchInterval: whileOnePage(5_000),
  });
  return {
    asked,
    ask: (change: AskedRecords) => setAsked((before) => ({ ...before, ...change })),
    query,
    records: query.data?.pages.flatMap((page) => page.records) ?? [],
    latest: query.data?.pages[0] ?? initial,
  };
}
