import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The tests that judge a mutant of `sync/`: its own, which need neither a database nor a process. */
export default defineConfig({
  root,
  resolve: { alias: [{ find: /^@\//, replacement: root }] },
  test: {
    include: ["tests/{sync,proof}/**/*.test.ts"],
    exclude: ["tests/**/*.{db,int}.test.ts"],
    restoreMocks: true,
    testTimeout: 20_000,
  },
});
