import { join } from "node:path";
import { root } from "../bootstrap/root.mjs";
import { runProgram } from "../test/run-program";
import { checkMessages } from "./check-messages";
import { checkTypeOnlyImports } from "./check-type-only-imports";

type Step = [string, () => Promise<number> | number];
const steps: Step[] = [
  ["Format, lint, folder rules", () => node("@biomejs/biome/bin/biome", "ci", "--error-on-warnings", ".")],
  ["Type-only imports", () => report(checkTypeOnlyImports(root))],
  ["Texts in both languages", () => report(checkMessages(join(root, "messages")))],
  ["Route types", () => node("next/dist/bin/next", "typegen")],
  ["Types", () => node("typescript/bin/tsc", "--noEmit", "--incremental", "false")],
  ["Unused code", () => node("knip/bin/knip.js", "--no-progress")],
];
const pureTests: Step = [
  "Pure tests",
  () => node("vitest/vitest.mjs", "run", "--project", "pure", "--reporter=dot"),
];

/**
 * `npm run verify`: everything that can be known without a database, a browser or a build. Runs all steps, then says which
 * failed. `--without-tests` is for whoever runs `npm test` next, which has the pure tests as well.
 */
export async function main(args: string[]): Promise<void> {
  const failed: string[] = [];
  const times: string[] = [];
  for (const [name, run] of args.includes("--without-tests") ? steps : [...steps, pureTests]) {
    const started = performance.now();
    if ((await run()) !== 0) failed.push(name);
    times.push(
      `  ${failed.includes(name) ? "✗" : "✓"} ${name.padEnd(30)} ${((performance.now() - started) / 1000).toFixed(1)} s`,
    );
  }
  console.log(`\n${times.join("\n")}`);
  console.log(failed.length > 0 ? `\nNot in order: ${failed.join(", ")}` : "\nAll in order.");
  process.exit(failed.length > 0 ? 1 : 0);
}

function node(file: string, ...args: string[]): Promise<number> {
  return runProgram(file, args, process.env);
}

function report(faults: string[]): number {
  for (const fault of faults) console.error(`  ${fault}`);
  return faults.length;
}
