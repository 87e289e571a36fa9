"use client";

import { useRouter } from "next/navigation";
import { useEffect, useImperativeHandle, useRef, useState } from "react";
import { useAction } from "@/components/ui/use-action";
import { useFailureText } from "@/components/ui/use-failure-text";
import type { ActionResult } from "@/services/action-result";
import type { Leaving, SectionProps } from "./section";
import { same, useDraft } from "./use-draft";

/** The keys of a draft that cannot be saved, each with a reason under the texts `errors`. */
export type Faults<Draft> = { [Key in keyof Draft]?: string | undefined };

type Options<Draft, Answer> = {
  name: string;
  /** What the server holds, and what a person starts from where that is not yet chosen. */
  saved: Draft;
  start?: Draft;
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
  const [reasons, setReasons] = useState<Faults<Draft>>({});
  /** A refusal that belongs to no single input. */
  const [problem, setProblem] = useState<string | null>(null);
  const root = useRef<HTMLDivElement>(null);
  const { run } = useAction(act, {
    onFailure: (failure) => {
      const refused = ofDraft(start, failure.fields);
      setReasons(refused);
      if (!Object.keys(refused).length) setProblem(failureText(failure));
      if (failure.code === "out_of_date" || failure.code === "not_found") router.refresh();
      return true;
    },
  });
  useEffect(() => onDirty?.(touched), [onDirty, touched]);

  async function save(leaving: Leaving): Promise<boolean> {
    setProblem(null);
    const faults = faultsOf(draft);
    const faulty = Object.keys(faults) as (keyof Draft)[];
    if (leaving === "next") {
      setReasons(faults);
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
    setReasons({});
    setProblem(null);
  }
  return {
    root,
    draft,
    change: (part: Partial<Draft>) => {
      setReasons((now) => ({ ...now, ...cleared(part) }));
      change(part);
    },
    reasonOf: (key: keyof Draft) => reasons[key],
    errorOf: (key: keyof Draft) =>
      reasons[key] ? failureText({ code: "invalid_input", reason: reasons[key] }) : undefined,
    notices: { problem, moved: moved ? { keepMine, useTheirs: startOver } : null },
  };
}

/** An input within a value belongs to that value: `outgoingScope.ids` to `outgoingScope`. */
function ofDraft<Draft extends object>(draft: Draft, fields: Record<string, string> = {}): Faults<Draft> {
  const owned = Object.entries(fields).map(([path, reason]) => [path.split(".")[0] ?? path, reason] as const);
  return Object.fromEntries(owned.filter(([key]) => key in draft)) as Faults<Draft>;
}

/** What was just entered is judged anew at the next try. */
function cleared<Draft>(part: Partial<Draft>): Faults<Draft> {
  return Object.fromEntries(Object.keys(part).map((key) => [key, undefined])) as Faults<Draft>;
}

/** After the marks are drawn. */
function focusFirstFault(root: { current: HTMLElement | null }) {
  requestAnimationFrame(() =>
    setTimeout(() =>
      root.current?.querySelector<HTMLElement>('[role="alert"][tabindex], [aria-invalid="true"]')?.focus(),
    ),
  );
}
