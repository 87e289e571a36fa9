import type { PlannerMapping } from "@/sync/planner-settings";
import type { Both, Side } from "@/sync/side";
import type { Value } from "@/sync/value";
import { isUnmapped, shared as meaningOf, means } from "../oracle/meaning";
import { ownDomain, sharedDomain } from "./domains";
import type { FieldGenes } from "./genes";

/** The value, of those that the side may hold, that a small number stands for. */
export function own(mapping: PlannerMapping, side: Side, gene: number): Value {
  return at(ownDomain(mapping, mapping.choices[side]), gene);
}

export function shared(mapping: PlannerMapping, gene: number): Value {
  return at(sharedDomain(mapping), gene);
}

export function at<T>(list: readonly T[], gene: number): T {
  return list[gene % list.length] as T;
}

/** Per mapping two different own values, where the first gene says that there are any. */
export function differing(
  mappings: PlannerMapping[],
  fields: FieldGenes[],
  pick: (field: FieldGenes) => [number, number],
): Record<string, Both<Value>> {
  const pairs: Record<string, Both<Value>> = {};
  for (const [index, mapping] of mappings.entries()) {
    const [snov, hubspot] = pick(fields[index] as FieldGenes);
    if (snov < 12) continue;
    const pair = { snov: own(mapping, "snov", snov - 12), hubspot: own(mapping, "hubspot", hubspot) };
    if (!saySame(mapping, pair)) pairs[mapping.id] = pair;
  }
  return pairs;
}

function saySame(mapping: PlannerMapping, pair: Both<Value>): boolean {
  const snov = meaningOf(mapping, "snov", pair.snov);
  const hubspot = meaningOf(mapping, "hubspot", pair.hubspot);
  return !isUnmapped(snov) && !isUnmapped(hubspot) && means(mapping, snov.value, hubspot.value);
}
