import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const root = fileURLToPath(new URL("./", import.meta.url));

/** Values of the right form for code that asks for its environment. No test reaches a real service. */
const env = {
  DATABASE_URL: process.env.TEST_DATABASE_URL ?? "postgres://nobody@127.0.0.1:1/none",
  APP_URL: "http://localhost:3000",
  NEXTAUTH_SECRET: "a secret that only the tests use, 32+",
  ENCRYPTION_KEYS: `1:${Buffer.alloc(32, 7).toString("base64")}`,
  HUBSPOT_CLIENT_ID: "test-client",
  HUBSPOT_CLIENT_SECRET: "test-client-secret",
  HUBSPOT_APP_ID: "1",
  HUBSPOT_API_URL: "http://127.0.0.1:1",
  HUBSPOT_APP_URL: "http://127.0.0.1:1",
  INNGEST_BASE_URL: "http://127.0.0.1:1",
  INNGEST_EVENT_KEY: "test-event-key",
  INNGEST_SIGNING_KEY: `signkey-prod-${"ab".repeat(32)}`,
  LOG_LEVEL: "error",
};

/** Minutes each; started last, they would leave one of two cores idle at the end. */
const longest = [
  "simulation/simulation.db",
  "proof/exhaustive.test",
  "scripts/start.int",
  "scripts/break-planner.int",
  "product/refusals.int",
  "product/closed-doors.int",
  "proof/prove.test",
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const placeOf = ({ moduleId }: TestSpecification) => {
      const place = longest.findIndex((name) => moduleId.includes(name));
      return place < 0 ? longest.length : place;
    };
    return sorted.toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}

/** The same for all, so that all kinds are one queue; two even on one core, as many tests mostly wait for processes of their own. */
const maxWorkers = Math.max(2, Math.floor(availableParallelism() / 2));
// The limits of time are for what hangs: a machine that has much else to do may take its time.
const shared = {
  env,
  maxWorkers,
  restoreMocks: true,
  testTimeout: 300_000,
  hookTimeout: 300_000,
  expect: { poll: { timeout: 60_000 } },
};

export default defineConfig({
  resolve: {
    alias: [
      // The marker throws outside of React's server condition, which a test is not.
      { find: /^server-only$/, replacement: `${root}node_modules/server-only/empty.js` },
      { find: /^@\//, replacement: root },
    ],
  },
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          ...shared,
          name: "pure",
          // Loading the modules anew for each file took longer than the tests.
          isolate: false,
          setupFiles: ["./tests/setup/fresh-components.ts"],
          include: ["tests/**/*.test.{ts,tsx}"],
          exclude: ["tests/**/*.{db,int}.test.ts"],
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: "db",
          isolate: false,
          setupFiles: ["./tests/setup/fresh-modules.ts"],
          include: ["tests/**/*.db.test.ts"],
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: "int",
          include: ["tests/**/*.int.test.ts"],
          // Each has processes of its own.
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
