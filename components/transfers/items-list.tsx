"use client";

import { Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { ErrorState } from "@/components/ui/error-state";
import { LoadingState } from "@/components/ui/loading-state";
import { MoreButton } from "@/components/ui/more-button";
import { fetchJson } from "@/lib/fetch-json";
import type { ItemsPage } from "@/services/transfers/read-items";
import { type ItemContext, ItemEntry } from "./item-entry";
import classes from "./items.module.css";

type Props = {
  /** `/api/integrations/…/transfers/…` */
  path: string;
  filter: Record<string, string>;
  context: ItemContext;
  /** Read again when it is another one. */
  stamp: string;
  /** Whether it goes on changing. */
  live?: boolean;
  empty: string;
};

/** Records of a transfer by name, a page at a time however many there are. */
export function ItemsList({ path, filter, context, stamp, live, empty }: Props) {
  const t = useTranslations("transfers.items");
  const items = useInfiniteQuery({
    queryKey: ["transfer-items", path, filter, stamp],
    queryFn: ({ signal, pageParam }) =>
      fetchJson<ItemsPage>(`${path}/items?${new URLSearchParams({ ...filter, ...pageParam })}`, signal),
    initialPageParam: {} as Partial<NonNullable<ItemsPage["next"]>>,
    getNextPageParam: ({ next }) => next,
    placeholderData: (previous) => previous,
    refetchInterval: live ? 5_000 : false,
  });
  if (items.isPending) return <LoadingState lines={3} />;
  if (items.isError) return <ErrorState description={t("error")} onRetry={() => items.refetch()} />;
  const shown = items.data.pages.flatMap((page) => page.items);
  if (!shown.length)
    return (
      <Text size="sm" className={classes.empty}>
        {empty}
      </Text>
    );
  return (
    <>
      <ul className={classes.list}>
        {shown.map((item) => (
          <ItemEntry key={`${item.side}:${item.recordId}`} item={item} context={context} />
        ))}
      </ul>
      <MoreButton pages={items} mt="xs">
        {t("more")}
      </MoreButton>
    </>
  );
}
