"use client";

import { Button, Checkbox, Group, LoadingOverlay, Table, Text } from "@mantine/core";
import { IconChevronLeft, IconChevronRight, IconUsers } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Count, TimeAgo } from "@/components/ui/formatted";
import { LoadingState } from "@/components/ui/loading-state";
import { TableFrame } from "@/components/ui/table-frame";
import type { ProspectsView } from "@/services/prospects/read-prospects";
import { ProspectFilters } from "./prospect-filters";
import classes from "./prospects-table.module.css";
import { type SelectionActions, SelectionBar } from "./selection-bar";
import { SyncStanding } from "./sync-standing";
import { type TableState, useProspectsQuery } from "./use-prospects-query";

type Props = {
  initial: TableState;
  view: ProspectsView;
  /** The table of one list: its filter stays as it is. */
  fixedList?: { id: string; name: string };
  /** Stands in the place of the rows where there is no prospect at all. */
  whenEmpty: ReactNode;
  actions: SelectionActions;
};

const maxSelected = 500;

export function ProspectsTable({ initial, view, fixedList, whenEmpty, actions }: Props) {
  const t = useTranslations("prospects");
  const { state, query, ask, turn } = useProspectsQuery(initial, view, fixedList?.id ?? null);
  const [cleared, setCleared] = useState(0);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const data = query.data;
  const rows = data?.rows ?? [];
  const filtered = state.q !== "" || state.sync !== null || (!fixedList && state.list !== null);

  function select(ids: string[], chosen: boolean) {
    const next = new Set(selected);
    for (const id of ids) {
      if (!chosen) next.delete(id);
      else if (next.size < maxSelected) next.add(id);
    }
    setSelected(next);
  }
  function clearFilters() {
    setCleared((times) => times + 1);
    ask({ q: "", list: fixedList?.id ?? null, sync: null });
  }
  const firstPage = !state.after && !state.before;
  if (data && !rows.length && !filtered && firstPage && !query.isPlaceholderData) return whenEmpty;

  const shownIds = rows.map(({ id }) => id);
  const chosenHere = shownIds.filter((id) => selected.has(id)).length;
  return (
    <TableFrame
      label={t("title")}
      minWidth={0}
      toolbar={
        selected.size ? (
          <SelectionBar
            ids={[...selected]}
            lists={data?.lists ?? []}
            currentList={fixedList ?? null}
            actions={actions}
            onClear={() => setSelected(new Set())}
            onDone={() => {
              setSelected(new Set());
              void query.refetch();
            }}
          />
        ) : (
          <ProspectFilters
            key={cleared}
            state={state}
            view={data ?? view}
            fixedList={Boolean(fixedList)}
            onAsk={ask}
          />
        )
      }
      footer={
        data && rows.length ? (
          <>
            <span aria-live="polite">
              {data.more
                ? t.rich("countMore", { count: () => <Count value={data.count} /> })
                : t("count", { count: data.count })}
            </span>
            <Group gap="xs">
              <Button
                variant="default"
                size="xs"
                leftSection={<IconChevronLeft size={16} stroke={1.6} />}
                disabled={!data.previous}
                onClick={() => data.previous && turn({ before: data.previous })}
              >
                {t("previous")}
              </Button>
              <Button
                variant="default"
                size="xs"
                rightSection={<IconChevronRight size={16} stroke={1.6} />}
                disabled={!data.next}
                onClick={() => data.next && turn({ after: data.next })}
              >
                {t("next")}
              </Button>
            </Group>
          </>
        ) : undefined
      }
    >
      {query.isPending ? (
        <div className={classes.inside}>
          <LoadingState lines={8} />
        </div>
      ) : query.isError && !data ? (
        <div className={classes.inside}>
          <ErrorState description={t("readFailed")} onRetry={() => query.refetch()} />
        </div>
      ) : rows.length ? (
        <div style={{ position: "relative" }}>
          <LoadingOverlay
            visible={query.isPlaceholderData}
            overlayProps={{ blur: 0, backgroundOpacity: 0.3 }}
          />
          {query.isError ? <p className={classes.stale}>{t("stale")}</p> : null}
          <Table className={classes.table} highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                <Table.Th w={44}>
                  <Checkbox
                    size="xs"
                    radius="xs"
                    aria-label={t("selectPage")}
                    checked={chosenHere > 0 && chosenHere === rows.length}
                    indeterminate={chosenHere > 0 && chosenHere < rows.length}
                    onChange={(event) => select(shownIds, event.currentTarget.checked)}
                  />
                </Table.Th>
                <Table.Th>{t("columns.name")}</Table.Th>
                <Table.Th>{t("columns.email")}</Table.Th>
                <Table.Th>{t("columns.company")}</Table.Th>
                {data?.integrations ? <Table.Th>{t("columns.sync")}</Table.Th> : null}
                <Table.Th>{t(state.sort === "updated" ? "columns.updated" : "columns.added")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => {
                const name = [row.firstName, row.lastName].filter(Boolean).join(" ");
                return (
                  <Table.Tr key={row.id} bg={selected.has(row.id) ? "var(--app-ground)" : undefined}>
                    <Table.Td className={classes.check}>
                      <Checkbox
                        size="xs"
                        radius="xs"
                        aria-label={t("select", { name: name || row.email || t("nameless") })}
                        checked={selected.has(row.id)}
                        onChange={(event) => select([row.id], event.currentTarget.checked)}
                      />
                    </Table.Td>
                    <Table.Td className={classes.name}>
                      <Link href={`/prospects/${row.id}`} className={classes.link}>
                        {name || row.email || t("nameless")}
                      </Link>
                      {row.jobTitle ? (
                        <Text size="xs" c="dimmed" lineClamp={1}>
                          {row.jobTitle}
                        </Text>
                      ) : null}
                    </Table.Td>
                    <Table.Td className={classes.email}>{row.email ?? "–"}</Table.Td>
                    <Table.Td className={classes.company} data-empty={!row.company || undefined}>
                      {row.company ?? "–"}
                    </Table.Td>
                    {data?.integrations ? (
                      <Table.Td className={classes.sync}>
                        <SyncStanding standing={row.standing} integrations={data.integrations} />
                      </Table.Td>
                    ) : null}
                    <Table.Td className={classes.when}>
                      <TimeAgo value={state.sort === "updated" ? row.updatedAt : row.createdAt} />
                    </Table.Td>
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </Table>
        </div>
      ) : (
        <EmptyState
          icon={<IconUsers size={22} stroke={1.6} />}
          title={t("nothingFound")}
          description={filtered ? t("nothingFoundText") : t("nothingHereText")}
          action={
            <Button variant="default" onClick={clearFilters}>
              {filtered ? t("clearFilters") : t("firstPage")}
            </Button>
          }
        />
      )}
    </TableFrame>
  );
}
