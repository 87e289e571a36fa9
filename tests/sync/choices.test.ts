import { describe, expect, it } from "vitest";
import { choiceOf, fromShared, toShared } from "@/sync/choices";
import { mapping } from "./planner-fixtures";

const size = mapping("size", {
  type: "choices",
  choices: { snov: { s: "SMALL", l: "LARGE", xl: "LARGE" }, hubspot: null },
});

// Verifies: R-34
describe("choices of one side in the values of both", () => {
  it("leave the values of a side without a map as they are", () => {
    expect(toShared(size, "hubspot", "anything")).toEqual({ kind: "value", value: "anything" });
    expect(fromShared(size, "hubspot", "anything", null)).toEqual({ kind: "value", value: "anything" });
  });

  it("travel one by one, in their order", () => {
    expect(toShared(size, "snov", ["xl", "s"])).toEqual({ kind: "value", value: ["LARGE", "SMALL"] });
    expect(fromShared(size, "snov", ["SMALL", "LARGE"], null)).toEqual({ kind: "value", value: ["s", "l"] });
  });

  it("are empty on both sides alike, whatever form empty has", () => {
    for (const empty of [null, "", []]) {
      expect(toShared(size, "snov", empty)).toEqual({ kind: "value", value: null });
      expect(fromShared(size, "snov", empty, "s")).toEqual({ kind: "value", value: null });
    }
  });

  it("are all held back, naming the first that has no counterpart", () => {
    expect(toShared(size, "snov", ["s", "xxl", "m"])).toEqual({ kind: "unmapped", choice: "xxl" });
    expect(fromShared(size, "snov", "HUGE", null)).toEqual({ kind: "unmapped", choice: "HUGE" });
  });

  it("name the one without counterpart, whichever side it is on", () => {
    const [fine, stuck] = [toShared(size, "snov", "s"), toShared(size, "snov", "xxl")];
    expect(choiceOf(fine, stuck)).toBe("xxl");
    expect(choiceOf(stuck, fine)).toBe("xxl");
    expect(choiceOf(fine, fine)).toBe("");
  });

  it("become the own choice that is there already when it means the same, else the first that does", () => {
    expect(fromShared(size, "snov", "LARGE", "xl")).toEqual({ kind: "value", value: "xl" });
    expect(fromShared(size, "snov", ["LARGE"], ["s", "xl"])).toEqual({ kind: "value", value: ["xl"] });
    expect(fromShared(size, "snov", "LARGE", "s")).toEqual({ kind: "value", value: "l" });
  });

  it("are all kept where several of a side's own ones mean the same", () => {
    expect(fromShared(size, "snov", ["LARGE", "SMALL"], ["l", "xl"])).toEqual({
      kind: "value",
      value: ["l", "xl", "s"],
    });
  });

  it("are there once, also where two of one side mean one of the other", () => {
    expect(toShared(size, "snov", ["xl", "s", "l"])).toEqual({ kind: "value", value: ["LARGE", "SMALL"] });
    expect(fromShared(size, "snov", ["LARGE", "LARGE"], ["l", "xl"])).toEqual({
      kind: "value",
      value: ["l", "xl"],
    });
  });

  it("have no counterpart merely because every object knows their name", () => {
    expect(toShared(size, "snov", "constructor")).toEqual({ kind: "unmapped", choice: "constructor" });
  });
});
