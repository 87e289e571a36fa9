import { ownValue } from "./own-value";
import { isCarriedOut, type PairPlan, type RecordPlan } from "./record-plan";
import { type Both, type Side, sides } from "./side";
import { isEmpty, type Value } from "./value";

/**
 * Limits that stop an integration before harm is done. Decided over the page that is about to be written and
 * over what was written within a sliding window before it; nothing of a page that blows a fuse is written.
 */
export const fuseKinds = ["removals", "blankings", "overwrites", "bounces"] as const;
export type FuseKind = (typeof fuseKinds)[number];

export type FuseSettings = {
  windowMinutes: number;
  /** Records removed or erased within the window. */
  removals: number;
  /** Records of which a value was emptied. */
  blankings: number;
  /** Records of which a value was replaced. */
  overwrites: number;
  /** Times that one field of one record was written in turn on this side and on that. */
  bounces: number;
};

export const defaultFuses: FuseSettings = {
  windowMinutes: 60,
  removals: 50,
  blankings: 200,
  overwrites: 2000,
  bounces: 8,
};

/** What a person may choose. */
export const fuseBounds: Record<keyof FuseSettings, { min: number; max: number }> = {
  windowMinutes: { min: 5, max: 1440 },
  removals: { min: 1, max: 1_000_000 },
  blankings: { min: 1, max: 1_000_000 },
  overwrites: { min: 1, max: 1_000_000 },
  bounces: { min: 2, max: 100 },
};

/** Records that were, or would be, harmed in each way. */
export type Harm = Record<Exclude<FuseKind, "bounces">, number>;
export const noHarm: Harm = { removals: 0, blankings: 0, overwrites: 0 };

export type BlownFuse = {
  kind: FuseKind;
  /** Of this page, within the window before it, and how many are allowed. */
  planned: number;
  before: number;
  limit: number;
};

/** Null where the page may be written. The gravest fuse is named first. */
export function blownFuse(
  settings: FuseSettings,
  before: Harm,
  page: { harm: Harm; turns: number },
): BlownFuse | null {
  for (const kind of ["removals", "blankings", "overwrites"] as const) {
    const planned = page.harm[kind];
    if (planned > 0 && before[kind] + planned > settings[kind])
      return { kind, planned, before: before[kind], limit: settings[kind] };
  }
  return page.turns > settings.bounces
    ? { kind: "bounces", planned: page.turns, before: 0, limit: settings.bounces }
    : null;
}

export type PlannedWrite = { side: Side; field: string; before: Value; after: Value };

/** Everything that a plan writes, with what the records hold before. */
export function plannedWrites(
  plan: PairPlan,
  values: Both<Record<string, Value> | undefined>,
): PlannedWrite[] {
  return sides.flatMap((side) =>
    Object.entries(plan.writes[side]).map(([field, after]) => ({
      side,
      field,
      before: ownValue(values[side] ?? {}, field) ?? null,
      after,
    })),
  );
}

/** Whether a person has decided that this is written: no limit, and no question, is about it. */
export function isDecided(plan: PairPlan, { side, field }: Pick<PlannedWrite, "side" | "field">): boolean {
  return Object.entries(plan.resolved).some(
    ([id, { fields }]) => fields[side] === field && isCarriedOut(plan, id),
  );
}

/** A value of a record that a plan would empty or replace by another one, and no person has decided about. */
export type HarmfulWrite = PlannedWrite & { kind: "blankings" | "overwrites" };

export function harmfulWrites(
  plan: PairPlan,
  values: Both<Record<string, Value> | undefined>,
): HarmfulWrite[] {
  return plannedWrites(plan, values)
    .filter((write) => !isEmpty(write.before) && !isDecided(plan, write))
    .map((write) => ({ ...write, kind: isEmpty(write.after) ? "blankings" : "overwrites" }));
}

/** What one record's plan would take away; each way counts a record once. */
export function harmOf(plan: RecordPlan, values: Both<Record<string, Value> | undefined>): Harm {
  if (plan.kind === "remove" && plan.chosen) return noHarm;
  if (plan.kind === "remove" || plan.kind === "erase") return { ...noHarm, removals: 1 };
  if (plan.kind !== "pair") return noHarm;
  const kinds = new Set(harmfulWrites(plan, values).map(({ kind }) => kind));
  return {
    removals: 0,
    blankings: kinds.has("blankings") ? 1 : 0,
    overwrites: kinds.has("overwrites") ? 1 : 0,
  };
}

export function addHarm(a: Harm, b: Harm): Harm {
  return {
    removals: a.removals + b.removals,
    blankings: a.blankings + b.blankings,
    overwrites: a.overwrites + b.overwrites,
  };
}

export function lesserHarm(a: Harm, b: Harm): Harm {
  return {
    removals: Math.min(a.removals, b.removals),
    blankings: Math.min(a.blankings, b.blankings),
    overwrites: Math.min(a.overwrites, b.overwrites),
  };
}
