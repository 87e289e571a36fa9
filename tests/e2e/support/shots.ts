import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";

const folder = process.env.SHOTS_DIR;
let taken = 0;

/** With SHOTS_DIR set: the page as it is now, on a desktop and a phone, light and dark. */
export async function shoot(page: Page, name: string): Promise<void> {
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  const before = page.viewportSize();
  const number = String(++taken).padStart(2, "0");
  for (const [device, width, height] of devices) {
    await page.setViewportSize({ width, height });
    for (const scheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.evaluate(() => window.scrollTo(0, 0));
      const path = join(folder, `${number}-${name}-${device}-${scheme}.png`);
      await page.screenshot({ path, fullPage: true, animations: "disabled" });
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  if (before) await page.setViewportSize(before);
}

export const devices = [
  ["phone", 390, 844],
  ["desktop", 1280, 800],
] as const;
