import { expect, it } from "vitest";
import { isOrdinary, type PagePlan } from "@/sync/page-plan";

it.each([
  ["look_again", false],
  ["outlived", false],
  ["take_back", false],
  ["remove", true],
  ["excluded", true],
])("what a page does as %s is the planner's own: %s", (kind, expected) => {
  expect(isOrdinary({ kind } as PagePlan)).toBe(expected);
});
