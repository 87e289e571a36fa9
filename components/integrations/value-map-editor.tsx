"use client";

import { Alert, Select, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import type { Direction } from "@/sync/direction";
import { type Option, offeredOptions, unmappedChoices, type ValueMap } from "@/sync/value-map";
import classes from "./value-map-editor.module.css";

type Props = {
  snov: Option[];
  hubspot: Option[];
  value: ValueMap;
  direction: Direction;
  onChange: (value: ValueMap) => void;
};

/** An entry of the list and no choice; HubSpot's own never start with a space. */
const notPaired = " none";

/** Pairs the choices of two fields, value by value, and names those that are left. */
export function ValueMapEditor({ snov, hubspot, value, direction, onChange }: Props) {
  const t = useTranslations("mapping");
  return (
    <Stack gap="sm">
      <fieldset className={classes.pairs} aria-label={t("choicesTitle")}>
        <Text span size="xs" c="dimmed" aria-hidden>
          {t("snovChoice")}
        </Text>
        <Text span size="xs" c="dimmed" aria-hidden>
          {t("hubspotChoice")}
        </Text>
        {snov.map((option) => (
          <div key={option.value} className={classes.pair}>
            <Text span size="sm" className={classes.own}>
              {option.label}
            </Text>
            <Select
              size="sm"
              aria-label={t("hubspotChoiceFor", { choice: option.label })}
              data={[
                { value: notPaired, label: t("notPaired") },
                ...offeredOptions(hubspot, value[option.value]).map((other) => ({
                  value: other.value,
                  label: other.label,
                })),
              ]}
              value={
                hubspot.some((other) => other.value === value[option.value]) ? value[option.value] : notPaired
              }
              onChange={(chosen) => {
                const { [option.value]: _, ...others } = value;
                onChange(chosen && chosen !== notPaired ? { ...others, [option.value]: chosen } : others);
              }}
              searchable={hubspot.length > 8}
              nothingFoundMessage={t("nothingFound")}
            />
          </div>
        ))}
      </fieldset>
      <UnmappedChoices snov={snov} hubspot={hubspot} value={value} direction={direction} />
    </Stack>
  );
}

/** Which choices cannot travel, and what that means for the records that have them. */
function UnmappedChoices({ snov, hubspot, value, direction }: Omit<Props, "onChange">) {
  const t = useTranslations("mapping");
  const format = useFormatter();
  const left = unmappedChoices(snov, hubspot, value);
  const outgoing = direction === "to_snov" ? [] : left.snov;
  const incoming = direction === "to_hubspot" ? [] : left.hubspot;
  if (!outgoing.length && !incoming.length) return null;
  const names = (options: Option[]) => format.list(options.map(({ label }) => `“${label}”`));
  return (
    <Alert
      color="orange"
      p="sm"
      icon={<IconAlertTriangle size={18} stroke={1.6} />}
      title={t("unpairedTitle")}
    >
      <Stack gap={4}>
        {outgoing.length ? <Text size="sm">{t("unpairedSnov", { choices: names(outgoing) })}</Text> : null}
        {incoming.length ? <Text size="sm">{t("unpairedHubspot", { choices: names(incoming) })}</Text> : null}
        <Text size="sm">{t("unpairedMeans")}</Text>
      </Stack>
    </Alert>
  );
}
