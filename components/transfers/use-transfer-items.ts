import { useInfiniteQuery } from "@tanstack/react-query";
import { fetchJson } from "@/lib/fetch-json";
import type { ItemsPage } from "@/services/transfers/read-items";

export type ReadItems = {
  /** `/api/integrations/…/transfers/…` */
  path: string;
  filter: Record<string, string>;
  /** Read again when it is another one. */
  stamp: string;
  /** Whether it goes on changing. */
  live?: boolean;
};
export type TransferItems = ReturnType<typeof useTransferItems>;

/** Records of a transfer by name; those of the stamp before stay until the new ones are there. */
export function useTransferItems({ path, filter, stamp, live }: ReadItems) {
  return useInfiniteQuery({
    queryKey: ["transfer-items", path, filter, stamp],
    queryFn: ({ signal, pageParam }) =>
      fetchJson<ItemsPage>(`${path}/items?${new URLSearchParams({ ...filter, ...pageParam })}`, signal),
    initialPageParam: {} as Partial<NonNullable<ItemsPage["next"]>>,
    getNextPageParam: ({ next }) => next,
    placeholderData: (previous) => previous,
    refetchInterval: live ? 5_000 : false,
  });
}
