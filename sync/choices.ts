import type { PlannerMapping } from "./planner-settings";
import type { Both, Side } from "./side";
import { isEmpty, type Value } from "./value";

export type Translated = { kind: "value"; value: Value } | { kind: "unmapped"; choice: string };

/** A side's own value in the values that both sides share. */
export function toShared(mapping: PlannerMapping, side: Side, value: Value): Translated {
  const map = mapping.choices[side];
  return map ? translate(value, (choice) => meaningOf(map, choice)) : { kind: "value", value };
}

/** Both sides' own values in those that they share; null where one of the choices has no counterpart. */
export function sharedValues(mapping: PlannerMapping, own: Both<Value>): Both<Value> | null {
  const snov = toShared(mapping, "snov", own.snov);
  const hubspot = toShared(mapping, "hubspot", own.hubspot);
  return snov.kind === "value" && hubspot.kind === "value"
    ? { snov: snov.value, hubspot: hubspot.value }
    : null;
}

/** A shared value in a side's own values; all that `current` holds and that means the same is kept. */
export function fromShared(mapping: PlannerMapping, side: Side, value: Value, current: Value): Translated {
  const map = mapping.choices[side];
  if (!map) return { kind: "value", value };
  const held = Array.isArray(current) ? current : [current];
  return translate(value, (choice) => {
    const owns = Object.keys(map).filter((own) => map[own] === choice);
    const kept = owns.filter((own) => held.includes(own));
    return kept.length ? kept : owns.slice(0, 1);
  });
}

/** The first choice that has no counterpart, for the sentence that names it. */
export function choiceOf(...translations: Translated[]): string {
  for (const translation of translations) if (translation.kind === "unmapped") return translation.choice;
  return "";
}

/** Choices are people's words: "constructor" is one that every object knows, and no map of ours. */
function meaningOf(map: Record<string, string>, choice: string): string[] {
  const meaning = Object.hasOwn(map, choice) ? map[choice] : undefined;
  return meaning === undefined ? [] : [meaning];
}

function translate(value: Value, look: (choice: string) => string[]): Translated {
  if (isEmpty(value)) return { kind: "value", value: null };
  const translated: string[] = [];
  for (const choice of Array.isArray(value) ? value : [String(value)]) {
    const found = look(choice);
    if (!found.length) return { kind: "unmapped", choice };
    translated.push(...found);
  }
  return { kind: "value", value: Array.isArray(value) ? [...new Set(translated)] : (translated[0] ?? null) };
}
