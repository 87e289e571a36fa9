import { useInfiniteQuery } from "@tanstack/react-query";
import { useAddressState } from "@/components/ui/use-address-state";
import { fetchJson } from "@/lib/fetch-json";
import type { DecidedView } from "@/services/conflicts/read-decided";
import { type AskedDecided, askedDecided, decidedParams } from "./asked-decided";

/** Decisions as the page's address asks for them, kept current. */
export function useDecided(integrationId: string, initial: DecidedView, first: AskedDecided) {
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
    refetchInterval: ({ state }) => (state.data && state.data.pages.length > 1 ? false : 10_000),
  });
  return {
    asked,
    ask: (change: AskedDecided) => setAsked((before) => ({ ...before, ...change })),
    query,
    conflicts: query.data?.pages.flatMap((page) => page.conflicts) ?? [],
    acts: Object.assign({}, ...(query.data?.pages.map((page) => page.acts) ?? [])) as Record<string, number>,
  };
}
