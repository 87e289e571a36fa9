import { describe, expect, it } from "vitest";
import { type FieldMerge, type MergeInput, mergeChosen, mergeField } from "@/sync/merge";
import { sameValue, type Value } from "@/sync/value";

const twoWay = { snov: true, hubspot: true };
const toHubspot = { snov: false, hubspot: true };
const toSnov = { snov: true, hubspot: false };
const nowhere = { snov: false, hubspot: false };

function merge(snov: Value, hubspot: Value, rest: Partial<MergeInput> = {}): FieldMerge {
  return mergeField({
    same: (a, b) => sameValue("text", a, b),
    base: undefined,
    values: { snov, hubspot },
    writable: twoWay,
    policy: "ask",
    changedAt: { snov: undefined, hubspot: undefined },
    ...rest,
  });
}

describe("a field that the sides agreed on before (Verifies: R-60, R-70)", () => {
  it("Values that say the same agree, whatever was agreed on before and whatever the direction", () => {
    expect(merge("CTO", " CTO", { base: "CEO" })).toEqual({ kind: "agreed" });
    expect(merge("CTO", "CTO")).toEqual({ kind: "agreed" });
    expect(merge("CTO", "CTO", { base: "CEO", writable: nowhere })).toEqual({ kind: "agreed" });
    expect(merge(null, "")).toEqual({ kind: "agreed" });
  });

  it("The side that did not change takes the other one's change", () => {
    expect(merge("CTO", "CEO", { base: "CEO" })).toEqual(written("hubspot", "CTO", "changed"));
    expect(merge("CEO", "CFO", { base: "CEO" })).toEqual(written("snov", "CFO", "changed"));
  });

  it("Emptying a field is a change like any other", () => {
    expect(merge(null, "CEO", { base: "CEO" })).toEqual(written("hubspot", null, "changed"));
    expect(merge("CEO", null, { base: "CEO" })).toEqual(written("snov", null, "changed"));
  });

  it("Filling a field that both sides had empty is a change like any other", () => {
    expect(merge("CTO", null, { base: null })).toEqual(written("hubspot", "CTO", "changed"));
    expect(merge(null, "CTO", { base: null })).toEqual(written("snov", "CTO", "changed"));
  });

  it("Two different changes are a conflict where the policy asks", () => {
    expect(merge("CTO", "CFO", { base: "CEO" })).toEqual({ kind: "conflict" });
    expect(merge(null, "CFO", { base: "CEO" })).toEqual({ kind: "conflict" });
  });

  it("Two different changes are settled by the policy where it names a winner", () => {
    expect(merge("CTO", "CFO", { base: "CEO", policy: "snov_wins" })).toEqual(
      written("hubspot", "CTO", "policy"),
    );
    expect(merge("CTO", "CFO", { base: "CEO", policy: "hubspot_wins" })).toEqual(
      written("snov", "CFO", "policy"),
    );
  });

  it("The policy goes by the times of the two changes", () => {
    const changedAt = { snov: 100, hubspot: 200 };
    expect(merge("CTO", "CFO", { base: "CEO", policy: "most_recent", changedAt })).toEqual(
      written("snov", "CFO", "policy"),
    );
  });
});

describe("a field that the sides never agreed on (Verifies: R-60, R-61)", () => {
  it.each(["ask", "most_recent", "snov_wins", "hubspot_wins"] as const)(
    "An empty value is filled and never empties the other one, also by the policy %s",
    (policy) => {
      expect(merge(null, "CEO", { policy })).toEqual(written("snov", "CEO", "filled"));
      expect(merge("CEO", " ", { policy })).toEqual(written("hubspot", "CEO", "filled"));
    },
  );

  it("Two different values are for the policy", () => {
    expect(merge("CTO", "CFO")).toEqual({ kind: "conflict" });
    expect(merge("CTO", "CFO", { policy: "snov_wins" })).toEqual(written("hubspot", "CTO", "policy"));
  });

  it("In a two-way field an open conflict stays open when somebody goes on editing", () => {
    const openConflict = { snov: "CEO", hubspot: "CFO" };
    expect(merge("CTO", "CFO", { openConflict })).toEqual({ kind: "conflict" });
  });
});

describe("a field that travels one way (Verifies: R-21, R-36, R-61)", () => {
  it("The receiver's own edit is not reflected back", () => {
    expect(merge("CEO", "CFO", { base: "CEO", writable: toHubspot })).toEqual({ kind: "left" });
    expect(merge("CTO", "CEO", { base: "CEO", writable: toSnov })).toEqual({ kind: "left" });
  });

  it("The source's next edit replaces the receiver's own, and nobody is asked", () => {
    expect(merge("CTO", "CFO", { base: "CEO", writable: toHubspot })).toEqual(
      written("hubspot", "CTO", "source"),
    );
    expect(merge("CTO", "CFO", { base: "CEO", writable: toSnov })).toEqual(written("snov", "CFO", "source"));
  });

  it("The source's edits arrive even where the policy prefers the receiver", () => {
    expect(merge("CTO", "CFO", { base: "CEO", writable: toHubspot, policy: "hubspot_wins" })).toEqual(
      written("hubspot", "CTO", "source"),
    );
  });

  it("A filled source fills an empty receiver", () => {
    expect(merge("CEO", null, { writable: toHubspot })).toEqual(written("hubspot", "CEO", "filled"));
    expect(merge(null, "CEO", { writable: toSnov })).toEqual(written("snov", "CEO", "filled"));
  });

  it("An empty source leaves the receiver's value, and counts as agreed from then on", () => {
    expect(merge(null, "CFO", { writable: toHubspot })).toEqual({ kind: "left", base: null });
    expect(merge("CTO", null, { writable: toSnov })).toEqual({ kind: "left", base: null });
  });

  it("A policy that prefers the receiver keeps its value and sends nothing back", () => {
    expect(merge("CTO", "CFO", { writable: toHubspot, policy: "hubspot_wins" })).toEqual({
      kind: "left",
      base: "CTO",
    });
    expect(merge("CTO", "CFO", { writable: toSnov, policy: "snov_wins" })).toEqual({
      kind: "left",
      base: "CFO",
    });
  });

  it("A policy that prefers the source replaces the receiver's value", () => {
    expect(merge("CTO", "CFO", { writable: toHubspot, policy: "snov_wins" })).toEqual(
      written("hubspot", "CTO", "policy"),
    );
  });

  it("A conflict found at first link is settled by the source's next edit", () => {
    const openConflict = { snov: "CEO", hubspot: "CFO" };
    expect(merge("CTO", "CFO", { writable: toHubspot, openConflict })).toEqual(
      written("hubspot", "CTO", "source"),
    );
    expect(merge("CEO", "COO", { writable: toSnov, openConflict })).toEqual(written("snov", "COO", "source"));
  });

  it("A conflict found at first link stays open while only the receiver is edited", () => {
    const openConflict = { snov: "CEO", hubspot: "CFO" };
    expect(merge("CEO", "COO", { writable: toHubspot, openConflict })).toEqual({ kind: "conflict" });
    expect(merge("CTO", "CFO", { writable: toSnov, openConflict })).toEqual({ kind: "conflict" });
    expect(merge("CEO", "CFO", { writable: toHubspot })).toEqual({ kind: "conflict" });
  });
});

describe("a field that may be written on neither side (Verifies: R-36)", () => {
  it("Its differences stay, and nobody is asked", () => {
    expect(merge("CTO", "CFO", { base: "CEO", writable: nowhere })).toEqual({ kind: "left" });
    expect(merge("CTO", "CFO", { writable: nowhere })).toEqual({ kind: "left" });
    expect(merge("CTO", null, { writable: nowhere })).toEqual({ kind: "left" });
  });
});

function written(to: "snov" | "hubspot", value: Value, why: string) {
  return { kind: "write", to, value, why };
}

describe("a person's choice (Verifies: R-62)", () => {
  const choose = (writable: MergeInput["writable"], value: Value) =>
    mergeChosen(
      { same: (a, b) => sameValue("text", a, b), values: { snov: "CTO", hubspot: "CFO" }, writable },
      { kind: "value", value },
    );

  it("A person's choice goes as far as the direction, and no further", () => {
    expect(choose(twoWay, "CTO")).toEqual({ kind: "settle", to: ["hubspot"], value: "CTO" });
    expect(choose(toHubspot, "CTO")).toEqual({ kind: "settle", to: ["hubspot"], value: "CTO" });
    expect(choose(toSnov, "CTO")).toEqual({ kind: "left", base: "CFO" });
    expect(choose(twoWay, "CEO")).toEqual({ kind: "settle", to: ["snov", "hubspot"], value: "CEO" });
    expect(choose(toSnov, "CEO")).toEqual({ kind: "one_way" });
    expect(choose(toHubspot, "CEO")).toEqual({ kind: "one_way" });
  });
});
