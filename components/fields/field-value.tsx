"use client";

import { Group, Text } from "@mantine/core";
import { useFormatter, useTranslations } from "next-intl";
import { DateTime, Day } from "@/components/ui/formatted";
import type { FieldType, Value } from "@/sync/value";
import classes from "./field-value.module.css";

type Props = {
  type: FieldType;
  value: Value | undefined;
  options?: { value: string; label: string }[] | undefined;
  /** Of several choices those that are marked, as something else stands beside them. */
  differing?: string[] | undefined;
};

/** A field's value in words; a dash where it is empty. */
export function FieldValue({ type, value, options = [], differing = [] }: Props) {
  const t = useTranslations("fields");
  const format = useFormatter();
  if (value === null || value === undefined || value === "" || (Array.isArray(value) && !value.length)) {
    return (
      <Text span c="dimmed" aria-label={t("empty")}>
        –
      </Text>
    );
  }
  const labelOf = (chosen: string) => options.find((option) => option.value === chosen)?.label ?? chosen;
  if (Array.isArray(value)) {
    return (
      <Group gap={6}>
        {value.map((item) => {
          const isMarked = differing.includes(item);
          const Choice = isMarked ? "mark" : "span";
          return (
            <Choice key={item} className={classes.choice} data-differing={isMarked || undefined}>
              {labelOf(item)}
            </Choice>
          );
        })}
      </Group>
    );
  }
  if (typeof value === "boolean") return value ? t("yes") : t("no");
  switch (type) {
    case "date":
      return isDay(value) ? <Day value={value} /> : value;
    case "datetime":
      return Number.isNaN(Date.parse(value)) ? value : <DateTime value={value} />;
    case "number":
      return (
        <span data-numeric>
          {isShort(value) ? format.number(Number(value), { maximumFractionDigits: 20 }) : value}
        </span>
      );
    case "choice":
      return <span className={classes.choice}>{labelOf(value)}</span>;
    default:
      return <span className={classes.text}>{value}</span>;
  }
}

function isDay(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(value);
}

/** Longer numbers would lose digits. */
function isShort(value: string): boolean {
  return value.length <= 15 && !Number.isNaN(Number(value));
}
