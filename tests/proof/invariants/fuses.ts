import fc from "fast-check";
import { addHarm, blownFuse, type FuseSettings, type Harm, noHarm } from "@/sync/fuses";
import type { PlannerMapping } from "@/sync/planner-settings";
import type { PairPlan } from "@/sync/record-plan";
import type { Side } from "@/sync/side";
import { type Turns, turnsAfter } from "@/sync/turns";
import type { Invariant } from "../cases/case";
import { pairPlan } from "../cases/pair-plan";

/** Pages that come one after the other, `after` milliseconds each, and the writes of one field over time. */
export type Pages = {
  settings: FuseSettings;
  pages: { harm: Harm; turns: number; after: number }[];
  writes: { to: Side | null; after: number }[];
};

const msPerMinute = 60_000;

const harms = fc.record(
  { removals: fc.nat(4), blankings: fc.nat(4), overwrites: fc.nat(4) },
  { noNullPrototype: true },
);

export const fusePages: fc.Arbitrary<Pages> = fc
  .tuple(
    harms,
    fc.nat(3),
    fc.array(fc.tuple(harms, fc.nat(5), fc.nat(2 * msPerMinute)), { maxLength: 6 }),
    fc.array(fc.tuple(fc.nat(2), fc.nat(9)), { maxLength: 8 }),
  )
  .map(([limits, bounces, pages, writes]) => ({
    settings: { ...limits, bounces, windowMinutes: 1 + (bounces % 3) },
    pages: pages.map(([harm, turns, after]) => ({ harm, turns, after })),
    writes: writes.map(([to, after]) => ({ to: ([null, "snov", "hubspot"] as const)[to] ?? null, after })),
  }));

const limits: Invariant<Pages> = {
  name: "fuse",
  says: "A page that would go over a limit always blows its fuse, one that keeps within them never does, and wherever the window slides no more is done in it.",
  check({ settings, pages }) {
    const kinds = ["removals", "blankings", "overwrites"] as const;
    const windowMs = settings.windowMinutes * msPerMinute;
    const done: { at: number; harm: Harm }[] = [];
    const sumFrom = (since: (at: number) => boolean) =>
      done.filter(({ at }) => since(at)).reduce((sum, { harm }) => addHarm(sum, harm), noHarm);
    let now = 0;
    for (const page of pages) {
      now += page.after;
      // Counted by whole minutes, the one in which the window begins among them.
      const first = Math.floor((now - windowMs) / msPerMinute) * msPerMinute;
      const before = sumFrom((at) => at >= first);
      const blown = blownFuse(settings, before, page);
      const over = kinds.filter(
        (kind) => page.harm[kind] > 0 && before[kind] + page.harm[kind] > settings[kind],
      );
      const expected = over[0] ?? (page.turns > settings.bounces ? "bounces" : undefined);
      if (blown?.kind !== expected) return `${blown?.kind} blows instead of ${expected}`;
      if (blown && blown.before + blown.planned <= blown.limit) return "its figures are within the limit";
      if (!blown) done.push({ at: now, harm: page.harm });
      const within = sumFrom((at) => at > now - windowMs);
      for (const kind of kinds)
        if (within[kind] > settings[kind]) return `${within[kind]} ${kind} were written within one window`;
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
