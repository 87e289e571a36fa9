"use client";

import { TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";

type Props = {
  label: string;
  asked: string | undefined;
  /** Called once the person has stopped typing; undefined asks for everything. */
  onAsk: (text: string | undefined) => void;
  className?: string | undefined;
};

/** What a list is searched by. It keeps what is typed: give it another `key` to begin anew. */
export function SearchField({ label, asked, onAsk, className }: Props) {
  const [typed, setTyped] = useState(asked ?? "");
  const search = useDebouncedCallback((text: string) => onAsk(text.trim() || undefined), 300);
  return (
    <TextInput
      className={className}
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
      value={typed}
      maxLength={100}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        search(event.currentTarget.value);
      }}
    />
  );
}
