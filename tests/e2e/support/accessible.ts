import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { devices } from "./shots";

/** Axe finds nothing on the page as it is now. */
export async function expectAccessible(page: Page, colorScheme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.waitForFunction(wears, colorScheme);
  // In the page itself, as none of ours frames another site: a blank page to count the findings in costs as much again.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  await page.emulateMedia({ colorScheme: "light" });
}

/** In the browser: the page is in that scheme, and no colour is on its way to it any more. */
function wears(colorScheme: "light" | "dark"): boolean {
  const isUnderWay = document.getAnimations().some((one) => one instanceof CSSTransition);
  return document.documentElement.dataset.mantineColorScheme === colorScheme && !isUnderWay;
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
