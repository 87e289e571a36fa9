import { useInfiniteQuery } from "@tanstack/react-query";
import { useAddressState } from "@/components/ui/use-address-state";
import { fetchJson } from "@/lib/fetch-json";
import type { ConflictsView } from "@/services/conflicts/read-page";
import { type AskedConflicts, askedConflicts, paramsOf } from "./asked-conflicts";

/** The queue as the page's address asks for it, kept current; sooner while choices are being applied. */
export function useConflicts(integrationId: string, initial: ConflictsView, first: AskedConflicts) {
  const [asked, setAsked] = useAddressState(askedConflicts, paramsOf);
  const params = paramsOf(asked).toString();
  const query = useInfiniteQuery({
    queryKey: ["conflicts", integrationId, params],
    queryFn: ({ signal, pageParam }) =>
      fetchJson<ConflictsView>(
        `/api/integrations/${integrationId}/conflicts?${new URLSearchParams({ ...Object.fromEntries(paramsOf(asked)), ...pageParam })}`,
        signal,
      ),
    initialPageParam: {} as Record<string, string>,
    getNextPageParam: ({ next }) => (next ? { openedAt: next.openedAt, after: next.id } : null),
    ...(params === paramsOf(first).toString() ? { initialData: { pages: [initial], pageParams: [{}] } } : {}),
    placeholderData: (previous) => previous,
    refetchInterval: ({ state }) => {
      const applying = state.data?.pages.some((page) => page.conflicts.some(({ resolution }) => resolution));
      return applying ? 1_500 : 10_000;
    },
  });
  return {
    asked,
    ask: (change: AskedConflicts) => setAsked((before) => ({ ...before, ...change })),
    query,
    conflicts: query.data?.pages.flatMap((page) => page.conflicts) ?? [],
    latest: query.data?.pages.at(-1) ?? initial,
  };
}
