// A proof over cases that never get anywhere says nothing: here is what the draw has to reach, and how often.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sides } from "@/sync/side";
import type { Subject } from "./cases/case";
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
const resolved = [
  "applied",
  "undone",
  "moved",
  "stopped",
  "one_way",
  "rule",
  "address_taken",
  "settled twice",
];
const answers = ["removed as chosen", "brought back as chosen"];
const others = [
  "value",
  "same_address",
  "policy",
  "source",
  "declined",
  "write to snov",
  "write to hubspot",
  "left as undone",
  "a value left as undone",
  "asked for anew",
];

describe("the drawn cases", () => {
  it("reach every kind of plan and every way in which a field can end", { timeout: 60_000 }, () => {
    const seen = new Map<string, number>();
    for (const { record } of fc.sample(wholeCase, { numRuns: 10_000, seed: 1 }))
      for (const end of endsOf(record())) seen.set(end, (seen.get(end) ?? 0) + 1);
    const rare = [...kinds, ...reasons, ...held, ...others, ...resolved, ...answers].filter(
      (end) => (seen.get(end) ?? 0) < 20,
    );
    expect(rare).toEqual([]);
  });
});

function endsOf({ given: { settings, input }, plan }: Subject): string[] {
  if (plan.kind === "excluded") return [plan.reason === "undone" ? "left as undone" : plan.reason];
  if (plan.kind === "remove" && plan.chosen) return [plan.kind, "removed as chosen"];
  const isBrought = plan.kind === "restore" || (plan.kind === "create" && input.link !== null);
  if (isBrought && !input.link?.bothRemoved && input.removalResolution)
    return [plan.kind, "brought back as chosen"];
  if (plan.kind !== "pair") return [plan.kind];
  return [
    plan.kind,
    ...plan.held.map(({ reason }) => (reason === "undone" ? "a value left as undone" : reason)),
    ...plan.conflicts.map(({ kind }) => kind),
    ...plan.replaced.map(({ why }) => why),
    ...Object.values(plan.resolved).flatMap(({ outcome, reason }) =>
      reason ? [outcome, reason] : [outcome],
    ),
    ...Object.values(plan.resolved).flatMap(({ fields }) =>
      sides.every((side) => Object.hasOwn(plan.writes[side], fields[side])) ? ["settled twice"] : [],
    ),
    ...Object.keys(plan.declined.values).map(() => "declined"),
    ...sides.filter((side) => Object.keys(plan.writes[side]).length).map((side) => `write to ${side}`),
    ...settings.mappings
      .filter(({ id, fields }) => {
        const isWritten = sides.some((side) => Object.hasOwn(plan.writes[side], fields[side]));
        return settings.takesUpUndone && input.link?.declined.values[id]?.undone && isWritten;
      })
      .map(() => "asked for anew"),
  ];
}
