"use client";

import { TextInput, type TextInputProps } from "@mantine/core";
import { useLocale } from "next-intl";
import { useState } from "react";
import { editedNumber, typedNumber } from "./typed-number";

type Props = Omit<TextInputProps, "value" | "onChange"> & {
  value: string;
  onChange: (value: string | null) => void;
};

/** A number in the person's language. It is taken with each key, so that Enter sends what is shown. */
export function NumberField({ value, onChange, ...input }: Props) {
  const locale = useLocale();
  const [typed, setTyped] = useState<{ text: string; value: string | null } | null>(null);
  const isTyped = typed && (typed.value ?? "") === value;
  return (
    <TextInput
      {...input}
      inputMode="decimal"
      value={isTyped ? typed.text : editedNumber(value, locale)}
      onChange={(event) => {
        const text = event.currentTarget.value;
        const taken = typedNumber(text, locale);
        setTyped({ text, value: taken });
        onChange(taken);
      }}
      // It shows how it was taken.
      onBlur={() => setTyped(null)}
    />
  );
}
