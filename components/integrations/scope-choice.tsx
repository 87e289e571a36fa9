"use client";

import { Radio, Stack } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { Question } from "./question";
import type { DataChoices } from "./section";

type Scope = DataChoices["outgoingScope"];
type Props = {
  title: string;
  description: string;
  all: string;
  some: string;
  scope: Scope;
  onChange: (scope: Scope) => void;
  /** Shown while only chosen lists travel. */
  children: ReactNode;
};

/** Everything, or only what is in chosen lists. */
export function ScopeChoice({ title, description, all, some, scope, onChange, children }: Props) {
  const [ids, setIds] = useState<string[]>([]);
  function choose(kind: string) {
    if (kind === scope.kind) return;
    if (scope.kind === "lists") setIds(scope.ids);
    onChange(kind === "all" ? { kind: "all" } : { kind: "lists", ids });
  }
  return (
    <Question title={title} description={description}>
      <Radio.Group aria-label={title} value={scope.kind} onChange={choose}>
        <Stack gap="xs">
          <Radio value="all" label={all} />
          <Radio value="lists" label={some} />
        </Stack>
      </Radio.Group>
      {scope.kind === "lists" ? children : null}
    </Question>
  );
}
