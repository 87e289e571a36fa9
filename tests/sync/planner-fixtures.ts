import { type Direction, writableSides } from "@/sync/direction";
import type { PlannerMapping, PlannerSettings } from "@/sync/planner-settings";
import type { ObservedLink, ObservedRecord, PlanInput } from "@/sync/record-plan";
import type { Value } from "@/sync/value";

export function mapping(id: string, overrides: Partial<PlannerMapping> = {}): PlannerMapping {
  return {
    id,
    type: "text",
    fields: { snov: `snov_${id}`, hubspot: `hubspot_${id}` },
    writable: { snov: true, hubspot: true },
    policy: "ask",
    identity: false,
    stopped: false,
    choices: { snov: null, hubspot: null },
    ...overrides,
  };
}

export const emailMapping = mapping("email", { identity: true });

export function settings(
  overrides: Partial<PlannerSettings> = {},
  direction: Direction = "both",
): PlannerSettings {
  const writable = writableSides(direction, "both");
  return {
    mappings: [{ ...emailMapping, writable }, mapping("title", { writable })],
    writable,
    capabilities: { snov: everything, hubspot: everything },
    removals: "propagate",
    constants: { snov: null, hubspot: null },
    firstStatus: { snov: null, hubspot: null },
    ...overrides,
  };
}

export function prospect(values: Record<string, Value>, inScope = true): ObservedRecord {
  return record("snov", values, inScope);
}

export function contact(values: Record<string, Value>, inScope = true): ObservedRecord {
  return record("hubspot", values, inScope);
}

export function input(parts: Partial<PlanInput["records"]> & { base?: Record<string, Value> }): PlanInput {
  return {
    records: { snov: parts.snov ?? null, hubspot: parts.hubspot ?? null },
    link: parts.base ? { ...freshLink, base: parts.base } : null,
    absences: { snov: null, hubspot: null },
    erased: false,
    openConflicts: {},
    unconfirmed: { snov: nothingSent, hubspot: nothingSent },
    addressOwners: { snov: null, hubspot: null },
  };
}

export const freshLink: Omit<ObservedLink, "base"> = {
  firstSynced: { snov: false, hubspot: false },
  inScope: { snov: true, hubspot: true },
  bothRemoved: false,
  declined: { removal: false, values: {} },
};

const nothingSent = { values: {}, removal: false };
const everything = { create: true, clear: true, remove: true, restore: true, erase: true };

function record(side: "snov" | "hubspot", values: Record<string, Value>, inScope: boolean): ObservedRecord {
  const fields = Object.fromEntries(Object.entries(values).map(([id, value]) => [`${side}_${id}`, value]));
  return { id: `${side}-1`, fields, inScope };
}
