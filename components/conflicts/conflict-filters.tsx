"use client";

import { Button, Group, Select } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import { SearchField } from "@/components/ui/search-field";
import type { ConflictCounts } from "@/services/conflicts/read-page";
import { type AskedConflicts, conflictKinds } from "./asked-conflicts";
import type { ConflictContext } from "./conflict-context";
import classes from "./conflicts.module.css";
import { useConflictNames } from "./use-conflict-names";

type Props = {
  asked: AskedConflicts;
  around: ConflictCounts;
  context: ConflictContext;
  onAsk: (change: AskedConflicts) => void;
};

/** Which conflicts are shown: by kind, field, list, member and record, with how many there are of each. */
export function ConflictFilters({ asked, around, context, onAsk }: Props) {
  const t = useTranslations("conflicts.filters");
  const kinds = useTranslations("overview.conflicts.kind");
  const format = useFormatter();
  const { pairName } = useConflictNames(context);
  const counted = (label: string, count = 0) => `${label} · ${format.number(count)}`;
  const fields = Object.entries(context.mappings).filter(([id]) => around.mappings[id] || id === asked.field);
  const choice = (key: "list" | "by", options: { id: string; name: string }[]) => (
    <Select
      aria-label={t(key)}
      placeholder={t(key)}
      searchable={options.length > 8}
      clearable
      data={options.map(({ id, name }) => ({ value: id, label: name }))}
      value={asked[key] ?? null}
      onChange={(value) => onAsk({ [key]: value ?? undefined })}
    />
  );
  return (
    <>
      <div className={classes.filters}>
        <SearchField label={t("search")} asked={asked.q} onAsk={(q) => onAsk({ q })} />
        <Select
          aria-label={t("kind")}
          data={[
            { value: "", label: counted(t("allKinds"), around.total) },
            ...conflictKinds
              .filter((kind) => around.kinds[kind] || kind === asked.kind)
              .map((kind) => ({ value: kind, label: counted(kinds(kind), around.kinds[kind]) })),
          ]}
          value={asked.kind ?? ""}
          onChange={(kind) => onAsk({ kind: kind || undefined })}
        />
        <Select
          aria-label={t("field")}
          searchable={fields.length > 8}
          data={[
            { value: "", label: t("allFields") },
            ...fields.map(([id, { snov, hubspot }]) => ({
              value: id,
              label: counted(pairName(snov, hubspot), around.mappings[id]),
            })),
          ]}
          value={asked.field ?? ""}
          onChange={(field) => onAsk({ field: field || undefined })}
        />
        {choice("list", context.lists)}
        {choice("by", context.people)}
      </div>
      <Group gap="xs">
        {(["record", "like"] as const).map((key) =>
          asked[key] ? (
            <Button
              key={key}
              variant="default"
              size="compact-sm"
              mb="sm"
              rightSection={<IconX size={14} aria-hidden />}
              onClick={() => onAsk({ [key]: undefined })}
            >
              {t(key === "record" ? "oneRecord" : "alike")}
            </Button>
          ) : null,
        )}
      </Group>
    </>
  );
}
