import { expect, it } from "vitest";
import { givenOptions } from "@/scripts/given-options";

const options = { runs: { type: "string", default: "10" } } as const;

it("takes what was given, else what stands for it", () => {
  expect(givenOptions(["--runs", "3"], options, "usage")).toEqual({ runs: "3" });
  expect(givenOptions([], options, "usage")).toEqual({ runs: "10" });
});

it("tells the usage where an option is none of the command's", () => {
  expect(() => givenOptions(["--rums", "3"], options, "npm run it -- [--runs 10]")).toThrow(
    /--rums.*npm run it -- \[--runs 10\]$/s,
  );
});
