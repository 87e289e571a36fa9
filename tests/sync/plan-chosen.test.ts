// What a person's choice about one field comes to where something stands in its way, or has been done already.
import { describe, expect, it } from "vitest";
import type { PlannerSettings } from "@/sync/planner-settings";
import type { PlanInput } from "@/sync/record-plan";
import type { FieldChoice, FieldResolution } from "@/sync/resolution";
import type { Value } from "@/sync/value";
import {
  contact,
  email,
  emailMapping,
  everything,
  input,
  nothingSent,
  nothingWritten,
  planOfPair,
  prospect,
  settings,
  titles,
  withMapping,
} from "./planner-fixtures";

const seen = { snov: "CTO", hubspot: "CFO" };
const both = { snov: true, hubspot: true };
const typed: FieldChoice = { kind: "value", value: "COO" };
const leave: FieldChoice = { kind: "leave" };

type Now = { snov?: Value; hubspot?: Value; base?: Value } & Partial<FieldResolution>;

function decided(choice: FieldChoice, { snov = "CTO", hubspot = "CFO", base, ...rest }: Now = {}): PlanInput {
  return titles(snov, hubspot, base === undefined ? "CEO" : base, {
    resolutions: { title: { choice, seen, ...rest } },
  });
}
const arrived = (given: PlanInput, title: string): PlanInput => ({
  ...given,
  unconfirmed: { ...given.unconfirmed, hubspot: { ...nothingSent, arrived: { title } } },
});

describe("a choice about a field (Verifies: R-62, R-63)", () => {
  it("is done where both sides have it already", () => {
    expect(planOfPair(settings(), decided(typed, { snov: "COO", hubspot: "COO" }))).toMatchObject({
      writes: nothingWritten,
      base: { title: "COO" },
      replaced: [],
      conflicts: [],
      resolved: { title: { outcome: "applied" } },
    });
  });

  it("is done also where neither side may be written, once both have it", () => {
    const planner = withMapping("title", { writable: { snov: false, hubspot: false } });
    const plan = planOfPair(planner, decided(typed, { snov: "COO", hubspot: "COO" }));
    expect(plan).toMatchObject({ base: { title: "COO" }, resolved: { title: { outcome: "applied" } } });
  });

  it("is not done where both sides have the same, and it is something else", () => {
    const same = { snov: "CTO", hubspot: "CTO" };
    expect(planOfPair(settings(), decided(typed, { ...same, seen: same }))).toMatchObject({
      writes: { snov: { snov_title: "COO" }, hubspot: { hubspot_title: "COO" } },
      base: { title: "COO" },
    });
  });

  it("to leave two values that say the same leaves nothing apart", () => {
    const same = { snov: "CTO", hubspot: "CTO" };
    const plan = planOfPair(settings(), decided(leave, { ...same, seen: same }));
    expect(plan).toMatchObject({ base: { title: "CTO" }, declined: { values: {} }, held: [] });
  });

  it("comes to nothing where neither side may be written", () => {
    const planner = withMapping("title", { writable: { snov: false, hubspot: false } });
    for (const choice of [typed, leave, { kind: "take", side: "snov" } as const])
      expect(planOfPair(planner, decided(choice))).toMatchObject({
        writes: nothingWritten,
        base: { title: "CEO" },
        declined: { values: {} },
        resolved: {},
      });
  });

  it.each([
    ["hubspot", "snov"],
    ["snov", "hubspot"],
  ] as const)(
    "for the value of %s, which only receives, counts from what the other side has",
    (receiver, source) => {
      const writable = { ...both, [source]: false };
      const plan = planOfPair(withMapping("title", { writable }), decided({ kind: "take", side: receiver }));
      expect(plan).toMatchObject({
        writes: nothingWritten,
        base: { title: seen[source] },
        conflicts: [],
        resolved: { title: { outcome: "applied" } },
      });
    },
  );

  it("of a typed value is stopped where the field travels one way", () => {
    const planner = withMapping("title", { writable: { snov: false, hubspot: true } });
    expect(planOfPair(planner, decided(typed))).toMatchObject({
      writes: { snov: {}, hubspot: { hubspot_title: "CTO" } },
      resolved: { title: { outcome: "stopped", reason: "one_way" } },
    });
  });

  it("counts from a write of ours that had arrived, also where both stay as they are", () => {
    const settled = planOfPair(settings(), arrived(decided(typed), "CFO"));
    expect(settled).toMatchObject({ base: { title: "COO" }, baseBefore: { title: "CFO" } });
    const left = planOfPair(settings(), arrived(decided(leave), "CFO"));
    expect(left).toMatchObject({
      base: { title: "CFO" },
      baseBefore: { title: "CFO" },
      declined: { values: { title: seen } },
      held: [{ mappingId: "title", reason: "discarded" }],
    });
    expect(planOfPair(settings(), decided(leave))).toMatchObject({
      base: { title: "CEO" },
      declined: { values: { title: seen } },
    });
  });

  it("says what kept it back: an address that is somebody else's, or a value that may not be emptied", () => {
    const stoppedBy = (planner: PlannerSettings, given: PlanInput, id: string) =>
      planOfPair(planner, given).resolved[id];
    const address = (value: string) =>
      input({
        base: { email },
        snov: prospect({ email: "new@example.com" }),
        hubspot: contact({ email: "other@example.com" }),
        resolutions: {
          email: {
            choice: { kind: "value", value },
            seen: { snov: "new@example.com", hubspot: "other@example.com" },
          },
        },
        addressOwners: { snov: {}, hubspot: { "taken@example.com": "hubspot-9" } },
      });
    const planner = settings({ mappings: [emailMapping] });
    expect(stoppedBy(planner, address("taken@example.com"), "email")).toMatchObject({
      outcome: "stopped",
      reason: "address_taken",
    });
    expect(stoppedBy(planner, address("free@example.com"), "email")).toMatchObject({ outcome: "applied" });
    const keeps = { ...everything, clear: false };
    const unable = settings({ capabilities: { snov: keeps, hubspot: keeps } });
    expect(stoppedBy(unable, decided({ kind: "value", value: null }), "title")).toMatchObject({
      outcome: "stopped",
      reason: "cannot_clear",
    });
  });

  it("tells what it replaced on each side, and asks what it was about", () => {
    const plan = planOfPair(settings(), decided(typed));
    expect(plan.replaced).toEqual([
      { mappingId: "title", on: "snov", value: "CTO", why: "resolution" },
      { mappingId: "title", on: "hubspot", value: "CFO", why: "resolution" },
    ]);
    expect(plan.resolved.title).toEqual({
      outcome: "applied",
      fields: { snov: "snov_title", hubspot: "hubspot_title" },
      question: { kind: "value", mappingId: "title", base: "CEO", values: seen },
    });
  });
});

describe("a choice that is taken back (Verifies: R-62)", () => {
  const back = (now: Now, undo: { base?: Value } = { base: "CEO" }) =>
    decided(typed, { snov: "COO", hubspot: "COO", base: "COO", undo, ...now });

  it("leaves a pair that had never agreed as it was: without a base", () => {
    const plan = planOfPair(settings(), back({}, {}));
    expect(plan.base).not.toHaveProperty("title");
    expect(plan.conflicts).toEqual([{ kind: "value", mappingId: "title", base: undefined, values: seen }]);
    expect(plan.resolved.title?.outcome).toBe("undone");
  });

  it("stands where a side that would get its value back may not be written", () => {
    const planner = withMapping("title", { writable: { snov: false, hubspot: true } });
    const plan = planOfPair(planner, back({}, {}));
    expect(plan.writes).toEqual(nothingWritten);
    expect(plan.resolved.title).toMatchObject({ outcome: "stopped", reason: "one_way" });
  });

  it("stands where the question would not be asked again: one side alone had changed, or a policy may settle it", () => {
    const stands = { writes: nothingWritten, resolved: { title: { outcome: "stopped", reason: "rule" } } };
    expect(planOfPair(settings(), back({}, { base: "CTO" }))).toMatchObject(stands);
    const recent = withMapping("title", { policy: "most_recent" });
    expect(planOfPair(recent, back({}))).toMatchObject(stands);
  });

  it.each(["snov", "hubspot"] as const)("stands where what %s had means nothing any more", (side) => {
    const choices = { snov: { CTO: "CTO", CFO: "CFO", COO: "COO" }, hubspot: null };
    const hubspotChoices = { CTO: "CTO", CFO: "CFO", COO: "COO" };
    const planner = withMapping("title", {
      type: "choice",
      choices: { ...choices, hubspot: hubspotChoices },
    });
    const plan = planOfPair(planner, back({ seen: { ...seen, [side]: "Boss" } }));
    expect(plan.writes).toEqual(nothingWritten);
    expect(plan.resolved.title).toMatchObject({ outcome: "stopped", reason: "choice_not_mapped" });
  });

  it("shows what each side has once all is put back", () => {
    const plan = planOfPair(settings(), back({ hubspot: "CFO" }));
    expect(plan.conflicts).toEqual([{ kind: "value", mappingId: "title", base: "CEO", values: seen }]);
    expect(plan.base.title).toBe("CEO");
  });
});
