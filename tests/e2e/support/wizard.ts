import { expect, type Page } from "@playwright/test";

export async function next(page: Page, heading: string) {
  await page.getByRole("button", { name: "Next" }).click();
  await expect(page.getByRole("heading", { name: heading })).toBeVisible();
}

export async function back(page: Page, heading: string) {
  await page.getByRole("button", { name: "Back" }).click();
  await expect(page.getByRole("heading", { name: heading })).toBeVisible();
}
