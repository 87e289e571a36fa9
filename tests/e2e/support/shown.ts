import type { Locator } from "@playwright/test";

/** Without what React streamed and has not put into its place, or has left hidden after it rendered anew. */
export function shown(locator: Locator): Locator {
  return locator.filter({ visible: true });
}
