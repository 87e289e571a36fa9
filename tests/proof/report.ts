import { inspect } from "node:util";
import type { Counterexample } from "./prove";

/** What a person needs to understand a counterexample and to see it again. */
export function report({ invariant, says, fault, seed, path, given }: Counterexample): string {
  return [
    `Broken: ${invariant}. ${says}`,
    `  ${fault}`,
    inspect(given, { depth: 12, breakLength: 140 }),
    `Seed ${seed}, path ${path}. To see it again:`,
    `  npm run prove -- --seed ${seed} --path ${path} --invariant "${invariant}"`,
  ].join("\n");
}
