import { describe, expect, it } from "vitest";
import {
  keptPairs,
  offeredOptions,
  suggestValueMap,
  unmappedChoices,
  unpairedChoices,
} from "@/sync/value-map";

const snov = options("gold:Gold", "prata:Prata", "left:Left over");
const hubspot = options("tier_1:GOLD", "silver:Silver", "bronze:Bronze");

// Verifies: R-34
describe("choices paired value by value", () => {
  it("suggests the ones that read alike, whatever their case and accents", () => {
    expect(suggestValueMap(snov, hubspot)).toStrictEqual({ gold: "tier_1" });
    expect(suggestValueMap(options("1:Família"), options("x:familia"))).toStrictEqual({ 1: "x" });
    expect(suggestValueMap(options("left_over:1"), options("x:Left - Over"))).toStrictEqual({
      left_over: "x",
    });
  });

  it("suggests the first of several that read alike", () => {
    expect(suggestValueMap(options("1:Gold"), options("x:Gold", "y:gold"))).toStrictEqual({ 1: "x" });
  });

  it("suggests nothing for choices that differ in a sign, a separator of digits, or have no letters", () => {
    expect(suggestValueMap(options("1:< 10"), options("x:> 10"))).toStrictEqual({});
    expect(suggestValueMap(options("1:1-10"), options("x:110"))).toStrictEqual({});
    expect(suggestValueMap(options("-:-"), options("/:/"))).toStrictEqual({});
    expect(suggestValueMap(options("1:★★"), options("x:★"))).toStrictEqual({});
  });

  it("names the choices of both sides that are not paired", () => {
    const left = unmappedChoices(snov, hubspot, { gold: "tier_1", prata: "silver" });
    expect(left.snov.map(({ label }) => label)).toEqual(["Left over"]);
    expect(left.hubspot.map(({ label }) => label)).toEqual(["Bronze"]);
  });

  it("counts a pair whose other end is gone as not paired, and drops it when saved", () => {
    const map = { gold: "removed", gone: "silver", prata: "bronze" };
    expect(unmappedChoices(snov, hubspot, map).snov.map(({ value }) => value)).toEqual(["gold", "left"]);
    expect(unmappedChoices(snov, hubspot, map).hubspot.map(({ value }) => value)).toEqual([
      "tier_1",
      "silver",
    ]);
    expect(keptPairs(snov, hubspot, map)).toEqual({ prata: "bronze" });
  });

  it("keeps a pair whose HubSpot choice is hidden there, and offers such a choice to nobody else", () => {
    const [first, ...others] = hubspot;
    const hidden = [{ value: "tier_1", label: first?.label ?? "", hidden: true as const }, ...others];
    expect(keptPairs(snov, hidden, { gold: "tier_1", prata: "silver" })).toEqual({
      gold: "tier_1",
      prata: "silver",
    });
    expect(unmappedChoices(snov, hidden, { gold: "tier_1" }).snov.map(({ value }) => value)).toEqual([
      "prata",
      "left",
    ]);
    expect(unmappedChoices(snov, hidden, {}).hubspot).toEqual(others);
    expect(suggestValueMap(snov, hidden)).toEqual({});
    expect(offeredOptions(hidden)).toEqual(others);
    expect(offeredOptions(hidden, "tier_1")).toEqual(hidden);
    expect(offeredOptions(hidden, ["silver", "tier_1"])).toEqual(hidden);
  });

  it("names what lost a partner, and nothing where a pair is only added", () => {
    expect(unpairedChoices({ gold: "a" }, { gold: "b" })).toEqual(["a"]);
    expect(unpairedChoices({ gold: "a" }, { gold: "a", prata: "b" })).toEqual([]);
    expect(unpairedChoices({ gold: "a", prata: "b" }, { prata: "b" })).toEqual(["a"]);
    expect(unpairedChoices({ constructor: "a" }, {})).toEqual(["a"]);
    expect(unpairedChoices({ prata: "a", gold: "a", bronze: "c" }, {})).toEqual(["a", "c"]);
  });
});

function options(...texts: string[]) {
  return texts.map((text) => {
    const [value = "", label = ""] = text.split(":");
    return { value, label };
  });
}
