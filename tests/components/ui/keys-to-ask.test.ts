// What is asked many at a time: some that cannot be read hold up none of the others.
import { expect, it } from "vitest";
import { keysToAsk, msBeforeTry, split } from "@/components/ui/keys-to-ask";

const keys = Array.from({ length: 120 }, (_, at) => `k${at}`);

it("asks of the others first where some have failed, and of those again", () => {
  const first = keysToAsk(keys, {}, {});
  expect(first).toEqual(keys.slice(0, 50));
  const failures = Object.fromEntries(first.map((key) => [key, 1]));
  expect(keysToAsk(keys, {}, failures)).toEqual(keys.slice(50, 100));
  const known = Object.fromEntries(keys.slice(50).map((key) => [key, null]));
  expect(keysToAsk(keys, known, failures)).toEqual(first);
});

it("asks together only of what has failed as often, so that nobody waits for those", () => {
  const keys = ["failed", "new"];
  expect(keysToAsk(keys, {}, { failed: 1 })).toEqual(["new"]);
  expect(keysToAsk(keys, { new: null }, { failed: 1 })).toEqual(["failed"]);
});

it("leaves what has failed some seconds, and more the next time", () => {
  expect(msBeforeTry(0)).toBe(0);
  expect(msBeforeTry(1)).toBeGreaterThanOrEqual(5_000);
  expect(msBeforeTry(2)).toBeGreaterThan(msBeforeTry(1));
});

it("takes an answer without a word for one, and no answer for none", () => {
  expect(split(["some", "nothing", "none"], { some: { by: "Ana" }, nothing: {} })).toEqual({
    answered: { some: { by: "Ana" }, nothing: {} },
    unanswered: ["none"],
  });
});

it("gives up what has failed three times", () => {
  const failures = Object.fromEntries(keys.map((key) => [key, 3]));
  expect(keysToAsk(keys, {}, failures)).toEqual([]);
});
