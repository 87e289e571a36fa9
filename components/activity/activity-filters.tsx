"use client";

import { Button, Group, Select } from "@mantine/core";
import { DateInput } from "@mantine/dates";
import { IconX } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { localToUtc, utcToLocal } from "@/components/fields/local-date-time";
import { useShownLabel } from "@/components/overview/shown-value";
import { SearchField } from "@/components/ui/search-field";
import { activityCauses } from "@/lib/activity-causes";
import { type Side, sides } from "@/sync/side";
import classes from "./activity.module.css";
import type { ActivityContext } from "./activity-context";
import { type AskedActivity, hubspotPerson } from "./asked-activity";

type Props = { asked: AskedActivity; context: ActivityContext; onAsk: (change: AskedActivity) => void };

/** Which changes are shown: by record, field, side, cause, person and days. */
export function ActivityFilters({ asked, context, onAsk }: Props) {
  const t = useTranslations("activity.filters");
  const causes = useTranslations("activity.causes");
  const label = useShownLabel(context.fields);
  const sideName = (side: Side) => t(side);
  const select = (
    key: "field" | "side" | "cause" | "person",
    data: { value: string; label: string }[] | { group: string; items: { value: string; label: string }[] }[],
  ) => (
    <Select
      aria-label={t(key)}
      placeholder={t(key)}
      searchable={key === "field" || key === "person"}
      clearable
      data={data}
      value={asked[key] ?? null}
      onChange={(value) => onAsk({ [key]: value ?? undefined })}
    />
  );
  const day = (key: "from" | "to") => (
    <DateInput
      aria-label={t(key)}
      placeholder={t(key)}
      clearable
      value={
        asked[key] ? (utcToLocal(key === "to" ? before(asked[key]) : asked[key])?.slice(0, 10) ?? null) : null
      }
      onChange={(chosen) => onAsk({ [key]: chosen ? momentOf(key, chosen) : undefined })}
    />
  );
  return (
    <>
      <div className={classes.filters}>
        <SearchField
          className={classes.search}
          label={t("search")}
          asked={asked.q}
          onAsk={(q) => onAsk({ q })}
        />
        {select(
          "field",
          sides.map((side) => ({
            group: sideName(side),
            items: context.fieldKeys
              .filter((key) => key.startsWith(`${side}~`))
              .map((key) => ({ value: key, label: label(side, key.slice(side.length + 1)) })),
          })),
        )}
        {select(
          "side",
          sides.map((side) => ({ value: side, label: sideName(side) })),
        )}
        {select(
          "cause",
          activityCauses.map((cause) => ({ value: cause, label: causes(cause) })),
        )}
        {select(
          "person",
          sides.map((side) => ({
            group: sideName(side),
            items: context.people[side].map(({ id, name }) => ({
              value: side === "hubspot" ? hubspotPerson(id) : id,
              label: name,
            })),
          })),
        )}
        {day("from")}
        {day("to")}
      </div>
      {asked.record || asked.run ? (
        <Group gap="xs" mb="sm">
          {(["record", "run"] as const).map((key) =>
            asked[key] ? (
              <Button
                key={key}
                variant="default"
                size="compact-sm"
                rightSection={<IconX size={14} aria-hidden />}
                onClick={() => onAsk({ [key]: undefined })}
              >
                {t(key)}
              </Button>
            ) : null,
          )}
        </Group>
      ) : null}
    </>
  );
}

/** The whole of a day here: from its first moment to the first of the next one. */
function momentOf(key: "from" | "to", day: string): string | undefined {
  const first = new Date(`${day}T00:00:00`);
  if (key === "to") first.setDate(first.getDate() + 1);
  return Number.isNaN(first.getTime()) ? undefined : (localToUtc(first.toString()) ?? undefined);
}

function before(moment: string): string {
  const at = Date.parse(moment);
  return Number.isNaN(at) ? moment : new Date(at - 1).toISOString();
}
