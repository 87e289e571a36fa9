"use client";

import { Button, Card, Group, Select, TextInput, Title } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconDownload, IconSearch } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import type { Transfer } from "@/services/transfers/read-transfer";
import type { ItemContext } from "./item-entry";
import { fileOf, itemFilters } from "./item-filters";
import classes from "./items.module.css";
import { ItemsList } from "./items-list";
import { isMoving } from "./transfer-phase";

type Props = { transfer: Transfer; path: string; context: ItemContext };

/** Every record of a transfer, by what would become or became of it, and by its name or address. */
export function ItemsCard({ transfer, path, context }: Props) {
  const t = useTranslations("transfers.items");
  const kinds = useTranslations("transfers.kind");
  const format = useFormatter();
  const [chosen, setChosen] = useState<string | null>(null);
  const [search, setSearch] = useState("");
  const [asked] = useDebouncedValue(search.trim(), 300);
  const filters = itemFilters(transfer);
  const filter = filters.find(({ kind }) => kind === chosen) ?? (chosen === "all" ? undefined : filters[0]);
  const query = { ...filter?.query, ...(asked ? { search: asked } : {}) };
  const file = fileOf(filter, asked);
  if (!filters.length) return null;
  return (
    <Card component="section" aria-label={t("title")}>
      <Group justify="space-between">
        <Title order={2}>{t("title")}</Title>
        <Button
          component="a"
          href={`${path}/csv?${new URLSearchParams(query)}`}
          variant="default"
          size="xs"
          leftSection={<IconDownload size={16} stroke={1.6} />}
        >
          {t(file, { kind: filter ? kinds(filter.kind) : "" })}
        </Button>
      </Group>
      <div className={classes.toolbar}>
        <TextInput
          type="search"
          aria-label={t("search")}
          placeholder={t("search")}
          leftSection={<IconSearch size={16} stroke={1.6} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Select
          aria-label={t("filter")}
          data={[
            ...filters.map(({ kind, count }) => ({
              value: kind,
              label: `${kinds(kind)} · ${format.number(count)}`,
            })),
            { value: "all", label: t("all") },
          ]}
          value={filter?.kind ?? "all"}
          onChange={setChosen}
        />
      </div>
      <ItemsList
        path={path}
        filter={query}
        context={context}
        stamp={transfer.state}
        live={isMoving(transfer)}
        empty={asked ? t("noneFound") : t("none")}
      />
    </Card>
  );
}
