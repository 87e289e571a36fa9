import type { PlannerMapping } from "./planner-settings";
import type { Side } from "./side";
import { isEmpty, type Value } from "./value";

export type Translated = { kind: "value"; value: Value } | { kind: "unmapped"; choice: string };

/** A side's own value in the values that both sides share. */
export function toShared(mapping: PlannerMapping, side: Side, value: Value): Translated {
  const map = mapping.choices[side];
  return map
    ? translate(value, (choice) => (Object.hasOwn(map, choice) ? map[choice] : undefined))
    : { kind: "value", value };
}

/** A shared value in a side's own values; `current` is kept where it already means the same. */
export function fromShared(mapping: PlannerMapping, side: Side, value: Value, current: Value): Translated {
  const map = mapping.choices[side];
  if (!map) return { kind: "value", value };
  const kept = Array.isArray(current) ? current : [current];
  return translate(value, (choice) => {
    const owns = Object.keys(map).filter((own) => map[own] === choice);
    return owns.find((own) => kept.includes(own)) ?? owns[0];
  });
}

/** The first choice that has no counterpart, for the sentence that names it. */
export function choiceOf(...translations: Translated[]): string {
  for (const translation of translations) if (translation.kind === "unmapped") return translation.choice;
  return "";
}

function translate(value: Value, look: (choice: string) => string | undefined): Translated {
  if (isEmpty(value)) return { kind: "value", value: null };
  const translated: string[] = [];
  for (const choice of Array.isArray(value) ? value : [String(value)]) {
    const found = look(choice);
    if (found === undefined) return { kind: "unmapped", choice };
    translated.push(found);
  }
  return { kind: "value", value: Array.isArray(value) ? translated : (translated[0] ?? null) };
}
