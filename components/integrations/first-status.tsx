"use client";

import { Radio, Select, Stack } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { FieldDefinition } from "@/sync/field-definition";
import { Question } from "./question";
import type { DataChoices } from "./section";
import { statusOptions } from "./status-options";

type Status = Pick<DataChoices, "statusProperty" | "statusValue">;
type Props = {
  properties: FieldDefinition[];
  property: DataChoices["statusProperty"];
  value: string | null;
  onChange: (status: Status) => void;
  error?: string;
};

const offered = ["hs_lead_status", "lifecyclestage"] as const;

/** The status a contact gets when it is first synced. A property without a value stands for "no status". */
export function FirstStatus({ properties, property, value, onChange, error }: Props) {
  const t = useTranslations("dataSettings.status");
  const kind = value === null ? "none" : (property ?? "none");
  function choose(next: string) {
    const chosen = offered.find((candidate) => candidate === next);
    if (!chosen) return onChange({ statusProperty: property ?? "hs_lead_status", statusValue: null });
    const [first] = statusOptions(properties, chosen);
    onChange({ statusProperty: chosen, statusValue: first?.value ?? "" });
  }
  const options = statusOptions(properties, kind, value);
  return (
    <Question title={t("title")} description={t("text")}>
      <Radio.Group aria-label={t("title")} value={kind} onChange={choose}>
        <Stack gap="xs">
          {offered.map((candidate) => (
            <Radio
              key={candidate}
              value={candidate}
              label={t(candidate)}
              disabled={!statusOptions(properties, candidate).length}
              description={statusOptions(properties, candidate).length ? undefined : t("unavailable")}
            />
          ))}
          <Radio value="none" label={t("none")} />
        </Stack>
      </Radio.Group>
      {kind === "none" ? null : (
        <Select
          maw={420}
          label={t("value")}
          placeholder={t("placeholder")}
          searchable={options.length > 8}
          data={options}
          value={options.some((option) => option.value === value) ? value : null}
          onChange={(chosen) => onChange({ statusProperty: property, statusValue: chosen ?? "" })}
          error={error}
        />
      )}
    </Question>
  );
}
