"use client";

import { Button, Table, Text } from "@mantine/core";
import { IconArrowsTransferUp, IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { DateTime } from "@/components/ui/formatted";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { TableFrame } from "@/components/ui/table-frame";
import { fetchJson } from "@/lib/fetch-json";
import type { TransfersPage as Rows, TransferRow } from "@/services/transfers/list-transfers";
import { isMoving } from "./transfer-phase";
import { TransferStateBadge } from "./transfer-state-badge";
import classes from "./transfers-page.module.css";
import { type NamedList, useChosenText } from "./use-chosen-text";

type Props = {
  integration: { id: string; name: string };
  initial: Rows;
  lists: NamedList[];
  manages: boolean;
};

/** Every transfer of an integration, the latest first. */
export function TransfersPage({ integration, initial, lists, manages }: Props) {
  const t = useTranslations("transfers");
  const own = `/settings/integrations/${integration.id}`;
  const { data, isError, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ["transfers", integration.id],
    queryFn: ({ signal, pageParam }) =>
      fetchJson<Rows>(
        `/api/integrations/${integration.id}/transfers?${new URLSearchParams(pageParam)}`,
        signal,
      ),
    initialPageParam: {} as Record<string, string>,
    getNextPageParam: ({ transfers, more }) => {
      const last = transfers.at(-1);
      return more && last ? { startedAt: last.startedAt, runId: last.runId } : null;
    },
    initialData: { pages: [initial], pageParams: [{}] },
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ open }) => open && isMoving(open)) ? 2_000 : 30_000,
    staleTime: 1_000,
  });
  const transfers = data.pages.flatMap((page) => page.transfers);
  const start = manages ? (
    <LinkButton href={`${own}/transfers/new`} leftSection={<IconPlus size={16} stroke={1.6} />}>
      {t("start")}
    </LinkButton>
  ) : null;
  return (
    <>
      <PageHeader
        back={{ href: own, label: integration.name }}
        title={t("title")}
        description={t("description")}
        actions={transfers.length ? start : null}
      />
      {isError ? <ErrorState description={t("error")} onRetry={refetch} /> : null}
      {transfers.length ? (
        <TableFrame
          label={t("title")}
          minWidth={720}
          footer={
            hasNextPage ? (
              <Button
                variant="default"
                size="xs"
                loading={isFetchingNextPage}
                onClick={() => fetchNextPage()}
              >
                {t("items.more")}
              </Button>
            ) : null
          }
        >
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("table.when")}</Table.Th>
                <Table.Th>{t("table.state")}</Table.Th>
                <Table.Th>{t("table.result")}</Table.Th>
                <Table.Th>{t("table.what")}</Table.Th>
                <Table.Th>{t("table.who")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {transfers.map((transfer) => (
                <Row key={transfer.runId} transfer={transfer} own={own} lists={lists} />
              ))}
            </Table.Tbody>
          </Table>
        </TableFrame>
      ) : (
        <EmptyState
          icon={<IconArrowsTransferUp size={22} stroke={1.6} />}
          title={t("emptyTitle")}
          description={t("emptyText")}
          action={start}
        />
      )}
    </>
  );
}

function Row({ transfer, own, lists }: { transfer: TransferRow; own: string; lists: NamedList[] }) {
  const t = useTranslations("transfers.table");
  const chosen = useChosenText(lists);
  const { runId, startedAt, startedBy, allowedAt, preview, reached, total, done } = transfer;
  return (
    <Table.Tr>
      <Table.Td className={classes.when}>
        <Link href={`${own}/transfers/${runId}`} className={classes.link}>
          <DateTime value={startedAt} />
        </Link>
      </Table.Td>
      <Table.Td>
        <TransferStateBadge transfer={transfer} />
      </Table.Td>
      <Table.Td>
        <Text size="sm">
          {allowedAt ? t("done", { done: reached, total }) : t("seen", { count: preview.seen })}
        </Text>
        {done.failing ? (
          <Text size="sm" c="dimmed">
            {t("failed", { count: done.failing })}
          </Text>
        ) : null}
      </Table.Td>
      <Table.Td>
        {chosen(transfer).map((sentence) => (
          <Text key={sentence} size="sm" style={{ overflowWrap: "anywhere" }}>
            {sentence}
          </Text>
        ))}
      </Table.Td>
      <Table.Td c="dimmed">{startedBy}</Table.Td>
    </Table.Tr>
  );
}
