import { expect, type Page, test } from "@playwright/test";
import { connectHubspot } from "./support/connect";
import { mappingRow, PairForm } from "./support/mappings";
import { looksOfOverview } from "./support/overview";
import { choose, open, signUp } from "./support/person";
import { SandboxPage } from "./support/sandbox-page";
import { shoot } from "./support/shots";
import { back, next } from "./support/wizard";
import {
  addProspect,
  createCustomField,
  createList,
  editProspect,
  openProspect,
  shownField,
} from "./support/workspace";

const account = { id: 24_000_001, name: "Northwind Sales" };
const run = Date.now().toString(36);
const ada = { first: "Ada", last: "Lovelace", email: `ada.${run}@story.example` };
const grace = { first: "Grace", last: "Hopper", email: `grace.${run}@story.example` };
const field = { number: `Headcount ${run}`, text: "Nickname", choice: "Plan", made: `Region ${run}` };

test("a prospect edited here appears in HubSpot, and a contact edited there appears here", async ({
  page,
  context,
}) => {
  await test.step("sign up, a list, custom fields of several types", () => prepare(page));
  await test.step("connect through HubSpot's consent", async () => {
    await open(page, "Integrations");
    await shoot(page, "integrations-empty");
    await connectHubspot(page, account.name);
  });
  await test.step("direction and data", () => chooseDirectionAndData(page));
  await test.step("fields", () => mapFields(page));
  await test.step("constants, review, launch", () => launch(page));
  const overview = page.url();

  const hubspot = await SandboxPage.open(context, account.id);
  await test.step("an edit here appears there", async () => {
    await addProspect(page, ada, { Company: "Analytical Engines", [field.number]: "12" });
    const row = await hubspot.find(ada);
    await expect(row.getByRole("cell", { name: "Analytical Engines" })).toBeVisible();
    await editProspect(page, { "Job title": "Countess" });
    await expect(row.getByRole("cell", { name: "Countess" })).toBeVisible();
    await expect(row.getByRole("cell", { name: "In progress" })).toBeVisible();
    await expect(page.getByRole("main").getByText("In sync")).toBeVisible();
    await shoot(page, "prospect-in-sync");

    await page.getByRole("button", { name: "Edit" }).click();
    await choose(page, field.choice, "Basic");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(shownField(page, field.choice)).toHaveText("Basic");
    await expect(async () => {
      const contact = await hubspot.openContact(ada);
      const tier = contact.getByLabel("Account tier").locator("option:checked");
      const shown = await tier.innerText();
      const [headcount, source] = [contact.getByLabel("Team size"), contact.getByLabel(`Source ${run}`)];
      const values = [shown, await headcount.inputValue(), await source.inputValue()];
      await hubspot.close();
      expect(values).toEqual(["Standard", "12", "Instep"]);
    }).toPass();
    await shoot(hubspot.page, "sandbox-contacts");
  });

  await test.step("an edit there appears here, without a reload", async () => {
    await hubspot.edit(ada, { "Job title": "Mathematician", "Team size": "40" });
    await expect(shownField(page, "Job title")).toHaveText("Mathematician");
    await expect(shownField(page, field.number)).toHaveText("40");
    await shoot(page, "prospect-from-hubspot");

    await open(page, "Lists");
    await page.getByRole("link", { name: "From HubSpot" }).click();
    await hubspot.create(grace);
    await expect(page.getByRole("row", { name: grace.email })).toBeVisible();
    await hubspot.edit(grace, { "Company name": "Navy" });
    await expect(page.getByRole("row", { name: grace.email }).getByText("Navy")).toBeVisible();
    await shoot(page, "list-with-contact");
  });

  await test.step("while paused nothing travels, and everything is kept", async () => {
    await page.goto(overview);
    await shoot(page, "overview-active");
    await page.getByRole("button", { name: "Pause" }).click();
    await expect(page.getByRole("main").getByText("Paused", { exact: true })).toBeVisible();
    const app = await context.newPage();
    await openProspect(app, ada.email);
    await editProspect(app, { Company: "Difference Engines", City: "London" });
    await hubspot.edit(ada, { City: "Turin" });
    await hubspot.edit(grace, { "Job title": "Admiral" });
    // Ada, changed on both sides, and Grace.
    await expect(
      page.getByRole("main").getByText("2 changed records are kept and will be synced on resume"),
    ).toBeVisible();
    await looksOfOverview(page, 2);
    const contact = await hubspot.openContact(ada);
    await expect(contact.getByLabel("Company name")).toHaveValue("Analytical Engines");
    await hubspot.close();
    await openProspect(app, grace.email);
    await expect(shownField(app, "Job title")).not.toHaveText("Admiral");
    await shoot(page, "overview-paused");

    await page.getByRole("button", { name: "Resume" }).click();
    await expect(shownField(app, "Job title")).toHaveText("Admiral");
    const row = await hubspot.find(ada);
    await expect(row.getByRole("cell", { name: "Difference Engines" })).toBeVisible();
    await app.close();
  });

  await test.step("a field changed on both sides waits as a conflict, and both values stay", async () => {
    const conflicts = page.getByRole("region", { name: "Conflicts" });
    await expect(conflicts.getByText("London")).toBeVisible();
    await expect(conflicts.getByText("Turin")).toBeVisible();
    await shoot(page, "overview-conflict");
    const contact = await hubspot.openContact(ada);
    await expect(contact.getByLabel("City")).toHaveValue("Turin");
    await hubspot.close();
    await openProspect(page, ada.email);
    await expect(shownField(page, "City")).toHaveText("London");
    await expect(page.getByRole("main").getByText("In conflict")).toBeVisible();
    await shoot(page, "prospect-in-conflict");
  });

  await test.step("deleting a mapped field stops that mapping alone", async () => {
    await open(page, "Custom fields");
    await page.getByRole("button", { name: `Delete ${field.number}` }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByText(`${field.number} ↔ Team size`)).toBeVisible();
    await shoot(page, "delete-mapped-field");
    await dialog.getByRole("button", { name: "Delete and stop syncing it" }).click();
    await expect(page.getByRole("row", { name: field.number })).toBeHidden();

    await page.goto(`${overview}/settings`);
    await expect(page.getByRole("row", { name: "Team size" }).getByText("Stopped")).toBeVisible();
    await expect(page.getByRole("main").getByText("All other fields go on")).toBeVisible();
    await shoot(page, "settings-stopped-mapping");
    await hubspot.edit(grace, { "Job title": "Rear admiral" });
    await openProspect(page, grace.email);
    await expect(shownField(page, "Job title")).toHaveText("Rear admiral");
  });

  await test.step("disconnecting keeps every record, and the account's return brings the settings back", async () => {
    await page.goto(overview);
    await page.getByRole("button", { name: "Delete" }).click();
    await shoot(page, "disconnect");
    await page.getByRole("dialog").getByRole("button", { name: "Delete integration" }).click();
    await expect(page.getByRole("main").getByText("Disconnected", { exact: true })).toBeVisible();
    await shoot(page, "integrations-disconnected");
    await expect(await hubspot.find(ada)).toBeVisible();
    await openProspect(page, ada.email);
    await expect(shownField(page, "Company")).toHaveText("Difference Engines");

    await open(page, "Integrations");
    await connectHubspot(page, account.name);
    await expect(page).toHaveURL(overview);
    await expect(page.getByRole("main").getByText("Paused", { exact: true })).toBeVisible();
    await page.getByRole("link", { name: "Settings" }).click();
    await expect(mappingRow(page, field.made)).toBeVisible();
    await expect(page.getByRole("combobox", { name: "Snov.io list" })).toHaveValue("From HubSpot");
  });
});

async function prepare(page: Page) {
  await signUp(page, "Marie Story");
  await shoot(page, "prospects-empty");
  await open(page, "Lists");
  await createList(page, "Conference");
  await shoot(page, "lists");
  await open(page, "Custom fields");
  await createCustomField(page, { name: field.number, type: "Number" });
  await createCustomField(page, { name: field.text, type: "Text" });
  await createCustomField(page, { name: "Renews on", type: "Date" });
  await createCustomField(page, {
    name: field.choice,
    type: "Single choice",
    choices: ["Strategic", "Growth", "Basic"],
  });
  await shoot(page, "custom-fields");
}

async function chooseDirectionAndData(page: Page) {
  await expect(page.getByRole("heading", { name: "Which way do changes travel?" })).toBeVisible();
  await expect(page.getByRole("radio", { name: "Both ways" })).toBeChecked();
  await shoot(page, "wizard-direction");
  await page.getByRole("radio", { name: "Only to HubSpot" }).click();
  await next(page, "What is synced, and where does it go?");
  await back(page, "Which way do changes travel?");
  await expect(page.getByRole("radio", { name: "Only to HubSpot" })).toBeChecked();
  await page.getByRole("radio", { name: "Both ways" }).click();
  await next(page, "What is synced, and where does it go?");

  await page.getByRole("button", { name: "Next" }).click();
  await expect(
    page.getByRole("main").getByText("Choose the list that contacts from HubSpot land in"),
  ).toBeVisible();
  await shoot(page, "wizard-data-list-missing");
  await page.getByRole("button", { name: "Create list" }).click();
  const dialog = page.getByRole("dialog", { name: "New list" });
  await dialog.getByLabel("Name").fill("From HubSpot");
  await dialog.getByRole("button", { name: "Create list" }).click();
  await expect(page.getByRole("combobox", { name: "Snov.io list" })).toHaveValue("From HubSpot");
  await expect(page.getByRole("radio", { name: "Lead status" })).toBeChecked();
  await choose(page, "Status", "In progress");
  await shoot(page, "wizard-data");
  await next(page, "Which fields belong together?");
  await back(page, "What is synced, and where does it go?");
  await page.reload();
  await expect(page.getByRole("combobox", { name: "Snov.io list" })).toHaveValue("From HubSpot");
  await expect(page.getByRole("combobox", { name: "Status" })).toHaveValue("In progress");
  await next(page, "Which fields belong together?");
}

async function mapFields(page: Page) {
  await expect(mappingRow(page, "Full name").getByRole("img", { name: "Always synced" })).toBeVisible();
  const pair = await new PairForm(page).start();
  await pair.choose("snov", field.number);
  const offered = await pair.offered("hubspot");
  expect(offered).toContain("Team size");
  expect(offered).not.toContain("Preferred name");
  await shoot(page, "wizard-fields-offered");
  await pair.choose("hubspot", "Team size");
  await pair.add();

  await pair.start();
  const left = await pair.offered("snov");
  expect(left).toContain(field.text);
  expect(left).not.toContain(field.number);
  expect(left).not.toContain("Job title");
  await pair.choose("snov", field.text);
  const texts = await pair.offered("hubspot");
  expect(texts).toContain("Preferred name");
  expect(texts).not.toContain("Job title");
  expect(texts).not.toContain("Team size");
  await pair.choose("hubspot", "Preferred name");
  await pair.add();

  // The bin: the mapping goes, the field stays and is offered again.
  await page.getByRole("button", { name: `Remove mapping ${field.text}` }).click();
  await expect(mappingRow(page, field.text)).toBeHidden();
  await pair.start();
  expect(await pair.offered("snov")).toContain(field.text);

  await pair.choose("snov", field.choice);
  await pair.choose("hubspot", "Account tier");
  await expect(page.getByRole("main").getByText("In Snov.io only: “Basic”")).toBeVisible();
  await shoot(page, "wizard-fields-choices");
  await choose(page, "HubSpot choice for Basic", "Standard");
  await expect(page.getByText("Some choices are not paired")).toBeHidden();
  await pair.add();

  await pair.start();
  await page.getByRole("combobox", { name: "Snov.io field" }).click();
  await page.getByRole("option", { name: "Create custom field" }).click();
  const made = page.getByRole("dialog", { name: "New custom field" });
  await made.getByLabel("Name").fill(field.made);
  await made.getByRole("button", { name: "Create field" }).click();
  await expect(page.getByRole("combobox", { name: "Snov.io field" })).toHaveValue(field.made);
  await page.getByRole("combobox", { name: "HubSpot field" }).click();
  await page.getByRole("option", { name: "Create HubSpot property" }).click();
  const property = page.getByRole("dialog", { name: "New HubSpot property" });
  await property.getByRole("button", { name: "Create property" }).click();
  await expect(page.getByRole("combobox", { name: "HubSpot field" })).toHaveValue(field.made);
  await pair.add();
  await expect(mappingRow(page, field.made)).toBeVisible();
  await shoot(page, "wizard-fields");

  await page.reload();
  await expect(mappingRow(page, field.made)).toBeVisible();
  await open(page, "Integrations");
  await page.getByRole("link", { name: /Continue the set-up/ }).click();
  await expect(page.getByRole("heading", { name: "Which fields belong together?" })).toBeVisible();
  await expect(mappingRow(page, field.choice).getByText("All choices are paired")).toBeVisible();
  await expect(mappingRow(page, field.text)).toBeHidden();
  await next(page, "A fixed value on every record?");
}

async function launch(page: Page) {
  await page.getByRole("switch", { name: "Set a constant value in HubSpot" }).click();
  await page.getByRole("button", { name: "Create custom field" }).click();
  const dialog = page.getByRole("dialog", { name: "New HubSpot property" });
  await dialog.getByLabel("Name").fill(`Source ${run}`);
  await dialog.getByRole("button", { name: "Create field" }).click();
  await page.getByRole("textbox", { name: "Value", exact: true }).fill("Instep");
  await shoot(page, "wizard-constants");
  await next(page, "Check and launch");
  await expect(
    page.getByRole("main").getByText("Contacts from HubSpot arrive in the list From HubSpot."),
  ).toBeVisible();
  await shoot(page, "wizard-review");
  await page.getByRole("button", { name: "Launch", exact: true }).click();
  await page.getByRole("link", { name: "Not now" }).click();
  await expect(page.getByRole("heading", { name: "What if both sides disagree?" })).toBeVisible();
  await page.getByRole("button", { name: "Finish" }).click();
  await expect(page.getByRole("main").getByText("Active", { exact: true })).toBeVisible();
  await shoot(page, "overview-launched");
}
