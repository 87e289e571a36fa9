import { expect, type Page } from "@playwright/test";
import { choose } from "./person";

export async function createList(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "New list" }).click();
  const dialog = page.getByRole("dialog", { name: "New list" });
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("button", { name: "Create list" }).click();
  await expect(page.getByRole("row", { name })).toBeVisible();
}

export async function createCustomField(
  page: Page,
  { name, type, choices = [] }: { name: string; type: string; choices?: string[] },
): Promise<void> {
  await page.getByRole("button", { name: "New field" }).click();
  const dialog = page.getByRole("dialog", { name: "New field" });
  await dialog.getByLabel("Name").fill(name);
  await choose(page, "Type", type);
  for (const [at, choice] of choices.entries()) {
    if (at > 1) await dialog.getByRole("button", { name: "Add choice" }).click();
    await dialog.getByLabel(`Choice ${at + 1}`, { exact: true }).fill(choice);
  }
  await dialog.getByRole("button", { name: "Create field" }).click();
  await expect(page.getByRole("row", { name })).toBeVisible();
}

export type Person = { first: string; last: string; email: string };

/** Adds a prospect and ends on its page. */
export async function addProspect(page: Page, person: Person, values: Record<string, string> = {}) {
  await page.goto("/prospects/new");
  await page.getByRole("main").getByLabel("First name").fill(person.first);
  await page.getByRole("main").getByLabel("Last name").fill(person.last);
  await page.getByRole("main").getByLabel("E-mail 1").fill(person.email);
  for (const [label, value] of Object.entries(values))
    await page.getByRole("main").getByLabel(label, { exact: true }).fill(value);
  await page.getByRole("button", { name: "Add prospect" }).click();
  await expect(page.getByRole("heading", { level: 1, name: `${person.first} ${person.last}` })).toBeVisible();
}

/** Finds a prospect by the table's search and opens it. */
export async function openProspect(page: Page, email: string) {
  await page.goto("/prospects");
  await page.getByRole("searchbox", { name: "Search by name" }).fill(email);
  await expect(page).toHaveURL(/[?&]q=/);
  await page.getByRole("row", { name: email }).getByRole("link").first().click();
  await expect(page.getByRole("region", { name: "Fields" })).toBeVisible();
}

/** On a prospect's page. */
export async function editProspect(page: Page, values: Record<string, string>): Promise<void> {
  const fields = page.getByRole("region", { name: "Fields" });
  await fields.getByRole("button", { name: "Edit" }).click();
  for (const [label, value] of Object.entries(values))
    await fields.getByLabel(label, { exact: true }).fill(value);
  await fields.getByRole("button", { name: "Save" }).click();
  await expect(fields.getByRole("button", { name: "Edit" })).toBeVisible();
}

/** What a prospect's page shows for a field. */
export function shownField(page: Page, label: string) {
  return page
    .getByRole("region", { name: "Fields" })
    .getByRole("term")
    .filter({ hasText: new RegExp(`^${label}(Why\\?)?$`) })
    .locator("xpath=following-sibling::dd");
}
