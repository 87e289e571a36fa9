import { type Direction, writableSides } from "@/sync/direction";
import type { Capabilities, PlannerMapping } from "@/sync/planner-settings";
import type { ObservedLink, ObservedRecord } from "@/sync/record-plan";
import type { Value } from "@/sync/value";
import type { RecordCase } from "../cases/case";

export const email = "ana@x.io";
export const both = [true, false];
export const able: Capabilities = { create: true, clear: true, remove: true, restore: true, erase: true };
const nothingSent = { values: {}, removal: false };

/** What all small cases have in common. */
export function frame(syncType: Direction, mappings: PlannerMapping[], capabilities = able): RecordCase {
  const constant = (side: string) => ({ field: `${side}_constant`, type: "text" as const, value: "ours" });
  const status = (side: string) => ({ field: `${side}_status`, value: "NEW" });
  return {
    settings: {
      mappings,
      writable: writableSides(syncType, "both"),
      capabilities: { snov: capabilities, hubspot: capabilities },
      removals: "propagate",
      constants: { snov: constant("snov"), hubspot: constant("hubspot") },
      firstStatus: { snov: status("snov"), hubspot: status("hubspot") },
    },
    input: {
      records: { snov: null, hubspot: null },
      link: null,
      absences: { snov: null, hubspot: null },
      erased: false,
      openConflicts: {},
      resolutions: {},
      removalResolution: null,
      unconfirmed: { snov: nothingSent, hubspot: nothingSent },
      addressOwners: { snov: {}, hubspot: {} },
    },
    binned: {
      snov: record("snov", { email, title: "a" }, undefined),
      hubspot: record("hubspot", { email, title: "b" }, undefined),
    },
    createdInScope: true,
    crash: { wholeRecords: true, mask: 1 },
    turn: 1,
  };
}

export function mapping(id: string, identity: boolean): PlannerMapping {
  return {
    id,
    type: "text",
    fields: { snov: `snov_${id}`, hubspot: `hubspot_${id}` },
    writable: { snov: true, hubspot: true },
    policy: "ask",
    identity,
    stopped: false,
    choices: { snov: null, hubspot: null },
  };
}

export function record(side: string, fields: Record<string, Value>, at: number | undefined): ObservedRecord {
  const own = Object.entries(fields).map(([id, value]): [string, Value] => [`${side}_${id}`, value]);
  const changedAt = at === undefined ? {} : Object.fromEntries(own.map(([field]) => [field, at]));
  return { id: `${side}-1`, fields: Object.fromEntries(own), inScope: true, changedAt };
}

export function link(base: Record<string, Value>): ObservedLink {
  return {
    base,
    firstSynced: { snov: false, hubspot: false },
    inScope: { snov: true, hubspot: true },
    bothRemoved: false,
    declined: { removal: false, values: {} },
    refused: {},
  };
}
