import { describe, expect, it } from "vitest";
import { withoutEdits } from "@/sync/decline";
import { type Both, sides } from "@/sync/side";
import type { Value } from "@/sync/value";
import { base, contact, input, planner, planOfPair, prospect } from "./planner-fixtures";

const { title: _, ...untitled } = base;

/** The title was never agreed on, and the city of HubSpot was edited. */
const given = input({
  base: untitled,
  snov: prospect({ ...base, title: "CEO" }),
  hubspot: contact({ ...base, title: null, city: "Recife" }),
});
const plan = planOfPair(planner, given);
const everything = sides.flatMap((side) => Object.keys(plan.writes[side]).map((field) => ({ side, field })));

// Verifies: R-52
describe("a transfer's plan without the edits of what both sides had agreed on", () => {
  it("writes what they had never agreed on with what rides along, and leaves the edit to the ordinary line with the base as it was", () => {
    expect(plan.writes).toMatchObject({
      snov: { snov_city: "Recife" },
      hubspot: { hubspot_title: "CEO" },
    });
    expect(withoutEdits(plan, everything, planner.mappings, given)).toMatchObject({
      writes: { snov: {}, hubspot: plan.writes.hubspot },
      base: { city: base.city, title: "CEO" },
      held: [{ mappingId: "city", reason: "on_its_way", value: "" }],
      waiting: ["city"],
    });
  });

  it("is the same where none of its edits is named, or none is on that side", () => {
    for (const named of [[], [{ side: "hubspot" as const, field: "snov_city" }]])
      expect(withoutEdits(plan, named, planner.mappings, given)).toEqual(plan);
  });

  it("keeps what was discarded before, so that the ordinary line tells the edit from it", () => {
    const before: Both<Value> & { discarded: true } = { snov: "Rio", hubspot: "Natal", discarded: true };
    const since = input({
      base,
      snov: prospect(base),
      hubspot: contact({ ...base, city: "Recife" }),
      link: { declined: { removal: false, values: { city: before } } },
    });
    const edited = planOfPair(planner, since);
    expect(edited.declined.values).toEqual({});
    const writes = [{ side: "snov" as const, field: "snov_city" }];
    expect(withoutEdits(edited, writes, planner.mappings, since)).toMatchObject({
      writes: { snov: {} },
      declined: { values: { city: before } },
      waiting: ["city"],
    });
  });
});
