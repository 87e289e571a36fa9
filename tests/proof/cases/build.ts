import { directions, writableSides } from "@/sync/direction";
import type { Capabilities, ConstantWrite, PlannerMapping, PlannerSettings } from "@/sync/planner-settings";
import { policies } from "@/sync/policy";
import type {
  DeclinedValues,
  ObservedLink,
  ObservedRecord,
  PlanInput,
  Refused,
  UnconfirmedWrites,
} from "@/sync/record-plan";
import type { Absence } from "@/sync/removal";
import type { Both, Side } from "@/sync/side";
import { fieldTypes, type Value } from "@/sync/value";
import { isUnmapped, shared as meaningOf, means } from "../oracle/meaning";
import { buildRemovalResolution, buildResolutions } from "./build-resolutions";
import type { RecordCase } from "./case";
import { choiceMaps, ownDomain, sharedDomain } from "./domains";
import type { CaseGenes, FieldGenes } from "./genes";

const absences: (Absence | null)[] = [null, "archived", "deleted", "privacy_deleted"];

/** The case that a draw of small numbers stands for: zero is always the plainest, so that shrinking simplifies. */
export function buildCase(genes: CaseGenes): RecordCase {
  const fields = [genes.identity, ...genes.fields];
  const mappings = fields.map((field, index) => buildMapping(genes, field, index));
  const settings = buildSettings(genes, genes.withoutIdentity === 9 ? mappings.slice(1) : mappings);
  return {
    settings,
    input: buildInput(genes, mappings, fields, settings),
    binned: {
      snov: buildRecord("snov", genes, mappings, (index) => fields[index]?.binnedSnov ?? 0, settings),
      hubspot: buildRecord(
        "hubspot",
        genes,
        mappings,
        (index) => fields[index]?.binnedHubspot ?? 0,
        settings,
      ),
    },
    createdInScope: genes.createdInScope < 6,
    crash: { wholeRecords: genes.crashWhole === 0, mask: genes.crashMask },
    turn: genes.turn,
  };
}

function buildMapping(genes: CaseGenes, field: FieldGenes, index: number): PlannerMapping {
  const identity = index === 0;
  const type = identity ? "text" : at(fieldTypes, field.type);
  const choosing = type === "choice" || type === "choices";
  const id = identity ? "email" : `f${index}`;
  return {
    id,
    type,
    fields: { snov: `s_${id}`, hubspot: `h_${id}` },
    writable: writableSides(at(directions, genes.syncType), at(directions, Math.max(0, field.direction - 3))),
    policy: at(policies, field.policy),
    identity,
    stopped: field.stopped === 9,
    choices: {
      snov: choosing ? at(choiceMaps, field.snovMap) : null,
      hubspot: choosing ? at(choiceMaps, field.hubspotMap) : null,
    },
  };
}

function buildSettings(genes: CaseGenes, mappings: PlannerMapping[]): PlannerSettings {
  const plainText = mappings.find(({ type, identity }) => type === "text" && !identity);
  const status = (side: Side, gene: number) => {
    if (gene < 2) return null;
    const field = gene === 5 && plainText ? plainText.fields[side] : `${side}_status`;
    return { field, value: "NEW" };
  };
  return {
    mappings,
    writable: writableSides(at(directions, genes.syncType), "both"),
    capabilities: { snov: capabilities(genes.snovLacks), hubspot: capabilities(genes.hubspotLacks) },
    removals: genes.keepsRemoved === 3 ? "keep" : "propagate",
    constants: {
      snov: constant("snov", genes.snovConstant),
      hubspot: constant("hubspot", genes.hubspotConstant),
    },
    firstStatus: { snov: status("snov", genes.snovStatus), hubspot: status("hubspot", genes.hubspotStatus) },
    takesUpUndone: genes.takesUpUndone === 3,
  };
}

function constant(side: Side, gene: number): ConstantWrite | null {
  if (gene < 2) return null;
  const field = `${side}_constant`;
  return gene === 2 ? { field, type: "text", value: "ours" } : { field, type: "number", value: "17.0" };
}

/** Below 32, each bit takes one ability away; above, none is missing. */
function capabilities(lacks: number): Capabilities {
  const lack = lacks >= 32 ? 0 : lacks;
  return {
    create: (lack & 1) === 0,
    clear: (lack & 2) === 0,
    remove: (lack & 4) === 0,
    restore: (lack & 8) === 0,
    erase: (lack & 16) === 0,
  };
}

function buildInput(
  genes: CaseGenes,
  mappings: PlannerMapping[],
  fields: FieldGenes[],
  settings: PlannerSettings,
): PlanInput {
  const { presence } = genes;
  const snov = buildRecord("snov", genes, mappings, (index) => fields[index]?.snov ?? 0, settings);
  const hubspot = buildRecord("hubspot", genes, mappings, (index) => fields[index]?.hubspot ?? 0, settings);
  const records = {
    snov: presence === 8 || presence === 10 ? null : snov,
    hubspot: presence === 9 || presence === 10 ? null : hubspot,
  };
  const values = (pick: (field: FieldGenes) => [number, number, number], side: Side): UnconfirmedWrites => {
    const sent: Record<string, Value[]> = {};
    const arrived: Record<string, Value> = {};
    if (genes.link === 0 && !(records.snov && records.hubspot)) return { values: sent, removal: false };
    for (const [index, mapping] of mappings.entries()) {
      const [one, two, which] = pick(fields[index] as FieldGenes);
      const list = [one, two].filter((gene) => gene >= 12).map((gene) => shared(mapping, gene - 12));
      if (list.length) sent[mapping.id] = list;
      const certain = list[which];
      if (certain !== undefined) arrived[mapping.id] = certain;
    }
    return {
      values: sent,
      arrived,
      removal: side === "snov" ? genes.snovRemoval === 5 : genes.hubspotRemoval === 5,
    };
  };
  const input: PlanInput = {
    records,
    link: genes.link === 0 ? null : buildLink(genes, mappings, fields, records.snov ?? records.hubspot),
    absences: {
      snov: records.snov || genes.link === 0 ? null : at(absences, genes.snovAbsence),
      hubspot: records.hubspot || genes.link === 0 ? null : at(absences, genes.hubspotAbsence),
    },
    erased: genes.erased === 15,
    openConflicts: differing(mappings, fields, (field) => [field.openSnov, field.openHubspot]),
    resolutions: buildResolutions(mappings, fields, records),
    removalResolution: null,
    unconfirmed: {
      snov: values((field) => [field.sentSnov, field.sentSnovAgain, field.arrivedSnov], "snov"),
      hubspot: values(
        (field) => [field.sentHubspot, field.sentHubspotAgain, field.arrivedHubspot],
        "hubspot",
      ),
    },
    addressOwners: {
      snov: buildOwners(genes.snovOwner, mappings, "snov-2"),
      hubspot: buildOwners(genes.hubspotOwner, mappings, "hubspot-2"),
    },
  };
  // Of two that arrived, the histories tell which came last.
  for (const id of Object.keys(input.unconfirmed.snov.arrived ?? {}))
    delete input.unconfirmed.hubspot.arrived?.[id];
  return { ...input, removalResolution: buildRemovalResolution(genes, settings.mappings, input) };
}

/** What a person left alone, or the undo of a transfer put back on one side. */
function buildDeclined(mappings: PlannerMapping[], fields: FieldGenes[]): Record<string, DeclinedValues> {
  const values = differing(mappings, fields, (field) => [field.declinedSnov, field.declinedHubspot]);
  return Object.fromEntries(
    Object.entries(values).map(([id, both]) => {
      const field = fields[mappings.findIndex((mapping) => mapping.id === id)];
      if (field?.declinedSnov === 16) return [id, { ...both, undone: true as const }];
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

/** Another record has every address there is, or only one of them. */
function buildOwners(gene: number, [identity]: PlannerMapping[], owner: string): Record<string, string> {
  if (gene < 3 || !identity) return {};
  const texts = sharedDomain(identity).map((value) =>
    String(value ?? "")
      .trim()
      .toLowerCase(),
  );
  const addresses = [...new Set(texts)].filter(Boolean);
  return Object.fromEntries(addresses.slice(gene === 7 ? 0 : 1).map((key) => [key, owner]));
}

function buildLink(
  genes: CaseGenes,
  mappings: PlannerMapping[],
  fields: FieldGenes[],
  left: ObservedRecord | null,
): ObservedLink {
  const base: Record<string, Value> = {};
  for (const [index, mapping] of mappings.entries()) {
    const gene = fields[index]?.base ?? 0;
    if (gene < 12) base[mapping.id] = shared(mapping, gene);
  }
  return {
    base,
    firstSynced: { snov: (genes.synced & 1) === 1, hubspot: (genes.synced & 2) === 2 },
    inScope: { snov: genes.linkScope !== 6, hubspot: genes.linkScope !== 7 },
    bothRemoved: genes.link === 5,
    declined: {
      removal: genes.link === 4,
      values: buildDeclined(mappings, fields),
      ...(genes.undoneCreation > 13 && left ? { creation: buildCreation(genes, mappings, left) } : {}),
    },
    refused: refusedValues(mappings, fields),
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

/** Per mapping two different own values, where the first gene says that there are any. */
function differing(
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

function buildRecord(
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

function own(mapping: PlannerMapping, side: Side, gene: number): Value {
  return at(ownDomain(mapping, mapping.choices[side]), gene);
}

function shared(mapping: PlannerMapping, gene: number): Value {
  return at(sharedDomain(mapping), gene);
}

function at<T>(list: readonly T[], gene: number): T {
  return list[gene % list.length] as T;
}
