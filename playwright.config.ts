import { existsSync } from "node:fs";
import { chromium, defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: "tests/e2e",
  testMatch: "**/*.e2e.ts",
  globalSetup: "./tests/setup/product.ts",
  outputDir: "test-results",
  // The stories share one product; each makes a workspace of its own.
  workers: 1,
  fullyParallel: false,
  // Long, as the stories run beside all other tests.
  timeout: 600_000,
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env.CI),
  use: {
    browserName: "chromium",
    // Set by the global setup, which runs in the process that starts the workers.
    baseURL: process.env.E2E_APP_URL,
    locale: "en-US",
    timezoneId: "UTC",
    actionTimeout: 30_000,
    screenshot: "only-on-failure",
    // Pictures and copies of the page at every step, and a card that is not there, cost more than the stories themselves.
    trace: { mode: "retain-on-failure", screenshots: false, snapshots: false },
    launchOptions: { executablePath: chromiumPath(), args: ["--disable-gpu"] },
  },
});

/** A named browser, else Playwright's own (undefined), else one of the system's. */
function chromiumPath(): string | undefined {
  if (process.env.PLAYWRIGHT_CHROMIUM_PATH) return process.env.PLAYWRIGHT_CHROMIUM_PATH;
  if (existsSync(chromium.executablePath())) return undefined;
  const found = [
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/usr/bin/google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
  ].find((path) => existsSync(path));
  if (found) return found;
  throw new Error(
    "The browser stories need Chromium. Get one with `npx playwright install chromium` or `apt-get install chromium`, or set PLAYWRIGHT_CHROMIUM_PATH.",
  );
}
