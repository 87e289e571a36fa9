import type { PlannerMapping, PlannerSettings } from "@/sync/planner-settings";
import type { ObservedRecord } from "@/sync/record-plan";
import type { Side } from "@/sync/side";
import type { Value } from "@/sync/value";
import type { CaseGenes } from "./genes";
import { at, own, shared } from "./pick";

export function buildRecord(
  side: Side,
  genes: CaseGenes,
  mappings: PlannerMapping[],
  gene: (index: number) => number,
  settings: PlannerSettings,
): ObservedRecord {
  const fields: Record<string, Value> = { [`${side}_unmapped`]: "theirs" };
  const changedAt: Record<string, number> = {};
  const isSnov = side === "snov";
  const extra = isSnov ? genes.snovExtra : genes.hubspotExtra;
  if (extra & 1)
    fields[`${side}_constant`] = at(extra & 2 ? ["theirs", " ours"] : ["ours", "17"], extra >> 2);
  if (extra & 4) fields[`${side}_status`] = extra & 8 ? "OPEN" : null;
  for (const [index, mapping] of mappings.entries()) {
    const key = mapping.fields[side];
    const value = gene(index);
    const base = genes.calm === 3 || genes.fields[index - 1]?.calm === 3 ? baseGene(genes, index) : 12;
    if (base < 12) fields[key] = ownOf(mapping, side, shared(mapping, base));
    else if (value < 15) fields[key] = own(mapping, side, value);
    const time = (isSnov ? genes.snovTimes : genes.hubspotTimes)[index] ?? 0;
    if (time > 0) changedAt[key] = time;
  }
  const status = settings.firstStatus[side];
  if (status && extra === 15) delete fields[status.field];
  const inScope = isSnov ? genes.snovScope < 7 : genes.hubspotScope < 7;
  return { id: `${side}-1`, fields, inScope, changedAt };
}

function baseGene(genes: CaseGenes, index: number): number {
  return (index === 0 ? genes.identity : genes.fields[index - 1])?.base ?? 12;
}

/** What the side would hold had nobody touched it since both agreed. */
function ownOf(mapping: PlannerMapping, side: Side, value: Value): Value {
  const map = mapping.choices[side];
  if (!map || value === null) return value;
  const one = (choice: string) => Object.keys(map).find((key) => map[key] === choice) ?? "l";
  return Array.isArray(value) ? value.map(one) : one(String(value));
}
