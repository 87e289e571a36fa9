import { allInvariants } from "@/tests/proof/invariants";
import { prove } from "@/tests/proof/prove";
import { report } from "@/tests/proof/report";
import type { Slice } from "./main";

/** A counterexample as a person reads it, and why a task could not be done: mostly null. */
export type Answer = { failure: string | null; fault: string | null };

// One process of `npm run prove`: proves the slices it is sent, one after the other.
process.on("message", (message) => {
  process.send?.(answer(message as Slice));
});

function answer(task: Slice): Answer {
  try {
    const found = prove(allInvariants, task);
    return { failure: found && report(found), fault: null };
  } catch (error) {
    return { failure: null, fault: error instanceof Error ? error.message : String(error) };
  }
}
