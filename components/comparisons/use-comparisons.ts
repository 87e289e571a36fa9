import { useQuery } from "@tanstack/react-query";
import { fetchJson } from "@/lib/fetch-json";
import type { EndedComparison } from "@/services/reconcile/read-comparisons";

/** `latest`: which one is known to be the newest; when that changes, all are read anew. Without it they are read again and again. */
export function useComparisons(id: string, latest?: string) {
  return useQuery({
    queryKey: ["integration", id, "comparisons", latest],
    queryFn: ({ signal }) => fetchJson<EndedComparison[]>(`/api/integrations/${id}/comparisons`, signal),
    refetchInterval: latest ? false : 10_000,
    staleTime: 5_000,
  });
}
