import { simulateMany, twinsEvery } from "@/tests/simulation/simulate-many";

const names = process.argv.slice(2);
const found = new Set<string>();
const isOfTwins = names.every((name) => name.startsWith("Order and repetition"));

// Run in a copy of the repository with a mistake in it: tells which of the invariants named as arguments notice.
await simulateMany(process.env.TEST_DATABASE_URL ?? "", {
  runs: 400,
  seed: isOfTwins ? twinsEvery : 1,
  step: isOfTwins ? twinsEvery : 1,
  onRun: ({ violations }) => {
    for (const { invariant } of violations) found.add(names.find((name) => invariant.startsWith(name)) ?? "");
    return names.every((name) => found.has(name)) ? "stop" : undefined;
  },
});
process.send?.(
  names.filter((name) => found.has(name)),
  () => process.exit(),
);
