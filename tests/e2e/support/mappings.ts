import { expect, type Page } from "@playwright/test";

/** The texts of the mapping step that a story looks for, in one language. */
const english = {
  add: "Add field",
  confirm: "Add mapping",
  snov: "Snov.io field",
  hubspot: "HubSpot field",
};

/** The form for one more pair of fields. */
export class PairForm {
  constructor(
    readonly page: Page,
    private readonly words = english,
  ) {}

  get form() {
    return this.page.getByRole("form", { name: this.words.add });
  }

  async start(): Promise<this> {
    await this.page.getByRole("button", { name: this.words.add, exact: true }).click();
    await expect(this.form).toBeVisible();
    return this;
  }

  /** What is offered on a side, the entry that creates a new field left out. */
  async offered(side: "snov" | "hubspot"): Promise<string[]> {
    await this.form.getByRole("combobox", { name: this.words[side] }).click();
    const options = this.page.getByRole("group").getByRole("option");
    await expect(options.first()).toBeVisible();
    return (await options.allInnerTexts()).map((text) => text.trim().split("\n")[0] ?? "");
  }

  async choose(side: "snov" | "hubspot", field: string): Promise<void> {
    await this.form.getByRole("combobox", { name: this.words[side] }).click();
    await this.page.getByRole("option", { name: field }).filter({ hasText: field }).first().click();
    await expect(this.form.getByRole("combobox", { name: this.words[side] })).toHaveValue(field);
  }

  /** Until it is saved: the row is there before that. */
  async add(): Promise<void> {
    const saved = this.page.waitForResponse((answer) => "next-action" in answer.request().headers());
    await this.form.getByRole("button", { name: this.words.confirm }).click();
    await expect(this.form).toBeHidden();
    await saved;
  }
}

/** A mapping with its notes, by the name of its Snov.io field. */
export function mappingRow(page: Page, field: string) {
  const name = page.getByRole("cell", { name: new RegExp(`(^| )${field}$`) });
  return page.getByRole("rowgroup").filter({ has: name });
}
