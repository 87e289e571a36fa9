import { expect, type Page } from "@playwright/test";
import { connectHubspot } from "./connect";
import { shoot } from "./shots";
import { next } from "./wizard";

/** Through the steps of a new integration, past the transfer that the fifth offers, to its overview. */
export async function launchForTransfer(page: Page, accountName: string) {
  await page.goto("/settings/integrations");
  await connectHubspot(page, accountName);
  await next(page, "What is synced, and where does it go?");
  await page.getByRole("button", { name: "Create list" }).click();
  const dialog = page.getByRole("dialog", { name: "New list" });
  await dialog.getByLabel("Name").fill("From HubSpot");
  await dialog.getByRole("button", { name: "Create list" }).click();
  await expect(page.getByRole("combobox", { name: "Snov.io list" })).toHaveValue("From HubSpot");
  await next(page, "Which fields belong together?");
  await next(page, "A fixed value on every record?");
  await next(page, "Check and launch");
  await shoot(page, "review");
  await page.getByRole("button", { name: "Launch", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Bring existing records over?" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Show what would happen" })).toBeEnabled({ timeout: 60_000 });
  await shoot(page, "step-five");
  await page.getByRole("link", { name: "Not now" }).click();
  await expect(page.getByRole("heading", { name: "What if both sides disagree?" })).toBeVisible();
  await page.getByRole("button", { name: "Transfer (done)" }).click();
  await expect(page.getByRole("heading", { name: "Bring existing records over?" })).toBeVisible();
  await page.goto(page.url().replace("/transfers/new", ""));
  await expect(page.getByRole("main").getByText("Active", { exact: true })).toBeVisible();
}

/** Every page of transfers once, by their places in the list. */
export async function lookInPortuguese(page: Page, transfers: string) {
  await page.goto("/settings/profile");
  await page.getByRole("combobox", { name: "Language" }).selectOption("pt-BR");
  await expect(page.getByRole("heading", { level: 1, name: "Perfil" })).toBeVisible();
  await page.goto(transfers);
  await expect(page.getByRole("heading", { level: 1, name: "Transferências" })).toBeVisible();
  await shoot(page, "pt-transfers");
  for (const [at, name] of ["undone-cancelled", "undone", "asked", "everything", "cancelled"].entries()) {
    await page.goto(transfers);
    await page
      .getByRole("row")
      .nth(at + 1)
      .getByRole("link")
      .click();
    await expect(page.getByRole("region", { name: "Registros", exact: true })).toBeVisible();
    await shoot(page, `pt-${name}`);
  }
  await page.goto(`${transfers}/new`);
  await expect(page.getByRole("button", { name: "Mostrar o que aconteceria" })).toBeEnabled();
  await shoot(page, "pt-new");
}

/** The number that a transfer's page shows of something. */
export function figure(page: Page, key: string) {
  return page.locator(`[data-figure="${key}"] dd`).first();
}

/** What a transfer's page calls its state. */
export function state(page: Page, name: string) {
  return page.getByRole("main").locator("header").getByText(name, { exact: true });
}
