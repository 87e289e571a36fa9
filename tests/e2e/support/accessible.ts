import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { devices } from "./shots";

/** Axe finds nothing on the page as it is now. */
export async function expectAccessible(page: Page, colorScheme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme });
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  await page.emulateMedia({ colorScheme: "light" });
}

/** Nor on a phone, in light and in dark. */
export async function expectAccessibleEverywhere(page: Page): Promise<void> {
  const before = page.viewportSize();
  for (const [, width, height] of devices) {
    await page.setViewportSize({ width, height });
    for (const scheme of ["light", "dark"] as const) await expectAccessible(page, scheme);
  }
  if (before) await page.setViewportSize(before);
}
