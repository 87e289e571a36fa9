// A proof over cases that never get anywhere says nothing: here is what the draw has to reach, and how often.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ExclusionReason, HeldReason, ReplacedValue, ResolvedField } from "@/sync/record-plan";
import type { StopReason } from "@/sync/resolution";
import { sides } from "@/sync/side";
import type { Subject } from "./cases/case";
import { wholeCase } from "./invariants";

const kinds = ["gone", "disputed", "remove", "erase", "restore", "create", "pair"];
/** Whom a person keeps apart no plan is made for. */
const excluded: Record<Exclude<ExclusionReason, "kept_apart">, true> = {
  no_email: true,
  out_of_scope: true,
  direction: true,
  erased: true,
  removed_in_snov: true,
  removed_in_hubspot: true,
  undone: true,
};
/** What a transfer leaves to the ordinary line is no plan of that. */
const held: Record<Exclude<HeldReason, "on_its_way">, true> = {
  choice_not_mapped: true,
  email_removed: true,
  cannot_clear: true,
  field_missing: true,
  refused: true,
  out_of_scope: true,
  discarded: true,
  undone: true,
  other_way: true,
};
/** That a side refuses a choice shows only once it was sent. */
const stopped: Record<Exclude<StopReason, "refused">, true> = {
  choice_not_mapped: true,
  email_removed: true,
  cannot_clear: true,
  out_of_scope: true,
  address_taken: true,
  one_way: true,
  rule: true,
};
const outcomes: Record<ResolvedField["outcome"], true> = {
  applied: true,
  undone: true,
  moved: true,
  stopped: true,
};
const replaced: Record<ReplacedValue["why"], true> = { policy: true, source: true, resolution: true };
const ends = [
  ...kinds,
  ...named("excluded", excluded),
  ...named("held", held),
  ...named("choice", outcomes),
  ...named("choice stopped", stopped),
  ...named("replaced", replaced),
  "conflict value",
  "conflict same_address",
  "declined",
  "write to snov",
  "write to hubspot",
  "settled twice",
  "removed as chosen",
  "brought back as chosen",
  "asked for anew",
];

describe("the drawn cases", () => {
  it("reach every kind of plan and every way in which a field can end", () => {
    const seen = new Map<string, number>();
    for (const { record } of fc.sample(wholeCase, { numRuns: 10_000, seed: 1 }))
      for (const end of endsOf(record())) seen.set(end, (seen.get(end) ?? 0) + 1);
    expect(ends.filter((end) => (seen.get(end) ?? 0) < 20)).toEqual([]);
  });
});

function named(what: string, all: Record<string, true>): string[] {
  return Object.keys(all).map((one) => `${what} ${one}`);
}

function endsOf({ given: { settings, input }, plan }: Subject): string[] {
  if (plan.kind === "excluded") return [`excluded ${plan.reason}`];
  if (plan.kind === "remove" && plan.chosen) return [plan.kind, "removed as chosen"];
  const isBrought = plan.kind === "restore" || (plan.kind === "create" && input.link !== null);
  if (isBrought && !input.link?.bothRemoved && input.removalResolution)
    return [plan.kind, "brought back as chosen"];
  if (plan.kind !== "pair") return [plan.kind];
  return [
    plan.kind,
    ...plan.held.map(({ reason }) => `held ${reason}`),
    ...plan.conflicts.map(({ kind }) => `conflict ${kind}`),
    ...plan.replaced.map(({ why }) => `replaced ${why}`),
    ...Object.values(plan.resolved).flatMap(({ outcome, reason }) =>
      reason ? [`choice ${outcome}`, `choice stopped ${reason}`] : [`choice ${outcome}`],
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
