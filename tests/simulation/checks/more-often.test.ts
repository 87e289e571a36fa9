// Two ends are alike where each has everything as often as the other one.
import { expect, it } from "vitest";
import { moreOften } from "./more-often";

it("a record or a conflict that is there twice is one too many", () => {
  expect(moreOften(["a", "a", "b"], ["b", "a"])).toEqual(["a"]);
  expect(moreOften(["b", "a"], ["a", "a", "b"])).toEqual([]);
  expect(moreOften(["a", "b"], ["a"])).toEqual(["b"]);
});
