import { planRecord } from "@/sync/plan";
import type { PlannerSettings } from "@/sync/planner-settings";
import type {
  CreatePlan,
  ExtraKind,
  PairPlan,
  PlanInput,
  RecordPlan,
  UnconfirmedWrites,
} from "@/sync/record-plan";
import { type Both, type Side, sides } from "@/sync/side";
import type { Value } from "@/sync/value";
import type { RecordCase } from "./case";

// What the world looks like after a plan was carried out: the part of the services, in memory.

/** Later than every time a case knows. */
const now = 1_000;
/** A choice is carried out, or shown to have come too late, once. */
const nothingResolved = { resolutions: {}, removalResolution: null };
const nothingSent: UnconfirmedWrites = { values: {}, removal: false };

export function planOf({ settings }: RecordCase, input: PlanInput): RecordPlan {
  return planRecord(settings, input);
}

/** True where a plan changes no record. */
export function isQuiet(plan: RecordPlan): boolean {
  if (plan.kind === "pair") return sides.every((side) => Object.keys(plan.writes[side]).length === 0);
  return plan.kind === "gone" || plan.kind === "excluded" || plan.kind === "disputed";
}

/** The records as the plan leaves them, and what is remembered of it. */
export function applied(given: RecordCase, input: PlanInput, plan: RecordPlan): PlanInput {
  return remembered(given.settings, delivered(given, input, plan), plan);
}

/** The plan has reached the records; nothing is remembered yet. */
export function delivered(given: RecordCase, input: PlanInput, plan: RecordPlan): PlanInput {
  const { records, absences } = input;
  switch (plan.kind) {
    case "gone":
    case "excluded":
    case "disputed":
      return input;
    case "pair":
      return {
        ...input,
        records: {
          snov: records.snov && written(records.snov, plan.writes.snov),
          hubspot: records.hubspot && written(records.hubspot, plan.writes.hubspot),
        },
      };
    case "create": {
      const fields: Record<string, Value> = {};
      for (const mapping of given.settings.mappings) fields[mapping.fields[plan.on]] = null;
      const created = {
        id: `${plan.on}-new`,
        fields: { ...fields, ...plan.fields },
        inScope: given.createdInScope,
        changedAt: {},
      };
      return {
        ...input,
        records: { ...records, [plan.on]: created },
        absences: { ...absences, [plan.on]: null },
      };
    }
    case "restore":
      return {
        ...input,
        records: { ...records, [plan.on]: given.binned[plan.on] },
        absences: { ...absences, [plan.on]: null },
      };
    case "remove":
      return {
        ...input,
        records: { ...records, [plan.on]: null },
        absences: { ...absences, [plan.on]: "archived" },
      };
    case "erase":
      return {
        ...input,
        records: { ...records, [plan.on]: null },
        absences: { ...absences, [plan.on]: "privacy_deleted" },
      };
  }
}

/** What is remembered of a plan that was delivered. */
function remembered(settings: PlannerSettings, input: PlanInput, plan: RecordPlan): PlanInput {
  const link = input.link;
  if (plan.kind === "pair") {
    const owed = refusedExtras(settings, plan);
    return {
      ...input,
      link: {
        base: plan.base,
        firstSynced: firstSynced(input, plan, owed),
        owed,
        inScope: scopes(input),
        bothRemoved: false,
        declined: plan.declined,
        refused: plan.refused,
      },
      unconfirmed: { snov: nothingSent, hubspot: nothingSent },
      openConflicts: openConflicts(plan),
      ...nothingResolved,
    };
  }
  if (plan.kind === "create") {
    const owed = refusedExtras(settings, plan);
    const isGiven = (side: Side) => plan.on === side && !owed[side].includes("status");
    return {
      ...input,
      link: {
        base: plan.base,
        firstSynced: { snov: isGiven("snov"), hubspot: isGiven("hubspot") },
        owed,
        inScope: scopes(input),
        bothRemoved: false,
        declined: { removal: false, values: {} },
        refused: plan.refused,
      },
      unconfirmed: { snov: nothingSent, hubspot: nothingSent },
      openConflicts: {},
      ...nothingResolved,
    };
  }
  if (plan.kind === "remove" && link) return { ...input, link: { ...link, bothRemoved: true } };
  return input;
}

/** An answer that came too late, or was stopped, may be in time again once the ordinary rules have written. */
export function inTime(input: PlanInput, plan: RecordPlan): PlanInput {
  const resolved = plan.kind === "pair" ? plan.resolved : {};
  const kept = Object.entries(input.resolutions).filter(([id]) =>
    ["applied", "undone"].includes(resolved[id]?.outcome ?? "applied"),
  );
  return { ...input, resolutions: Object.fromEntries(kept) };
}

/** What is noted before a plan is delivered, so that a crash cannot take its writes for a person's. */
export function noted({ settings }: RecordCase, input: PlanInput, plan: RecordPlan): PlanInput {
  const { unconfirmed } = input;
  if (plan.kind === "remove")
    return {
      ...input,
      unconfirmed: { ...unconfirmed, [plan.on]: { ...unconfirmed[plan.on], removal: true } },
    };
  if (plan.kind !== "pair") return input;
  const sent = (side: Side): UnconfirmedWrites => {
    const values = { ...unconfirmed[side].values };
    for (const { id, fields } of settings.mappings)
      if (Object.hasOwn(plan.writes[side], fields[side]) && plan.resolved[id]?.outcome !== "undone")
        values[id] = [...(values[id] ?? []), plan.base[id] ?? null];
    return { ...unconfirmed[side], values };
  };
  return { ...input, unconfirmed: { snov: sent("snov"), hubspot: sent("hubspot") } };
}

/** What a look into the sides' histories adds to that: the plan's writes were taken, whatever became of them since. */
export function arrivedThere({ settings }: RecordCase, input: PlanInput, plan: RecordPlan): PlanInput {
  if (plan.kind !== "pair") return input;
  const known = (side: Side): UnconfirmedWrites => {
    const arrived = { ...input.unconfirmed[side].arrived };
    for (const { id, fields } of settings.mappings) {
      // Of two that arrived, the later one is what both sides agreed on.
      if (sides.some((one) => Object.hasOwn(plan.writes[one], fields[one]))) delete arrived[id];
      if (Object.hasOwn(plan.writes[side], fields[side]) && plan.resolved[id]?.outcome !== "undone")
        arrived[id] = plan.base[id] ?? null;
    }
    return { ...input.unconfirmed[side], arrived };
  };
  return { ...input, unconfirmed: { snov: known("snov"), hubspot: known("hubspot") } };
}

/**
 * Plans and applies until nothing is left to do, and once more, for what nobody had agreed on yet; null where that
 * takes more rounds than allowed.
 */
export function settled(
  given: RecordCase,
  input: PlanInput,
  rounds: number,
): { input: PlanInput; plan: RecordPlan } | null {
  let state = input;
  for (let round = 0; round <= rounds; round += 1) {
    const plan = planOf(given, state);
    state = applied(given, state, plan);
    if (!isQuiet(plan)) continue;
    const last = planOf(given, state);
    return isQuiet(last) ? { input: applied(given, state, last), plan: last } : null;
  }
  return null;
}

function written(record: NonNullable<PlanInput["records"]["snov"]>, writes: Record<string, Value>) {
  if (Object.keys(writes).length === 0) return record;
  const changedAt = { ...record.changedAt };
  for (const field of Object.keys(writes)) changedAt[field] = now;
  return { ...record, fields: { ...record.fields, ...writes }, changedAt };
}

function firstSynced({ link }: PlanInput, plan: PairPlan, owed: Both<ExtraKind[]>): Both<boolean> {
  const reached = (side: Side) =>
    link?.firstSynced[side] === true ||
    (Object.keys(plan.writes[side]).length > 0 && !owed[side].includes("status"));
  return { snov: reached("snov"), hubspot: reached("hubspot") };
}

/** What was refused just now, or before, is owed. */
function refusedExtras(
  { constants, firstStatus }: PlannerSettings,
  { refused }: PairPlan | CreatePlan,
): Both<ExtraKind[]> {
  const of = (side: Side) => {
    const fields = { constant: constants[side]?.field, status: firstStatus[side]?.field };
    const isRefused = (kind: ExtraKind) => refused[`ridden:${fields[kind]}`]?.on === side;
    return (["constant", "status"] as const).filter(isRefused);
  };
  return { snov: of("snov"), hubspot: of("hubspot") };
}

function scopes({ records }: PlanInput): Both<boolean> {
  return { snov: records.snov?.inScope ?? true, hubspot: records.hubspot?.inScope ?? true };
}

function openConflicts(plan: PairPlan): Record<string, Both<Value>> {
  const open: Record<string, Both<Value>> = {};
  for (const conflict of plan.conflicts)
    if (conflict.kind === "value") open[conflict.mappingId] = conflict.values;
  return open;
}
