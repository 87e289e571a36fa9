// How each record stands is found from the figures down to one field: by status, by name, and why it has its value.
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { pauseIntegration } from "@/services/integrations/pause-integration";
import { resumeIntegration } from "@/services/integrations/resume-integration";
import { createProspect } from "@/services/prospects/create-prospect";
import { type LaunchedIntegration, launchIntegrationIn } from "../support/launched-integration";
import { untilTrue } from "../support/until-true";
import { expectAccessibleEverywhere } from "./support/accessible";
import { signIn } from "./support/person";
import { shoot } from "./support/shots";

const run = Date.now().toString(36);
let world: LaunchedIntegration;
test.afterAll(() => world?.close());

test("from the figures to a record, and to why one of its fields has its value", async ({ page }) => {
  world = await launchIntegrationIn(JSON.parse(process.env.E2E_ENVIRONMENT ?? "{}"), { account: 24_000_002 });
  await test.step("records in every status", oneOfEach);
  await signIn(page, world.signIn);

  await test.step("a figure of the overview leads to its records", async () => {
    await page.goto(`/settings/integrations/${world.integrationId}`);
    await shoot(page, "overview");
    await page
      .getByRole("region", { name: "Records by status" })
      .getByRole("link", { name: "Excluded" })
      .click();
    await expect(record(page, "Sem Endereço").getByText("It has no e-mail address")).toBeVisible();
    await filter(page, "All").click();
    for (const [name, words] of [
      ["Ada", "Verified equal"],
      ["Bo", "Both sides changed the same field."],
      ["Cy", "HubSpot refused it"],
      ["Sem Endereço", "no HubSpot contact"],
    ] as const)
      await expect(record(page, name)).toContainText(words);
    await shoot(page, "records");
    await expectAccessibleEverywhere(page);
    await page.getByRole("searchbox", { name: "Name or e-mail" }).fill(`bo@${run}`);
    await expect(record(page, "Ada")).toBeHidden();
    await record(page, "Bo").getByRole("link", { name: "Decide: Bo" }).click();
    await expect(page).toHaveURL(/\/conflicts\?record=snov(~|%7E)/);
    await page.goBack();
    await expect(record(page, "Bo")).toBeVisible();
  });

  await test.step("the prospects table shows the same, and keeps its filter in the address", async () => {
    await page.goto("/prospects");
    await expect(page.getByRole("row", { name: /Ada/ })).toContainText("In sync");
    await shoot(page, "prospects");
    await page.getByRole("combobox", { name: "Show one status" }).click();
    await page.getByRole("option", { name: "In conflict" }).click();
    await expect(page.getByRole("row", { name: /Ada/ })).toBeHidden();
    await page.reload();
    await expect(page.getByRole("row", { name: /Bo/ })).toContainText("In conflict");
    await expect(page).toHaveURL(/sync=in_conflict/);
    await clean(page);
  });

  await test.step("why a field has its value, and what would happen to it", async () => {
    await page.getByRole("link", { name: "Bo" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Bo" })).toBeVisible();
    await page.goBack();
    await expect(page.getByRole("row", { name: /Bo/ })).toBeVisible();
    await expect(page.getByRole("row", { name: /Ada/ })).toBeHidden();
    await page.getByRole("link", { name: "Bo" }).click();
    await expect(page.getByRole("region", { name: "HubSpot" })).toContainText("last in sync");
    await page.getByRole("button", { name: "Why? Job title" }).click();
    const why = page.getByRole("dialog", { name: "Why? Job title" });
    await expect(why.getByRole("listitem").first()).toContainText("Lead→Lead in Snov");
    await expect(why.getByText("Nothing is overwritten: somebody is asked.")).toHaveCount(3);
    await shoot(page, "why-in-conflict");
    expect((await new AxeBuilder({ page }).include("[role=dialog]").analyze()).violations).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Why? City" }).click();
    await expect(page.getByRole("dialog", { name: "Why? City" })).toContainText("It is sent to HubSpot.");
    await shoot(page, "why");
    await page.keyboard.press("Escape");
    await shoot(page, "prospect");
    await clean(page);
  });

  await test.step("what was written is found in the activity, and one change is undone", async () => {
    const ada = await prospectOf("Ada");
    await world.editProspect(ada, "job_title", "Chief");
    const { contactId = "" } = (await world.links()).find(({ prospectId }) => prospectId === ada) ?? {};
    const title = async () => (await world.contact(contactId)).properties.jobtitle;
    await untilTrue(async () => (await title()) === "Chief");
    await page.goto(`/settings/integrations/${world.integrationId}/activity`);
    await shoot(page, "activity");
    await expectAccessibleEverywhere(page);
    await page.getByRole("searchbox", { name: "Name of a record" }).fill("Ada");
    const changes = page.getByRole("region", { name: "Activity" }).getByRole("listitem");
    await expect(changes.filter({ hasText: "Bo" })).toHaveCount(0);
    const change = changes.filter({ hasText: "changed in HubSpot, from Snov.io" });
    await expect(change).toContainText("Lead→Chief");
    await expect(page.getByRole("link", { name: "Download CSV" })).toHaveAttribute("href", /csv\?q=Ada$/);
    await change.getByRole("link", { name: "All of this record" }).click();
    await expect(page.getByRole("button", { name: "Only one record" })).toBeVisible();
    await change.getByRole("button", { name: "Undo this change" }).click();

    await expect(page.getByRole("heading", { level: 1, name: "Preview of an undo" })).toBeVisible();
    await expect(page.getByText(/Undoes a change of Ada/)).toBeVisible();
    await expect(page.getByRole("button", { name: "Undo 1 record" })).toBeVisible();
    await expectAccessibleEverywhere(page);
    await shoot(page, "undo-previewed");
    await page.getByRole("button", { name: "Undo 1 record" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Undo changes" }).click();
    await untilTrue(async () => (await title()) === "Lead");
    await page.goto(`/settings/integrations/${world.integrationId}/activity?cause=undo`);
    await expect(changes.filter({ hasText: /put back in HubSpot, by .* undoing a change/ })).toBeVisible();
    await shoot(page, "activity-undone");
    await page.goto(`/settings/integrations/${world.integrationId}/records?q=Ada`);
    await expect(record(page, "Ada")).toContainText("A change of Job title was undone");
    await shoot(page, "record-undone");
  });

  if (process.env.SHOTS_DIR) await inPortuguese(page);
});

async function oneOfEach() {
  const contacts = await Promise.all(
    ["Ada", "Bo"].map((name) =>
      world.addContact({ email: `${name.toLowerCase()}@${run}.example`, firstname: name, jobtitle: "Lead" }),
    ),
  );
  const add = (values: Record<string, string | string[]>) =>
    createProspect({ ctx: world.ctx, input: { values, listIds: [] } });
  await add({ first_name: "Cy", emails: [`cy@${run}-.com`] });
  await add({ first_name: "Sem", last_name: "Endereço" });
  const linked = async () => (await world.links()).find(({ contactId }) => contactId === contacts[1]);
  await untilTrue(async () => (await world.links()).length >= 2);
  const prospectId = (await linked())?.prospectId ?? "";
  const input = { integrationId: world.integrationId };
  await pauseIntegration({ ctx: world.ctx, input });
  await world.editProspect(prospectId, "job_title", "Lead in Snov");
  await world.editContact(contacts[1] ?? "", { jobtitle: "Lead in HubSpot" });
  await resumeIntegration({ ctx: world.ctx, input });
  const standing = async () => {
    const rows = await world.db.query.recordStatuses.findMany({
      where: (s, { eq }) => eq(s.integrationId, world.integrationId),
    });
    return new Set(rows.map(({ status }) => status)).size;
  };
  await untilTrue(async () => (await standing()) === 4);
}

async function prospectOf(firstName: string): Promise<string> {
  const found = await world.db.query.prospects.findFirst({
    where: (p, { and, eq }) => and(eq(p.workspaceId, world.ctx.workspaceId), eq(p.firstName, firstName)),
  });
  if (!found) throw new Error(`nobody is called ${firstName}`);
  return found.id;
}

async function inPortuguese(page: Page) {
  await page.goto("/settings/profile");
  await page.getByRole("combobox", { name: "Language" }).selectOption("pt-BR");
  await expect(page.getByRole("heading", { level: 1, name: "Perfil" })).toBeVisible();
  await page.goto(`/settings/integrations/${world.integrationId}/activity`);
  await shoot(page, "pt-activity");
  await page.goto(`/settings/integrations/${world.integrationId}/records`);
  await shoot(page, "pt-records");
  await page.getByRole("link", { name: "Bo", exact: true }).click();
  await page.getByRole("button", { name: "Por quê? Cidade" }).click();
  await expect(page.getByText("É enviado ao HubSpot.")).toBeVisible();
  await shoot(page, "pt-why");
}

async function clean(page: Page) {
  expect((await new AxeBuilder({ page }).include("main").analyze()).violations).toEqual([]);
}

function record(page: Page, name: string) {
  return page.getByRole("listitem", { name, exact: true });
}

function filter(page: Page, name: string) {
  return page.getByRole("group", { name: "Status" }).getByRole("button", { name: new RegExp(`^${name}`) });
}
