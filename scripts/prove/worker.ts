import { allInvariants } from "@/tests/proof/invariants";
import { prove } from "@/tests/proof/prove";
import { report } from "@/tests/proof/report";
import type { Slice } from "./main";

/** A counterexample as a person reads it, or null. */
export type Answer = { failure: string | null };

// One process of `npm run prove`: proves the slices it is sent, one after the other.
process.on("message", (message) => {
  const found = prove(allInvariants, message as Slice);
  const answer: Answer = { failure: found && report(found) };
  process.send?.(answer);
});
