import { expect, it } from "vitest";
import type { PlannedChange } from "@/db/schema/runs";
import { areSame } from "@/services/transfers/beyond-preview";

const change: PlannedChange = {
  side: "snov",
  field: "jobTitle",
  label: "Job title",
  before: null,
  after: "Buyer",
  kept: "held",
  why: { field: "Job title" },
};
const other: PlannedChange = { side: "snov", field: "city", label: "City", before: "Rome", after: "Bonn" };

it("changes as they were shown need not be saved again", () => {
  expect(areSame([change, other], [structuredClone(change), { ...other }])).toBe(true);
});

it.each<[string, PlannedChange[]]>([
  ["one is gone", [change]],
  ["one has come", [change, other, other]],
  ["they come in another order", [other, change]],
  ["the side is another one", [change, { ...other, side: "hubspot" }]],
  ["the field is another one", [change, { ...other, field: "country" }]],
  ["the label is another one", [change, { ...other, label: "Town" }]],
  ["the value before is another one", [change, { ...other, before: "Oslo" }]],
  ["the value after is another one", [change, { ...other, after: "Oslo" }]],
  ["it stays as it is", [change, { ...other, kept: "held" }]],
  ["it stays for another reason", [{ ...change, why: { field: "Town" } }, other]],
  ["a person was asked about it", [change, { ...other, beyond: true }]],
])("but where %s, they are", (_what, planned) => {
  expect(areSame([change, other], planned)).toBe(false);
});
