// A proof over cases that never get anywhere says nothing: here is what the draw has to reach, and how often.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RecordPlan } from "@/sync/record-plan";
import { sides } from "@/sync/side";
import { wholeCase } from "./invariants";

const kinds = ["gone", "disputed", "remove", "erase", "restore", "create", "pair"];
const reasons = ["no_email", "out_of_scope", "direction", "erased", "removed_in_snov", "removed_in_hubspot"];
const held = [
  "choice_not_mapped",
  "email_removed",
  "cannot_clear",
  "field_missing",
  "out_of_scope",
  "discarded",
  "refused",
];
const others = ["value", "same_address", "policy", "source", "declined", "write to snov", "write to hubspot"];

describe("the drawn cases", () => {
  it("reach every kind of plan and every way in which a field can end", { timeout: 60_000 }, () => {
    const seen = new Map<string, number>();
    for (const { record } of fc.sample(wholeCase, { numRuns: 10_000, seed: 1 }))
      for (const end of endsOf(record().plan)) seen.set(end, (seen.get(end) ?? 0) + 1);
    const rare = [...kinds, ...reasons, ...held, ...others].filter((end) => (seen.get(end) ?? 0) < 20);
    expect(rare).toEqual([]);
  });
});

function endsOf(plan: RecordPlan): string[] {
  if (plan.kind === "excluded") return [plan.reason];
  if (plan.kind !== "pair") return [plan.kind];
  return [
    plan.kind,
    ...plan.held.map(({ reason }) => reason),
    ...plan.conflicts.map(({ kind }) => kind),
    ...plan.replaced.map(({ why }) => why),
    ...Object.keys(plan.declined.values).map(() => "declined"),
    ...sides.filter((side) => Object.keys(plan.writes[side]).length).map((side) => `write to ${side}`),
  ];
}
