"use client";

import { Button, Group } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { FieldInput } from "@/components/fields/field-input";
import type { Value } from "@/sync/value";
import classes from "./conflicts.module.css";
import type { AskedField } from "./fields-of-conflicts";

type Props = {
  typed: NonNullable<AskedField["typed"]>;
  label: string;
  initial: Value;
  error: string | undefined;
  pending: boolean;
  onType: (value: Value) => void;
  onClose: () => void;
};

/** A value of the person's own, which both sides get. */
export function TypedValue({ typed, label, initial, error, pending, onType, onClose }: Props) {
  const t = useTranslations("conflicts.choose");
  const common = useTranslations("common");
  const [value, setValue] = useState(initial);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onType(value);
  };
  return (
    <form
      className={classes.typed}
      aria-label={label}
      onSubmit={submit}
      onKeyDown={(event) => event.key === "Escape" && onClose()}
    >
      <FieldInput
        type={typed.type}
        options={typed.options}
        label={label}
        value={value}
        onChange={setValue}
        error={error}
        autoFocus
      />
      <Group gap="xs">
        <Button type="submit" size="xs" loading={pending}>
          {t("useTyped")}
        </Button>
        <Button variant="default" size="xs" onClick={onClose}>
          {common("cancel")}
        </Button>
      </Group>
    </form>
  );
}
