import { infiniteQueryOptions } from "@tanstack/react-query";
import { whileOnePage } from "@/components/ui/while-one-page";
import { fetchJson } from "@/lib/fetch-json";
import type { ProspectHistory } from "@/services/prospects/read-history";

/** What happened to a prospect, the latest first. */
export const historyQuery = (prospectId: string) =>
  infiniteQueryOptions({
    queryKey: ["prospect", prospectId, "history"],
    queryFn: ({ signal, pageParam }) =>
      fetchJson<ProspectHistory>(
        `/api/prospects/${prospectId}/history${pageParam ? `?before=${pageParam}` : ""}`,
        signal,
      ),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: whileOnePage(4_000),
  });
