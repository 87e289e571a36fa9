import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("../../", import.meta.url));

/**
 * The tests that judge a mutant of `sync/`: its own, which need neither a database nor a process, and the invariants
 * on as many drawn cases as take a moment, always the same ones. The exhaustive scope would take seconds a mutant.
 */
export default defineConfig({
  root,
  resolve: { alias: [{ find: /^@\//, replacement: root }] },
  test: {
    include: ["tests/sync/**/*.test.ts", "tests/proof/prove.test.ts"],
    env: { PROOF_CASES: "1000", PROOF_SEED: "1" },
    restoreMocks: true,
    testTimeout: 20_000,
  },
});
