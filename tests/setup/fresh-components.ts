import { afterAll, expect, vi } from "vitest";

/** Before and after each file of the components' tests: what it mocks is no other file's. The packages stay. */
if (expect.getState().testPath?.includes("/tests/components/")) {
  vi.resetModules();
  afterAll(() => {
    vi.resetModules();
  });
}
