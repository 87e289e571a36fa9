"use client";

import { Group, Select, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { shownStatuses } from "@/lib/shown-statuses";
import type { ProspectsView } from "@/services/prospects/read-prospects";
import classes from "./prospects-table.module.css";
import type { Sort, TableState } from "./use-prospects-query";

type Props = {
  state: TableState;
  view: ProspectsView;
  fixedList: boolean;
  onAsk: (change: Partial<Pick<TableState, "q" | "sort" | "list" | "sync">>) => void;
};

const sorts: Sort[] = ["newest", "name", "updated"];

/** Which prospects the table shows, and in which order. */
export function ProspectFilters({ state, view, fixedList, onAsk }: Props) {
  const t = useTranslations("prospects");
  const status = useTranslations("recordStatus");
  const [search, setSearch] = useState(state.q);
  const askSearch = useDebouncedCallback((q: string) => onAsk({ q }), 250);
  return (
    <Group gap="sm" className={classes.filters}>
      <TextInput
        type="search"
        className={classes.search}
        aria-label={t("searchLabel")}
        placeholder={t("searchPlaceholder")}
        leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
        value={search}
        maxLength={200}
        onChange={(event) => {
          setSearch(event.currentTarget.value);
          askSearch(event.currentTarget.value.trim());
        }}
      />
      {fixedList ? null : (
        <Select
          className={classes.filter}
          aria-label={t("filterByList")}
          placeholder={t("allLists")}
          clearable
          clearButtonProps={{ "aria-label": t("allLists") }}
          searchable={view.lists.length > 8}
          data={view.lists.map(({ id, name }) => ({ value: id, label: name }))}
          value={state.list}
          onChange={(list) => onAsk({ list })}
        />
      )}
      {view.integrations ? (
        <Select
          className={classes.filter}
          aria-label={t("filterBySync")}
          placeholder={t("anyStatus")}
          clearable
          clearButtonProps={{ "aria-label": t("anyStatus") }}
          data={shownStatuses.map((one) => ({ value: one, label: status(one) }))}
          value={state.sync}
          onChange={(sync) => onAsk({ sync })}
        />
      ) : null}
      <Select
        className={classes.filter}
        aria-label={t("sortBy")}
        data={sorts.map((sort) => ({ value: sort, label: t(`sorts.${sort}`) }))}
        value={state.sort}
        onChange={(sort) => onAsk({ sort: (sort ?? "newest") as Sort })}
      />
    </Group>
  );
}
