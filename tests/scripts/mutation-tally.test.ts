import { describe, expect, it } from "vitest";
import { noticedOnly } from "@/scripts/mutate/remembered";
import { type Outcome, survivors, tally } from "@/scripts/mutate/tally";

describe("the count of mutants", () => {
  it("takes a mutant that no test reaches for one that nobody noticed, and one that hangs for noticed", () => {
    expect(tally(mutants("Killed", "Killed", "Timeout", "Survived", "NoCoverage"))).toEqual({
      mutants: 5,
      killed: 2,
      timeout: 1,
      survived: 1,
      noCoverage: 1,
      score: 60,
    });
  });

  it("leaves out a mutant that cannot run", () => {
    expect(tally(mutants("Killed", "RuntimeError", "CompileError", "Ignored"))).toMatchObject({
      mutants: 1,
      score: 100,
    });
  });

  it("names each mutant that was not noticed, where it is and what it did", () => {
    expect(survivors(mutants("Killed", "Survived", "NoCoverage"), "/project")).toEqual([
      "  sync/merge.ts:3:7  BooleanLiteral: false",
      "  sync/merge.ts:3:7  BooleanLiteral: false (no test comes here)",
    ]);
  });
});

it("tries again what nobody noticed the last time", () => {
  const report = { files: { "sync/merge.ts": { mutants: mutants("Killed", "Survived", "NoCoverage") } } };
  expect(noticedOnly(report)).toEqual({ files: { "sync/merge.ts": { mutants: mutants("Killed") } } });
});

function mutants(...statuses: Outcome["status"][]): Outcome[] {
  return statuses.map((status, id) => ({
    id: String(id),
    status,
    fileName: "/project/sync/merge.ts",
    mutatorName: "BooleanLiteral",
    replacement: "false",
    location: { start: { line: 3, column: 7 }, end: { line: 3, column: 11 } },
  }));
}
