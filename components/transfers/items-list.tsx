"use client";

import { Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { ErrorState } from "@/components/ui/error-state";
import { LoadingState } from "@/components/ui/loading-state";
import { MoreButton } from "@/components/ui/more-button";
import { type ItemContext, ItemEntry } from "./item-entry";
import classes from "./items.module.css";
import { type ReadItems, type TransferItems, useTransferItems } from "./use-transfer-items";

type Shown = { context: ItemContext; empty: string };

/** Records of a transfer by name, a page at a time however many there are. */
export function ItemsList({ context, empty, ...read }: ReadItems & Shown) {
  return <ItemsRead items={useTransferItems(read)} context={context} empty={empty} />;
}

/** The same of records that are read already. */
export function ItemsRead({ items, context, empty }: Shown & { items: TransferItems }) {
  const t = useTranslations("transfers.items");
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
