import { useState } from "react";
import type { ProspectView } from "@/services/prospects/read-prospect";
import type { Value } from "@/sync/value";
import { withoutEmptyItems } from "./new-prospect-form";
import type { Meanwhile } from "./prospect-inputs";

/** What a person typed over what they saw. Fields they did not touch follow the live prospect. */
type Drafts = Record<string, { seen: Value; value: Value }>;

export function useProspectDrafts(view: ProspectView) {
  const [drafts, setDrafts] = useState<Drafts>({});
  const current = (key: string): Value => view.values[key] ?? null;
  const valueAt = (key: string): Value => drafts[key]?.value ?? (key in drafts ? null : current(key));

  function change(key: string, value: Value) {
    setDrafts((before) => ({ ...before, [key]: { seen: before[key]?.seen ?? current(key), value } }));
  }

  /** Not null where the field moved under a draft that says something else. */
  function meanwhile(key: string): Meanwhile | null {
    const draft = drafts[key];
    if (!draft || same(current(key), draft.seen) || same(current(key), tidy(draft.value))) return null;
    return { value: current(key), ...view.changes[key] };
  }

  function decide(key: string, keep: "mine" | "theirs") {
    setDrafts(({ [key]: draft, ...others }) =>
      draft && keep === "mine" ? { ...others, [key]: { ...draft, seen: current(key) } } : others,
    );
  }

  const changes = Object.entries(drafts)
    .map(([field, { seen, value }]) => ({ field, seen, value: tidy(value) }))
    .filter(({ field, value }) => !same(value, current(field)));
  const undecided = Object.keys(drafts).filter((key) => meanwhile(key));
  return { valueAt, change, meanwhile, decide, changes, undecided, reset: () => setDrafts({}) };
}

function tidy(value: Value): Value {
  return withoutEmptyItems({ value }).value ?? null;
}

/** Good enough to see a difference; what counts as one is decided where it is saved. */
function same(a: Value, b: Value): boolean {
  return form(a) === form(b);
}

function form(value: Value): string {
  const empty = value === "" || (Array.isArray(value) && !value.length);
  return JSON.stringify(empty ? null : value);
}
