import { type Direction, writableSides } from "@/sync/direction";
import { planRecord } from "@/sync/plan";
import type { PlannerMapping, PlannerSettings } from "@/sync/planner-settings";
import type { ObservedLink, ObservedRecord, PairPlan, PlanInput } from "@/sync/record-plan";
import type { Value } from "@/sync/value";

export const email = "ana@example.com";
export const nothingWritten = { snov: {}, hubspot: {} };
export const everything = { create: true, clear: true, remove: true, restore: true, erase: true };

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

/** The e-mail and a title, in the direction given. */
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

export function withMapping(id: string, overrides: Partial<PlannerMapping>): PlannerSettings {
  return settings({ mappings: [emailMapping, mapping(id, overrides)] });
}

export function prospect(values: Record<string, Value>, inScope = true): ObservedRecord {
  return record("snov", values, inScope);
}

export function contact(values: Record<string, Value>, inScope = true): ObservedRecord {
  return record("hubspot", values, inScope);
}

type Parts = Partial<PlanInput["records"]> &
  Partial<Omit<PlanInput, "records" | "link">> & {
    /** Linked, with this agreed on. */
    base?: Record<string, Value>;
    link?: Partial<ObservedLink>;
  };

export function input({ snov = null, hubspot = null, base, link, ...rest }: Parts): PlanInput {
  return {
    records: { snov, hubspot },
    link: base || link ? { ...freshLink, base: base ?? {}, ...link } : null,
    absences: { snov: null, hubspot: null },
    erased: false,
    openConflicts: {},
    resolutions: {},
    removalResolution: null,
    unconfirmed: { snov: nothingSent, hubspot: nothingSent },
    addressOwners: { snov: {}, hubspot: {} },
    ...rest,
  };
}

export function planOfPair(planner: PlannerSettings, given: PlanInput): PairPlan {
  const plan = planRecord(planner, given);
  if (plan.kind !== "pair") throw new Error(`Not a pair: ${JSON.stringify(plan)}`);
  return plan;
}

/** Ana on both sides, with a title each and the one they last agreed on (none where they never did). */
export function titles(snov: Value, hubspot: Value, agreed?: Value, rest: Parts = {}): PlanInput {
  return input({
    snov: prospect({ email, title: snov }),
    hubspot: contact({ email, title: hubspot }),
    ...(agreed === undefined ? {} : { base: { email, title: agreed } }),
    ...rest,
  });
}

const freshLink: Omit<ObservedLink, "base"> = {
  firstSynced: { snov: false, hubspot: false },
  inScope: { snov: true, hubspot: true },
  bothRemoved: false,
  declined: { removal: false, values: {} },
  refused: {},
};

export const nothingSent = { values: {}, removal: false };

function record(side: "snov" | "hubspot", values: Record<string, Value>, inScope: boolean): ObservedRecord {
  const fields = Object.fromEntries(Object.entries(values).map(([id, value]) => [`${side}_${id}`, value]));
  return { id: `${side}-1`, fields, inScope };
}

/** Of Ana both sides have agreed on this; beside her address two fields are mapped, and HubSpot gets a constant. */
export const base = { email, title: "CEO", city: "Rio" };
export const planner = settings({
  mappings: [emailMapping, mapping("title"), mapping("city")],
  constants: { snov: null, hubspot: { field: "hubspot_source", type: "text", value: "from Snov.io" } },
});
