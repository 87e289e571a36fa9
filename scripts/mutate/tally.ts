import { relative } from "node:path";
import type { Stryker } from "@stryker-mutator/core";

export type Outcome = Awaited<ReturnType<Stryker["runMutationTest"]>>[number];

export type Tally = {
  mutants: number;
  killed: number;
  timeout: number;
  survived: number;
  noCoverage: number;
  score: number;
};

/** A mutant that cannot run says nothing about the tests and is not counted. */
export function tally(outcomes: Pick<Outcome, "status">[]): Tally {
  const count = (status: Outcome["status"]) => outcomes.filter((one) => one.status === status).length;
  const [killed, timeout] = [count("Killed"), count("Timeout")];
  const [survived, noCoverage] = [count("Survived"), count("NoCoverage")];
  const mutants = killed + timeout + survived + noCoverage;
  const score = mutants === 0 ? 100 : Math.round((10_000 * (killed + timeout)) / mutants) / 100;
  return { mutants, killed, timeout, survived, noCoverage, score };
}

/** One line for each mutant that no test noticed, named from the folder. */
export function survivors(outcomes: Outcome[], folder: string): string[] {
  return outcomes
    .filter(({ status }) => status === "Survived" || status === "NoCoverage")
    .sort((a, b) => a.fileName.localeCompare(b.fileName) || a.location.start.line - b.location.start.line)
    .map(({ fileName, location, mutatorName, replacement, status }) => {
      const at = `${relative(folder, fileName)}:${location.start.line}:${location.start.column}`;
      const not = status === "NoCoverage" ? " (no test comes here)" : "";
      return `  ${at}  ${mutatorName}: ${(replacement ?? "").replace(/\s+/g, " ").slice(0, 100)}${not}`;
    });
}
