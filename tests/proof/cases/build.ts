import { directions, writableSides } from "@/sync/direction";
import type { Capabilities, ConstantWrite, PlannerMapping, PlannerSettings } from "@/sync/planner-settings";
import { policies } from "@/sync/policy";
import type { PlanInput, UnconfirmedWrites } from "@/sync/record-plan";
import type { Absence } from "@/sync/removal";
import type { Side } from "@/sync/side";
import { fieldTypes, type Value } from "@/sync/value";
import { buildLink } from "./build-link";
import { buildRecord } from "./build-record";
import { buildRemovalResolution, buildResolutions } from "./build-resolutions";
import type { RecordCase } from "./case";
import { choiceMaps, sharedDomain } from "./domains";
import type { CaseGenes, FieldGenes } from "./genes";
import { at, differing, shared } from "./pick";

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
    link:
      genes.link === 0 ? null : buildLink(genes, mappings, fields, records.snov ?? records.hubspot, settings),
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
