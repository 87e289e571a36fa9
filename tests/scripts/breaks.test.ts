// A mistake whose line has moved would be made nowhere, and noticed by nobody.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "@/scripts/bootstrap/root.mjs";
import { breaks as ofPlanner, proofOfPlanner } from "@/scripts/prove/breaks";
import { breaks as ofLine, proofOfLine } from "@/scripts/simulate/breaks";

const all = [
  ...ofPlanner.map((mistake) => ({ ...mistake, folder: proofOfPlanner.folder })),
  ...ofLine.map((mistake) => ({ ...mistake, folder: proofOfLine.folder })),
];

describe("every mistake that the proofs must notice", () => {
  it.each(all)("has its place: $mistake", ({ folder, file, find, replace }) => {
    const text = readFileSync(join(root, folder, file), "utf8");
    expect(text.split(find)).toHaveLength(2);
    expect(replace).not.toBe(find);
  });
});
