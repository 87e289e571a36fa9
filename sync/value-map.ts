import type { FieldDefinition } from "./field-definition";
import { ownValue } from "./own-value";
import type { Value } from "./value";

export type Option = FieldDefinition["options"][number];
/** Snov.io option value → HubSpot option value. */
export type ValueMap = Record<string, string>;

/** What people may choose: of what its side hides, that which is `chosen` already. */
export function offeredOptions(options: Option[], chosen: Value | undefined = null): Option[] {
  const kept = [chosen].flat();
  return options.filter(({ value, hidden }) => !hidden || kept.includes(value));
}

/** Pairs the choices whose values or labels read alike; people pair the rest. */
export function suggestValueMap(snov: Option[], hubspot: Option[]): ValueMap {
  const byText = new Map<string, string>();
  for (const { value, label } of offeredOptions(hubspot))
    for (const text of [label, value]) {
      const read = plain(text);
      if (read !== "" && !byText.has(read)) byText.set(read, value);
    }
  return Object.fromEntries(
    snov.flatMap(({ value, label }) => {
      const match = byText.get(plain(label)) ?? byText.get(plain(value));
      return match === undefined ? [] : [[value, match]];
    }),
  );
}

/** Choices on either side that cannot travel until somebody pairs them. */
export function unmappedChoices(snov: Option[], hubspot: Option[], map: ValueMap) {
  const reached = new Set(
    Object.entries(map).flatMap(([own, other]) => (hasValue(snov, own) ? [other] : [])),
  );
  return {
    snov: snov.filter(({ value }) => !hasValue(hubspot, map[value])),
    hubspot: offeredOptions(hubspot).filter(({ value }) => !reached.has(value)),
  };
}

/** Only pairs of choices that still exist on both sides, be they hidden there. */
export function keptPairs(snov: Option[], hubspot: Option[], map: ValueMap): ValueMap {
  return Object.fromEntries(
    Object.entries(map).filter(([own, other]) => hasValue(snov, own) && hasValue(hubspot, other)),
  );
}

/** HubSpot's choices that lost a partner: what was agreed on as one of them may mean something else from now on. */
export function unpairedChoices(before: ValueMap, after: ValueMap): string[] {
  const lost = Object.entries(before).filter(([own, other]) => ownValue(after, own) !== other);
  return [...new Set(lost.map(([, other]) => other))];
}

function hasValue(options: Option[], value: string | undefined): boolean {
  return options.some((option) => option.value === value);
}

/** Signs and what stands between two numbers carry meaning: "< 10" is not "> 10", and "1-10" is not "110". */
function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{S}]+/gu, " ")
    .trim();
}
