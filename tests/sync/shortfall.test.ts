import { expect, it } from "vitest";
import { planRecord } from "@/sync/plan";
import type { HeldField, HeldReason, PairPlan } from "@/sync/record-plan";
import { gravestShortfall } from "@/sync/shortfall";
import { email, input, planOfPair, prospect, settings, titles } from "./planner-fixtures";

const equal = planOfPair(settings(), titles("CEO", "CEO", "CEO"));
const disputed = planOfPair(settings(), titles("CTO", "CFO", "CEO"));
const held = (reason: HeldReason): HeldField => ({ mappingId: "title", reason, value: "" });
const holding = (plan: PairPlan, ...reasons: HeldReason[]) =>
  gravestShortfall({ ...plan, held: reasons.map(held) });

it("A conflict is told before a field that failed, and that before one that a person left", () => {
  expect(holding(disputed, "undone", "cannot_clear")).toEqual({
    kind: "conflict",
    conflict: disputed.conflicts[0],
  });
  expect(holding(equal, "undone", "cannot_clear")).toEqual({ kind: "failing", field: held("cannot_clear") });
  expect(holding(equal, "undone", "discarded")).toEqual({ kind: "left", field: held("undone") });
  expect(holding(equal)).toBeNull();
});

it.each(["out_of_scope", "discarded", "undone", "other_way"] as const)(
  "Nothing is wrong with a field that is %s",
  (why) => {
    expect(holding(equal, why)).toEqual({ kind: "left", field: held(why) });
  },
);

it("A record that is made may lack fields as well, and one that is not written lacks none", () => {
  const made = planRecord(settings(), input({ snov: prospect({ email }) }));
  expect(gravestShortfall(made)).toEqual({
    kind: "failing",
    field: { mappingId: "title", reason: "field_missing", value: "snov_title" },
  });
  expect(gravestShortfall({ kind: "look_again" })).toBeNull();
});
