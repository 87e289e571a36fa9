import { describe, expect, it } from "vitest";
import { keptPairs, repairs, suggestValueMap, unmappedChoices } from "@/sync/value-map";

const snov = options("gold:Gold", "prata:Prata", "left:Left over");
const hubspot = options("tier_1:GOLD", "silver:Silver", "bronze:Bronze");

// Verifies: R-34
describe("choices paired value by value", () => {
  it("suggests the ones that read alike, whatever their case and accents", () => {
    expect(suggestValueMap(snov, hubspot)).toEqual({ gold: "tier_1" });
    expect(suggestValueMap(options("1:Família"), options("x:familia"))).toEqual({ 1: "x" });
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

  it("tells a pair that changed its meaning from one that is new or gone", () => {
    expect(repairs({ gold: "a" }, { gold: "b" })).toBe(true);
    expect(repairs({ gold: "a" }, { gold: "a", prata: "b" })).toBe(false);
    expect(repairs({ gold: "a" }, {})).toBe(false);
  });
});

function options(...texts: string[]) {
  return texts.map((text) => {
    const [value = "", label = ""] = text.split(":");
    return { value, label };
  });
}
