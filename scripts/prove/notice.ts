import { allInvariants } from "@/tests/proof/invariants";
import { broken } from "@/tests/proof/prove";

// Run in a copy of the repository with a mistake in it: tells which of the invariants named as arguments notice.
process.send?.(broken(allInvariants, process.argv.slice(2), { cases: 100_000, seed: 1 }), () =>
  process.exit(),
);
