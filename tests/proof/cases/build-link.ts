import type { PlannerMapping, PlannerSettings } from "@/sync/planner-settings";
import type { DeclinedValues, ExtraKind, ObservedLink, ObservedRecord, Refused } from "@/sync/record-plan";
import { sides } from "@/sync/side";
import type { Value } from "@/sync/value";
import type { CaseGenes, FieldGenes } from "./genes";
import { differing, own, shared } from "./pick";

export function buildLink(
  genes: CaseGenes,
  mappings: PlannerMapping[],
  fields: FieldGenes[],
  left: ObservedRecord | null,
  settings: PlannerSettings,
): ObservedLink {
  const base: Record<string, Value> = {};
  for (const [index, mapping] of mappings.entries()) {
    const gene = fields[index]?.base ?? 0;
    if (gene < 12) base[mapping.id] = shared(mapping, gene);
  }
  return {
    base,
    owed: { snov: owed(genes.snovOwed), hubspot: owed(genes.hubspotOwed) },
    firstSynced: { snov: (genes.synced & 1) === 1, hubspot: (genes.synced & 2) === 2 },
    inScope: { snov: genes.linkScope !== 6, hubspot: genes.linkScope !== 7 },
    bothRemoved: genes.link === 5,
    declined: {
      removal: genes.link === 4,
      values: buildDeclined(mappings, fields),
      ...(genes.undoneCreation > 13 && left ? { creation: buildCreation(genes, mappings, left) } : {}),
    },
    refused: { ...refusedValues(mappings, fields), ...refusedExtras(genes, settings) },
  };
}

/** A third of the fields was refused somewhere. */
function refusedValues(mappings: PlannerMapping[], fields: FieldGenes[]): Refused {
  const refused: Refused = {};
  for (const [index, mapping] of mappings.entries()) {
    const { refusedOn, refusedValue } = fields[index] as FieldGenes;
    const on = refusedOn % 2 ? "snov" : "hubspot";
    if (refusedOn >= 8) refused[mapping.id] = { on, value: own(mapping, on, refusedValue), message: "no" };
  }
  return refused;
}

function owed(gene: number): ExtraKind[] {
  if (gene > 3) return [];
  return [...(gene & 1 ? (["constant"] as const) : []), ...(gene & 2 ? (["status"] as const) : [])];
}

/** Of a constant or a status that was refused, a quarter have another value by now. */
function refusedExtras(
  { refusedExtras: gene, refusedOther }: CaseGenes,
  { constants, firstStatus }: PlannerSettings,
): Refused {
  if (gene > 15) return {};
  const refused: Refused = {};
  for (const [bit, extra] of [
    constants.snov,
    constants.hubspot,
    firstStatus.snov,
    firstStatus.hubspot,
  ].entries())
    if (extra && (gene >> bit) & 1)
      refused[`ridden:${extra.field}`] = {
        on: sides[bit % 2] ?? "snov",
        value: refusedOther === 3 ? "another" : extra.value,
        message: "no",
      };
  return refused;
}

/** What a person left alone, a transfer left in one direction, or an undo put back on one side. */
function buildDeclined(mappings: PlannerMapping[], fields: FieldGenes[]): Record<string, DeclinedValues> {
  const values = differing(mappings, fields, (field) => [field.declinedSnov, field.declinedHubspot]);
  return Object.fromEntries(
    Object.entries(values).map(([id, both]) => {
      const field = fields[mappings.findIndex((mapping) => mapping.id === id)];
      if (field?.declinedSnov === 16) return [id, { ...both, undone: true as const }];
      if (field?.declinedSnov === 13 || field?.declinedSnov === 14)
        return [id, { ...both, otherWay: true as const }];
      return [id, field?.declinedSnov === 15 ? { ...both, discarded: true as const } : both];
    }),
  );
}

/** A transfer had made the partner of the record that is left, which has been edited since, or has not. */
function buildCreation(
  genes: CaseGenes,
  mappings: PlannerMapping[],
  { fields }: ObservedRecord,
): Record<string, Value> {
  const entries = mappings.flatMap((mapping): [string, Value][] => {
    const value = fields[mapping.fields.snov] ?? fields[mapping.fields.hubspot];
    return value === undefined ? [] : [[mapping.id, value]];
  });
  const [first] = mappings;
  const isEdited = genes.undoneCreation === 14 && first;
  return {
    ...Object.fromEntries(entries),
    ...(isEdited ? { [first.id]: shared(first, genes.linkScope) } : {}),
  };
}
