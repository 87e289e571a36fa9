import { expect, type Page } from "@playwright/test";
import { shoot } from "./shots";

/** From Connect to the app's own page again, through the sandbox's account chooser and permission review. */
export async function connectHubspot(page: Page, account: string, connect = "Connect"): Promise<void> {
  await page.getByRole("link", { name: connect, exact: true }).click();
  await expect(page.getByRole("heading", { name: "Choose an account" })).toBeVisible();
  await shoot(page, "account-chooser");
  await page.getByRole("link", { name: account }).click();
  await expect(page.getByRole("heading", { name: "Connect the app" })).toBeVisible();
  await expect(page.getByText("crm.objects.contacts.write")).toBeVisible();
  await shoot(page, "permissions");
  await page.getByRole("button", { name: "Connect app" }).click();
  await page.waitForURL(/\/settings\/integrations\//);
}
