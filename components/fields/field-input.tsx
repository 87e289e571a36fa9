"use client";

import { MultiSelect, Select, TextInput } from "@mantine/core";
import { DateInput, DateTimePicker } from "@mantine/dates";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { FieldType, Value } from "@/sync/value";
import { localToUtc, utcToLocal } from "./local-date-time";
import { NumberField } from "./number-field";

type Props = {
  type: FieldType;
  label: ReactNode;
  value: Value;
  onChange: (value: Value) => void;
  options?: { value: string; label: string }[];
  error?: ReactNode;
  description?: ReactNode;
  autoComplete?: string;
  autoFocus?: boolean;
};

/** The proper input for a field's type. Emptied inputs give `null`. */
export function FieldInput({ type, value, onChange, options = [], ...rest }: Props) {
  const input = { ...rest, styles: labelGap };
  const t = useTranslations("fields");
  const english = useLocale() === "en";
  const text = typeof value === "string" ? value : "";
  switch (type) {
    case "number":
      return <NumberField {...input} value={text} onChange={onChange} />;
    case "date":
      return (
        <DateInput
          {...input}
          clearable
          value={text || null}
          valueFormat={english ? "MMM D, YYYY" : "DD/MM/YYYY"}
          placeholder={t("chooseDate")}
          clearButtonProps={{ "aria-label": t("clear") }}
          onChange={(day) => onChange(day ? day.slice(0, 10) : null)}
        />
      );
    case "datetime":
      return (
        <DateTimePicker
          {...input}
          clearable
          value={utcToLocal(text)}
          valueFormat={english ? "MMM D, YYYY, h:mm A" : "DD/MM/YYYY HH:mm"}
          placeholder={t("chooseDateTime")}
          clearButtonProps={{ "aria-label": t("clear") }}
          submitButtonProps={{ "aria-label": t("done") }}
          onChange={(local) => onChange(local ? localToUtc(local) : null)}
        />
      );
    case "boolean":
      return (
        <Select
          {...input}
          clearable
          clearButtonProps={{ "aria-label": t("clear") }}
          placeholder={t("notSet")}
          data={[
            { value: "true", label: t("yes") },
            { value: "false", label: t("no") },
          ]}
          value={typeof value === "boolean" ? String(value) : null}
          onChange={(chosen) => onChange(chosen === null ? null : chosen === "true")}
        />
      );
    case "choice":
      return (
        <Select
          {...input}
          clearable
          searchable={options.length > 8}
          clearButtonProps={{ "aria-label": t("clear") }}
          placeholder={t("notSet")}
          nothingFoundMessage={t("noSuchChoice")}
          data={withCurrent(options, text ? [text] : [])}
          value={text || null}
          onChange={(chosen) => onChange(chosen)}
        />
      );
    case "choices": {
      const chosen = Array.isArray(value) ? value : [];
      return (
        <MultiSelect
          {...input}
          clearable
          searchable={options.length > 8}
          clearButtonProps={{ "aria-label": t("clear") }}
          placeholder={chosen.length ? undefined : t("notSet")}
          nothingFoundMessage={t("noSuchChoice")}
          data={withCurrent(options, chosen)}
          value={chosen}
          onChange={(values) => onChange(values.length ? values : null)}
        />
      );
    }
    default:
      return (
        <TextInput
          {...input}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value || null)}
        />
      );
  }
}

/** The same distance for every kind of input. */
const labelGap = { label: { marginBottom: 4 } };

/** A value whose choice was removed stays visible, so that saving never drops it unseen. */
function withCurrent(options: { value: string; label: string }[], current: string[]) {
  const known = new Set(options.map(({ value }) => value));
  return [
    ...options,
    ...current.filter((value) => !known.has(value)).map((value) => ({ value, label: value })),
  ];
}
