import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Stryker } from "@stryker-mutator/core";
import { Fault } from "../bootstrap/fault.mjs";
import { root } from "../bootstrap/root.mjs";
import { forgetUnnoticed } from "./remembered";
import { type Outcome, survivors, tally } from "./tally";

const goal = 90;
const whole = ["sync/**/*.ts"];
// In .data, which git, the linter, the compiler and the tests all leave alone.
const place = ".data/mutation";

/**
 * `npm run mutate`: changes `sync/` in every small way and asks its tests to notice.
 * `npm run mutate -- sync/merge.ts` changes only that. A mutant whose killing test stands unchanged is not tried
 * again, even where other code changed: take `--fresh` for a figure to rely on.
 * Last line: the counts as JSON. Fails below the goal.
 */
export async function main(args: string[]): Promise<void> {
  const files = args.filter((arg) => arg !== "--fresh");
  for (const file of files) {
    if (!/^sync\/.+\.ts$/.test(file) || !existsSync(join(root, file)))
      throw new Fault(`${file} is not a file of sync/. Example: npm run mutate -- sync/merge.ts`);
  }
  mkdirSync(join(root, place), { recursive: true, mode: 0o700 });
  const memory = join(root, place, "incremental.json");
  if (args.includes("--fresh")) rmSync(memory, { force: true });
  forgetUnnoticed(memory);
  const found = await mutate(files.length > 0 ? files : whole);
  // Stryker also tells what it remembers of files that were not asked for, or are gone.
  const outcomes = found.filter(({ fileName }) =>
    files.length > 0 ? files.some((file) => join(root, file) === fileName) : existsSync(fileName),
  );
  const { score, ...counts } = tally(outcomes);
  console.log(["", ...survivors(outcomes, root)].join("\n"));
  console.log(`\n${score} % of ${counts.mutants} mutants were noticed; the goal is ${goal} %.`);
  console.log(JSON.stringify({ ...counts, score }));
  process.exit(score < goal ? 1 : 0);
}

function mutate(files: string[]): Promise<Outcome[]> {
  const copies = `${place}/${process.pid}`;
  // Stryker leaves its copy of the sources behind when it is interrupted.
  process.once("exit", () => rmSync(join(root, copies), { recursive: true, force: true }));
  return new Stryker({
    mutate: files,
    testRunner: "vitest",
    plugins: ["@stryker-mutator/vitest-runner"],
    vitest: { configFile: "scripts/mutate/vitest.config.ts" },
    coverageAnalysis: "perTest",
    incremental: true,
    incrementalFile: `${place}/incremental.json`,
    tempDirName: copies,
    cleanTempDir: "always",
    // Only what the tests of sync/ read is copied.
    ignorePatterns: [
      "**",
      "!sync/**",
      "!tests/{sync,proof}/**",
      "!messages/**",
      "!scripts/mutate/**",
      "!package.json",
    ],
    // vitest runs TypeScript without looking at its types.
    disableTypeChecks: false,
    timeoutMS: 10_000,
    allowConsoleColors: process.stdout.isTTY === true,
    reporters: ["progress", "html"],
    htmlReporter: { fileName: `${place}/report.html` },
    allowEmpty: true,
  }).runMutationTest();
}
