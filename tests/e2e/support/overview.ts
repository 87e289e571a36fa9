import type { Page } from "@playwright/test";

/** The overview has read the server this often again, while whatever could travel had its time. */
export async function looksOfOverview(page: Page, times: number) {
  for (let look = 0; look < times; look++) await page.waitForResponse(/\/api\/integrations\/.*\/overview/);
}
