// What is asked many at a time: some that cannot be read hold up none of the others.
import { expect, it } from "vitest";
import { keysToAsk } from "@/components/ui/keys-to-ask";

const keys = Array.from({ length: 120 }, (_, at) => `k${at}`);

it("asks of the others first where some have failed, and of those again", () => {
  const first = keysToAsk(keys, {}, {});
  expect(first).toEqual(keys.slice(0, 50));
  const failures = Object.fromEntries(first.map((key) => [key, 1]));
  expect(keysToAsk(keys, {}, failures)).toEqual(keys.slice(50, 100));
  const known = Object.fromEntries(keys.slice(50).map((key) => [key, null]));
  expect(keysToAsk(keys, known, failures)).toEqual(first);
});

it("gives up what has failed three times", () => {
  const failures = Object.fromEntries(keys.map((key) => [key, 3]));
  expect(keysToAsk(keys, {}, failures)).toEqual([]);
});
