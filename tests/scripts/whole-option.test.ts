import { expect, it } from "vitest";
import { wholeOption } from "@/scripts/whole-option";

it("takes whole numbers from the least one on", () => {
  expect(wholeOption("seed", "0", 0)).toBe(0);
  expect(wholeOption("cases", "1000000", 1)).toBe(1_000_000);
});

it.each(["0", "-3", "2.5", "abc", "", " ", "1e99"])('refuses "%s", naming the option', (text) => {
  expect(() => wholeOption("cases", text, 1)).toThrow(`--cases is a whole number from 1 on, not "${text}".`);
});
