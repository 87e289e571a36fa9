// Whatever becomes of one field, the questions about others, and what is told of them, stay as they were.
import { describe, expect, it } from "vitest";
import { declineHarm } from "@/sync/decline";
import type { PlanInput } from "@/sync/record-plan";
import { withoutRefused, withoutWritesTo } from "@/sync/refused";
import type { FieldResolution } from "@/sync/resolution";
import {
  contact,
  email,
  emailMapping,
  input,
  mapping,
  planOfPair,
  prospect,
  settings,
} from "./planner-fixtures";

const planner = settings({
  mappings: [
    emailMapping,
    mapping("title"),
    mapping("city", { policy: "snov_wins" }),
    mapping("zip"),
    mapping("phone"),
  ],
});
const agreed = { email, title: "CEO", city: "Rio", zip: "1", phone: "11" };
/** Of the title something is decided, the city goes by a rule, of the zip somebody is asked. */
const apart = (resolutions: PlanInput["resolutions"], titles = { snov: "CTO", hubspot: "CFO" }) =>
  input({
    base: agreed,
    snov: prospect({ ...agreed, title: titles.snov, city: "Olinda", zip: "2" }),
    hubspot: contact({ ...agreed, title: titles.hubspot, city: "Natal", zip: "3" }),
    resolutions,
  });
const seen = { snov: "CTO", hubspot: "CFO" };
const askedOf = (plan: { conflicts: { mappingId: string }[] }) =>
  plan.conflicts.map(({ mappingId }) => mappingId).sort();

describe("a question about another field (Verifies: R-62, R-76)", () => {
  it("stays open where harm is discarded, and what was moved in the discarded field is told no more", () => {
    const given = apart(
      {
        title: { choice: { kind: "take", side: "snov" }, seen: { snov: "VP", hubspot: "CFO" } },
        zip: { choice: { kind: "take", side: "snov" }, seen: { snov: "9", hubspot: "3" } },
      },
      { snov: "CTO", hubspot: "CEO" },
    );
    const plan = planOfPair(planner, given);
    expect(plan.writes.hubspot).toHaveProperty("hubspot_title", "CTO");
    expect(Object.keys(plan.resolved).sort()).toEqual(["title", "zip"]);
    const left = declineHarm(plan, { kind: "overwrites" }, planner.mappings, given).plan;
    if (left.kind !== "pair") throw new Error("no pair");
    expect(left.writes).toEqual({ snov: {}, hubspot: {} });
    expect(askedOf(left)).toEqual(["zip"]);
    expect(Object.keys(left.resolved)).toEqual(["zip"]);
    expect(left.base).toEqual(agreed);
  });

  const typed: FieldResolution = { choice: { kind: "value", value: "COO" }, seen };
  const takenBack: FieldResolution = { ...typed, undo: { base: "CEO" } };
  const refusals = [{ field: "hubspot_title", message: "too long" }];

  it("stays open where a choice is refused, whose own question comes back as it was", () => {
    const plan = planOfPair(planner, apart({ title: typed }));
    for (const left of [
      withoutRefused(plan, "hubspot", refusals, planner.mappings),
      withoutWritesTo("hubspot", plan, planner.mappings, "too long"),
    ]) {
      expect(askedOf(left)).toEqual(["title", "zip"]);
      expect(left.conflicts.find(({ mappingId }) => mappingId === "title")).toEqual({
        kind: "value",
        mappingId: "title",
        base: "CEO",
        values: seen,
      });
      expect(left.resolved.title).toMatchObject({
        outcome: "stopped",
        reason: "refused",
        message: "too long",
      });
      expect(left.writes.snov).toEqual({});
    }
    expect(
      withoutRefused(plan, "hubspot", refusals, planner.mappings).replaced.map(({ mappingId }) => mappingId),
    ).toEqual(["city"]);
  });

  it("stays open where a choice cannot be taken back, which is asked about no more", () => {
    const plan = planOfPair(planner, apart({ title: takenBack }, { snov: "COO", hubspot: "COO" }));
    expect(askedOf(plan)).toEqual(["title", "zip"]);
    expect(plan.replaced.map(({ mappingId }) => mappingId).sort()).toEqual(["city", "title", "title"]);
    const left = withoutRefused(plan, "hubspot", refusals, planner.mappings);
    expect(askedOf(left)).toEqual(["zip"]);
    expect(left.replaced.map(({ mappingId }) => mappingId)).toEqual(["city"]);
    expect(left.writes).toEqual({ snov: {}, hubspot: { hubspot_city: "Olinda" } });
    expect(left.resolved.title).toMatchObject({ outcome: "stopped", reason: "refused" });
  });

  it("stays open where nobody told why a choice was refused", () => {
    const left = withoutWritesTo("hubspot", planOfPair(planner, apart({ title: typed })), planner.mappings);
    expect(left.resolved.title).not.toHaveProperty("message");
    expect(askedOf(left)).toEqual(["title", "zip"]);
  });
});
