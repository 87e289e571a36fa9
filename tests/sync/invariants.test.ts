// Every combination of three values for base, prospect and contact, with every direction of field and sync
// type: small enough to try them all, large enough to hold the planner to its promises.
import { describe, expect, it } from "vitest";
import { directions, writableSides } from "@/sync/direction";
import { planRecord } from "@/sync/plan";
import type { PlanInput, RecordPlan } from "@/sync/record-plan";
import { sides } from "@/sync/side";
import type { Value } from "@/sync/value";
import { contact, emailMapping, freshLink, input, mapping, prospect, settings } from "./planner-fixtures";

const values: Value[] = [null, "a", "b"];
const bases: (Value | undefined)[] = [undefined, ...values];
const email = "ana@example.com";

type Case = {
  settings: ReturnType<typeof settings>;
  given: PlanInput;
  writable: ReturnType<typeof writableSides>;
  base: Value | undefined;
};

function* cases(): Generator<Case> {
  for (const syncType of directions)
    for (const field of directions) {
      const writable = writableSides(syncType, field);
      const planner = settings(
        {
          mappings: [
            { ...emailMapping, writable: writableSides(syncType, "both") },
            mapping("title", { writable }),
          ],
        },
        syncType,
      );
      for (const base of bases)
        for (const snov of values)
          for (const hubspot of values) {
            const agreed: Record<string, Value> = base === undefined ? { email } : { email, title: base };
            yield {
              settings: planner,
              writable,
              base,
              given: input({
                base: agreed,
                snov: prospect({ email, title: snov }),
                hubspot: contact({ email, title: hubspot }),
              }),
            };
          }
    }
}

function pairOf(plan: RecordPlan) {
  if (plan.kind !== "pair") throw new Error(`not a pair: ${plan.kind}`);
  return plan;
}

function applied(given: PlanInput, plan: ReturnType<typeof pairOf>): PlanInput {
  const next = structuredClone(given);
  for (const side of sides) Object.assign(next.records[side]?.fields ?? {}, plan.writes[side]);
  next.link = { ...freshLink, base: plan.base, firstSynced: { snov: true, hubspot: true } };
  return next;
}

describe("all 324 small cases of one field", () => {
  const all = [...cases()];

  it("are 324", () => expect(all).toHaveLength(3 * 3 * 4 * 3 * 3));

  it("plan nothing when planned again after applying the plan", () => {
    for (const { settings: planner, given } of all) {
      const again = pairOf(planRecord(planner, applied(given, pairOf(planRecord(planner, given)))));
      expect(again.writes).toEqual({ snov: {}, hubspot: {} });
    }
  });

  it("never write a side that the direction does not allow", () => {
    for (const { settings: planner, given, writable } of all) {
      const plan = pairOf(planRecord(planner, given));
      for (const side of sides) if (!writable[side]) expect(plan.writes[side]).toEqual({});
    }
  });

  it("never replace a value that only its own side has seen, unless the direction is one-way", () => {
    for (const { settings: planner, given, writable, base } of all) {
      if (writable.snov !== writable.hubspot) continue;
      const plan = pairOf(planRecord(planner, given));
      for (const side of sides) {
        const before = given.records[side]?.fields[`${side}_title`] ?? null;
        const written = Object.keys(plan.writes[side]).length > 0;
        if (written && before !== null) expect(before).toBe(base);
      }
    }
  });

  it("end with both sides equal, or a conflict, wherever both directions are open", () => {
    for (const { settings: planner, given, writable } of all) {
      if (!writable.snov || !writable.hubspot) continue;
      const plan = pairOf(planRecord(planner, given));
      const after = applied(given, plan);
      const equal = after.records.snov?.fields.snov_title === after.records.hubspot?.fields.hubspot_title;
      expect(equal || plan.conflicts.length === 1).toBe(true);
    }
  });

  it("plan the mirror image when the sides are mirrored", () => {
    for (const { given } of all) {
      const planner = settings();
      const there = pairOf(planRecord(planner, given));
      const mirrored = input({
        base: given.link?.base ?? {},
        snov: prospect({ email, title: given.records.hubspot?.fields.hubspot_title ?? null }),
        hubspot: contact({ email, title: given.records.snov?.fields.snov_title ?? null }),
      });
      const back = pairOf(planRecord(planner, mirrored));
      expect(back.writes.snov.snov_title).toEqual(there.writes.hubspot.hubspot_title);
      expect(back.writes.hubspot.hubspot_title).toEqual(there.writes.snov.snov_title);
      expect(back.conflicts.length).toBe(there.conflicts.length);
    }
  });
});
