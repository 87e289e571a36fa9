import { describe, expect, it } from "vitest";
import { harmOf } from "@/sync/fuses";
import { policyOutcomes } from "@/sync/policy-outcomes";
import type { PlanInput } from "@/sync/record-plan";
import { withoutRefused, withoutWritesTo } from "@/sync/refused";
import type { FieldChoice, FieldResolution } from "@/sync/resolution";
import { mapping, nothingWritten, planOfPair, settings, titles, withMapping } from "./planner-fixtures";

const seen = { snov: "CTO", hubspot: "CFO" };

function decided(choice: FieldChoice, rest: Partial<FieldResolution> = {}): PlanInput {
  return titles("CTO", "CFO", "CEO", { resolutions: { title: { choice, seen, ...rest } } });
}

describe("a choice about a field that both sides changed (Verifies: R-62, R-63)", () => {
  it("A typed value is written to both sides or to none", () => {
    const typed = decided({ kind: "value", value: "COO" });
    expect(planOfPair(settings(), typed)).toMatchObject({
      writes: { snov: { snov_title: "COO" }, hubspot: { hubspot_title: "COO" } },
      base: { title: "COO" },
      conflicts: [],
      resolved: { title: { outcome: "applied" } },
    });
    const outside = { ...typed, records: { ...typed.records } };
    if (outside.records.snov) outside.records.snov = { ...outside.records.snov, inScope: false };
    expect(planOfPair(settings(), outside)).toMatchObject({
      writes: nothingWritten,
      conflicts: [{ mappingId: "title" }],
      resolved: { title: { outcome: "stopped", reason: "out_of_scope" } },
    });
  });

  it("A choice goes before a policy that was made after it", () => {
    const planner = withMapping("title", { policy: "hubspot_wins" });
    expect(planOfPair(planner, decided({ kind: "take", side: "snov" })).writes.hubspot).toEqual({
      hubspot_title: "CTO",
    });
  });

  it("A choice about other values is told as moved, and the field goes by the ordinary rules", () => {
    const moved = decided({ kind: "take", side: "snov" }, { seen: { snov: "CTO", hubspot: "COO" } });
    expect(planOfPair(settings(), moved)).toMatchObject({
      writes: nothingWritten,
      conflicts: [{ mappingId: "title", values: seen }],
      resolved: { title: { outcome: "moved" } },
    });
  });

  it("Values that say the same in another form have not moved", () => {
    const same = decided({ kind: "take", side: "snov" }, { seen: { snov: " CTO", hubspot: "CFO " } });
    expect(planOfPair(settings(), same).writes.hubspot).toEqual({ hubspot_title: "CTO" });
  });

  it("What one side refuses is carried out on neither, and its question stays open", () => {
    const plan = planOfPair(settings(), decided({ kind: "value", value: "COO" }));
    const refusals = [{ field: "hubspot_title", message: "too short" }];
    const { mappings } = settings();
    for (const left of [
      withoutRefused(plan, "hubspot", refusals, mappings),
      withoutWritesTo("hubspot", plan, mappings),
    ])
      expect(left).toMatchObject({
        writes: nothingWritten,
        replaced: [],
        base: { title: "CEO" },
        conflicts: [{ kind: "value", mappingId: "title", values: seen }],
        resolved: { title: { outcome: "stopped", reason: "refused" } },
      });
  });

  it("What a person chose is no harm that a fuse counts", () => {
    const given = decided({ kind: "take", side: "snov" });
    const values = { snov: given.records.snov?.fields, hubspot: given.records.hubspot?.fields };
    expect(harmOf(planOfPair(settings(), given), values).overwrites).toBe(0);
    const ruled = planOfPair(withMapping("title", { policy: "snov_wins" }), titles("CTO", "CFO", "CEO"));
    expect(harmOf(ruled, values).overwrites).toBe(1);
  });
});

describe("a choice that is taken back (Verifies: R-62)", () => {
  const back = (snov: string, hubspot: string) =>
    titles(snov, hubspot, "COO", {
      resolutions: { title: { choice: { kind: "value", value: "COO" }, seen, undo: { base: "CEO" } } },
    });

  it("Both sides get back what was seen, and the question is open again", () => {
    expect(planOfPair(settings(), back("COO", "COO"))).toMatchObject({
      writes: { snov: { snov_title: "CTO" }, hubspot: { hubspot_title: "CFO" } },
      base: { title: "CEO" },
      conflicts: [{ kind: "value", base: "CEO", values: seen }],
      resolved: { title: { outcome: "undone" } },
    });
  });

  it("It goes on where it was cut off", () => {
    expect(planOfPair(settings(), back("COO", "CFO")).writes).toEqual({
      snov: { snov_title: "CTO" },
      hubspot: {},
    });
  });

  it("The choice stands where a side has changed since, and where a rule would settle it again at once", () => {
    expect(planOfPair(settings(), back("COO", "Later")).resolved.title?.outcome).toBe("moved");
    expect(planOfPair(withMapping("title", { policy: "snov_wins" }), back("COO", "COO"))).toMatchObject({
      writes: nothingWritten,
      resolved: { title: { outcome: "stopped", reason: "rule" } },
    });
  });
});

describe("what policies would do (Verifies: R-62)", () => {
  it("Each policy is tried on the two values, with the times that are known", () => {
    const changedAt = { snov: 1, hubspot: 2 };
    expect(policyOutcomes(mapping("title"), { base: "CEO", values: seen, changedAt })).toMatchObject({
      ask: { kind: "conflict" },
      most_recent: { kind: "write", to: "snov", value: "CFO" },
      snov_wins: { kind: "write", to: "hubspot", value: "CTO" },
      hubspot_wins: { kind: "write", to: "snov", value: "CFO" },
    });
  });
});
