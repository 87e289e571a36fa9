import fc from "fast-check";
import { addHarm, blownFuse, type FuseSettings, type Harm, noHarm } from "@/sync/fuses";
import type { PlannerMapping } from "@/sync/planner-settings";
import type { PairPlan } from "@/sync/record-plan";
import type { Side } from "@/sync/side";
import { type Turns, turnsAfter } from "@/sync/turns";
import type { Invariant } from "../cases/case";
import { pairPlan } from "../cases/pair-plan";

/** Pages that come one after the other within one window, and the writes of one field over time. */
export type Pages = {
  settings: FuseSettings;
  pages: { harm: Harm; turns: number }[];
  writes: { to: Side | null; after: number }[];
};

const harms = fc.record(
  { removals: fc.nat(4), blankings: fc.nat(4), overwrites: fc.nat(4) },
  { noNullPrototype: true },
);

export const fusePages: fc.Arbitrary<Pages> = fc
  .tuple(
    harms,
    fc.nat(3),
    fc.array(fc.tuple(harms, fc.nat(5)), { maxLength: 4 }),
    fc.array(fc.tuple(fc.nat(2), fc.nat(9)), { maxLength: 8 }),
  )
  .map(([limits, bounces, pages, writes]) => ({
    settings: { ...limits, bounces, windowMinutes: 60 },
    pages: pages.map(([harm, turns]) => ({ harm, turns })),
    writes: writes.map(([to, after]) => ({ to: ([null, "snov", "hubspot"] as const)[to] ?? null, after })),
  }));

const limits: Invariant<Pages> = {
  name: "fuse",
  says: "A page that would go over a limit always blows its fuse, and one that keeps within them never does.",
  check({ settings, pages }) {
    let before = noHarm;
    for (const page of pages) {
      const blown = blownFuse(settings, before, page);
      const over = (["removals", "blankings", "overwrites"] as const).filter(
        (kind) => page.harm[kind] > 0 && before[kind] + page.harm[kind] > settings[kind],
      );
      const expected = over[0] ?? (page.turns > settings.bounces ? "bounces" : undefined);
      if (blown?.kind !== expected) return `${blown?.kind} blows instead of ${expected}`;
      if (blown && blown.before + blown.planned <= blown.limit) return "its figures are within the limit";
      if (!blown) before = addHarm(before, page.harm);
      for (const kind of ["removals", "blankings", "overwrites"] as const)
        if (before[kind] > settings[kind]) return `${before[kind]} ${kind} were written within one window`;
    }
    return null;
  },
};

const windowMs = 20;

const turning: Invariant<Pages> = {
  name: "turns",
  says: "A field that is written in turn here and there is counted, edits towards one side count once, and a turn counts within the window before now.",
  check({ writes }) {
    let turns: Turns = {};
    let now = 0;
    let expected: { to: Side; at: number }[] = [];
    for (const { to, after } of writes) {
      now += after;
      turns = turnsAfter(turns, planWriting(to), [field], now, windowMs);
      expected = expected.filter(({ at }) => at > now - windowMs);
      if (to !== null && expected.at(-1)?.to !== to) expected.push({ to, at: now });
      const counted = turns[field.id]?.at.length ?? 0;
      if (counted !== expected.length) return `counts ${counted} instead of ${expected.length}`;
    }
    return null;
  },
};

const field: PlannerMapping = {
  id: "field",
  type: "text",
  fields: { snov: "s_field", hubspot: "h_field" },
  writable: { snov: true, hubspot: true },
  policy: "ask",
  identity: false,
  stopped: false,
  choices: { snov: null, hubspot: null },
};

function planWriting(to: Side | null): PairPlan {
  return pairPlan(to === null ? {} : { [to]: { [field.fields[to]]: "x" } });
}

export const fuseInvariants: Invariant<Pages>[] = [limits, turning];
