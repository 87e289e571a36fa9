import type { PlannerMapping } from "@/sync/planner-settings";
import type { PlanInput } from "@/sync/record-plan";
import type { FieldChoice, FieldResolution } from "@/sync/resolution";
import { otherSide, sides } from "@/sync/side";
import type { Value } from "@/sync/value";
import { editedHere } from "../oracle/absence";
import { isUnmapped, means, shared } from "../oracle/meaning";
import { ownDomain, sharedDomain } from "./domains";
import type { CaseGenes, FieldGenes } from "./genes";
import { at } from "./pick";

type Records = PlanInput["records"];

/** Two fifths of the fields have an answer, most of them about what is there. */
export function buildResolutions(
  mappings: PlannerMapping[],
  fields: FieldGenes[],
  records: Records,
): PlanInput["resolutions"] {
  const resolutions: PlanInput["resolutions"] = {};
  // Of a record alone there is nothing to choose from.
  if (!records.snov || !records.hubspot) return resolutions;
  for (const [index, mapping] of mappings.entries()) {
    const genes = fields[index] as FieldGenes;
    const choice = choiceOf(mapping, genes);
    if (choice) resolutions[mapping.id] = resolutionOf(mapping, genes, records, choice);
  }
  return resolutions;
}

function choiceOf(mapping: PlannerMapping, { choice, typed }: FieldGenes): FieldChoice | null {
  if (choice < 12) return null;
  if (choice < 14) return { kind: "take", side: "snov" };
  if (choice < 16) return { kind: "take", side: "hubspot" };
  if (choice < 19) return { kind: "value", value: at(sharedDomain(mapping), typed) };
  return { kind: "leave" };
}

function resolutionOf(
  mapping: PlannerMapping,
  genes: FieldGenes,
  records: Records,
  choice: FieldChoice,
): FieldResolution {
  const drawn = {
    snov: at(ownDomain(mapping, mapping.choices.snov), genes.seenSnov),
    hubspot: at(ownDomain(mapping, mapping.choices.hubspot), genes.seenHubspot),
  };
  const now = {
    snov: records.snov?.fields[mapping.fields.snov] ?? null,
    hubspot: records.hubspot?.fields[mapping.fields.hubspot] ?? null,
  };
  const seen = genes.seenMoved === 3 ? drawn : now;
  if (genes.undone < 2) return { choice, seen };
  // What a carried out choice left is the same on both sides, and not what one of them had before.
  const taken = choice.kind === "take" ? choice.side : null;
  const before = alike(mapping, now) ? { ...drawn, ...(taken ? { [taken]: now[taken] } : {}) } : seen;
  const base = genes.undoneBase < 12 ? { base: at(sharedDomain(mapping), genes.undoneBase) } : {};
  return { choice, seen: before, undo: base };
}

function alike(mapping: PlannerMapping, now: { snov: Value; hubspot: Value }): boolean {
  const [snov, hubspot] = sides.map((side) => shared(mapping, side, now[side]));
  if (!snov || !hubspot || isUnmapped(snov) || isUnmapped(hubspot)) return false;
  return means(mapping, snov.value, hubspot.value);
}

/** Three in four of those whose partner is gone have an answer. */
export function buildRemovalResolution(
  genes: CaseGenes,
  mappings: PlannerMapping[],
  input: PlanInput,
): PlanInput["removalResolution"] {
  const here = sides.find((side) => input.records[side] && !input.records[otherSide(side)]);
  const record = here && input.records[here];
  const { link } = input;
  if (genes.removalChoice === 0 || !here || !record || !link) return null;
  const edited = mappings.filter((mapping) => editedHere(mapping, input, link, here, record));
  const seen = edited.map(({ id, fields }): [string, Value] => [id, record.fields[fields[here]] ?? null]);
  return {
    choice: genes.removalChoice < 3 ? "remove" : "bring_back",
    seen: Object.fromEntries(asSeen(seen, genes.removalMoved)),
  };
}

/** Half of the answers are about these edits; the others know one less, or another value. */
function asSeen(edited: [string, Value][], moved: number): [string, Value][] {
  const [first, ...others] = edited;
  if (moved < 2 || !first) return edited;
  return moved === 2 ? [[first[0], "another"], ...others] : others;
}
