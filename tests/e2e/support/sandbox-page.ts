import { type BrowserContext, expect, type Page } from "@playwright/test";
import type { Person } from "./workspace";

/** The sandbox's own page of contacts, as a HubSpot user works with it. */
export class SandboxPage {
  private constructor(readonly page: Page) {}

  static async open(context: BrowserContext, accountId: number): Promise<SandboxPage> {
    const page = await context.newPage();
    await page.goto(`${process.env.E2E_SANDBOX_URL}/accounts/${accountId}/contacts`);
    await expect(page.getByRole("button", { name: "Create contact" })).toBeVisible();
    return new SandboxPage(page);
  }

  /** The row of one person's contact, which the page itself keeps current. */
  async find({ email }: Person) {
    await this.page.getByRole("searchbox", { name: "Search contacts" }).fill(email);
    return this.page.getByRole("row", { name: email });
  }

  async create(person: Person): Promise<void> {
    await this.page.getByRole("button", { name: "Create contact" }).click();
    const dialog = this.page.getByRole("dialog");
    await dialog.getByLabel("First name").fill(person.first);
    await dialog.getByLabel("Last name").fill(person.last);
    await dialog.getByLabel("Email", { exact: true }).fill(person.email);
    await dialog.getByRole("button", { name: "Create contact" }).click();
    await expect(dialog).toBeHidden();
  }

  /** Opens a contact, with everything HubSpot knows about it. */
  async openContact(person: Person) {
    await (await this.find(person)).getByRole("button", { name: person.first }).click();
    const dialog = this.page.getByRole("dialog");
    await expect(dialog).toBeVisible();
    return dialog;
  }

  async edit(person: Person, values: Record<string, string>): Promise<void> {
    const dialog = await this.openContact(person);
    for (const [label, value] of Object.entries(values))
      await dialog.getByLabel(label, { exact: true }).fill(value);
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(dialog).toBeHidden();
  }

  async close(): Promise<void> {
    await this.page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  }
}
