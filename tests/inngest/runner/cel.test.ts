import { expect, it } from "vitest";
import { checkExpression, keyOf, matches } from "@/inngest/runner/cel";

const scope = { event: { data: { id: "i1", n: 3 } }, async: { data: { id: "i1" } } };

it("compares an event with another, and a missing field matches nothing", () => {
  expect(matches("event.data.id == async.data.id", scope)).toBe(true);
  expect(matches("event.data.n > 3", scope)).toBe(false);
  expect(matches("event.data.none == async.data.none", scope)).toBe(false);
  expect(matches(undefined, scope)).toBe(true);
});

it("gives keys that tell values and types apart", () => {
  expect(keyOf("event.data.id", scope)).toBe('"i1"');
  expect(keyOf("event.data.n", scope)).toBe("3");
  expect(keyOf('event.data.id + "/x"', scope)).toBe('"i1/x"');
  expect(keyOf("event.data.none", scope)).toBe("null");
  expect(keyOf(undefined, scope)).toBe("");
});

it("says why an expression cannot be used", () => {
  expect(checkExpression("event.data.id")).toBeNull();
  expect(checkExpression("event.data. ==")).toContain('"event.data. ==" does not parse');
});
