// The page that tells people what the sync does names a test for every row; both must stay in step.
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { titlesIn } from "./titles-in";

const root = join(import.meta.dirname, "../..");
const page = readFileSync(join(root, "docs/sync-semantics.md"), "utf8");
const tests = readdirSync(join(root, "tests"), { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".test.ts"))
  .map((path) => ({
    name: basename(path).replace(/(\.db|\.int)?\.test\.ts$/, ""),
    titles: titlesIn(readFileSync(join(root, "tests", path), "utf8")),
  }));

const rows = page
  .split("\n")
  .filter((line) => line.startsWith("| ") && !/proof \|$/.test(line))
  .map((line) => line.split("|").at(-2)?.trim() ?? "");
const proofs = rows.map(proofsIn);

describe("docs/sync-semantics.md", () => {
  it("names a test in every row", () => {
    expect(rows.length).toBeGreaterThan(40);
    expect(rows.filter((_, row) => !proofs[row]?.length)).toEqual([]);
  });

  it("names only tests that exist, in their own words, as the other pages do", () => {
    const others = ["transfers", "records", "notices", "overview"].map((name) =>
      readFileSync(join(root, `docs/${name}.md`), "utf8"),
    );
    const missing = [...proofs.flat(), ...others.flatMap(proofsIn)].filter(
      ({ file, name }) => !tests.some((test) => test.name === file && test.titles.has(name ?? "")),
    );
    expect(missing).toEqual([]);
  });
});

function proofsIn(text: string): { file: string | undefined; name: string | undefined }[] {
  return [...text.matchAll(/`([\w-]+)`: “([^”]+)”/g)].map(([, file, name]) => ({ file, name }));
}
