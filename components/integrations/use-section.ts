"use client";

import { useRouter } from "next/navigation";
import { useEffect, useImperativeHandle, useRef, useState } from "react";
import { useAction } from "@/components/ui/use-action";
import { useFailureText } from "@/components/ui/use-failure-text";
import type { ActionResult } from "@/services/action-result";
import type { Leaving, SectionProps } from "./section";
import { same, useDraft } from "./use-draft";

export type Faults<Draft> = { [Key in keyof Draft]?: string };

type Options<Draft, Answer> = {
  name: string;
  /** What the server holds, and what a person starts from where that is not yet chosen. */
  saved: Draft;
  start?: Draft;
  /** The draft's keys whose values cannot be saved, each with a reason under the texts `errors`. */
  faultsOf: (draft: Draft) => Faults<Draft>;
  act: (draft: Draft, target: { integrationId: string; seen: string }) => Promise<ActionResult<Answer>>;
  onSaved?: (answer: Answer) => void;
};

/** The draft of a section, its faults in words, and the way it is saved. */
export function useSection<Draft extends object, Answer>(
  { settings, ref, onDirty }: SectionProps,
  { name, saved, start = saved, faultsOf, act, onSaved }: Options<Draft, Answer>,
) {
  const router = useRouter();
  const failureText = useFailureText();
  const { draft, touched, moved, change, settle, keepMine, reset } = useDraft<Draft>(
    `integration.${settings.id}.${name}`,
    start,
  );
  const [attempted, setAttempted] = useState(false);
  const [refused, setRefused] = useState<Record<string, string>>({});
  const root = useRef<HTMLDivElement>(null);
  const { run } = useAction(act, {
    onFailure: ({ code, fields }) => {
      if (fields) setRefused(fields);
      if (code === "out_of_date" || code === "not_found") router.refresh();
      return undefined;
    },
  });
  useEffect(() => onDirty?.(touched), [onDirty, touched]);

  async function save(leaving: Leaving): Promise<boolean> {
    const faults = faultsOf(draft);
    const faulty = Object.keys(faults) as (keyof Draft)[];
    if (leaving === "next") {
      setAttempted(true);
      if (faulty.length || moved) {
        focusFirstFault(root);
        return false;
      }
    }
    if (moved) return true;
    const sent = { ...draft };
    for (const key of faulty) sent[key] = saved[key];
    if (same(sent, saved)) return true;
    const result = await run(sent, { integrationId: settings.id, seen: settings.updatedAt });
    if (!result.ok) {
      if (leaving === "next") focusFirstFault(root);
      return leaving === "away";
    }
    const left = { ...sent };
    for (const key of faulty) left[key] = draft[key];
    settle(sent, left);
    onSaved?.(result.data);
    return true;
  }

  useImperativeHandle(ref, () => ({ save, reset: startOver }));
  function startOver() {
    reset();
    setAttempted(false);
    setRefused({});
  }
  const faults: Record<string, string | undefined> = { ...(attempted ? faultsOf(draft) : {}), ...refused };
  return {
    root,
    draft,
    change: (part: Partial<Draft>) => {
      setRefused({});
      change(part);
    },
    reasonOf: (key: keyof Draft & string) => faults[key],
    errorOf: (key: keyof Draft & string) =>
      faults[key] ? failureText({ code: "invalid_input", reason: faults[key] }) : undefined,
    moved: moved ? { keepMine, useTheirs: startOver } : null,
  };
}

/** After the marks are drawn. */
function focusFirstFault(root: { current: HTMLElement | null }) {
  requestAnimationFrame(() =>
    setTimeout(() =>
      root.current?.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"]')?.focus(),
    ),
  );
}
