// A fuse stops the integration before prospects that were trashed by mistake take their contacts along.
import { expect, type Page, test } from "@playwright/test";
import { createProspect } from "@/services/prospects/create-prospect";
import { type LaunchedIntegration, launchIntegrationIn } from "../support/launched-integration";
import { untilTrue } from "../support/until-true";
import { signIn } from "./support/person";
import { shoot } from "./support/shots";

const account = 24_000_002;
const names = ["Olga", "Paulo", "Quinn", "Rosa"];
const run = Date.now().toString(36);

let integration: LaunchedIntegration;
test.beforeAll(async () => {
  integration = await launchIntegrationIn(JSON.parse(process.env.E2E_ENVIRONMENT ?? "{}"), { account });
});
test.afterAll(() => integration.close());

test("trashing more prospects than the limit allows stops the integration until a person decides", async ({
  page,
}) => {
  await signIn(page, integration.signIn);
  await test.step("a limit of three deletions", () => setLimit(page, "3"));

  await test.step("discarded: contacts and trash stay as they are", async () => {
    const contactIds = await team("discard");
    await trash(page, "discard");
    const banner = await stopped(page);
    for (const name of names) await expect(banner.getByRole("row", { name })).toContainText("HubSpot");
    await shoot(page, "fuse-banner");
    await banner.getByRole("button", { name: "Discard these changes" }).click();
    const dialog = page.getByRole("dialog", { name: "Discard these changes?" });
    await expect(dialog).toContainText("Nothing is deleted on the other side.");
    await shoot(page, "fuse-discard");
    await dialog.getByRole("button", { name: "Discard these changes" }).click();

    await expect(banner).toBeHidden();
    const excluded = page.getByRole("region", { name: "Excluded" });
    await expect(excluded.getByText("Deleted in Snov.io, kept in HubSpot")).toBeVisible();
    await shoot(page, "fuse-discarded");
    for (const id of contactIds) expect(await isThere(id)).toBe(true);
    await page.goto("/prospects/trash");
    for (const name of names) await expect(page.getByRole("row", { name: `${name} discard` })).toBeVisible();
  });

  await test.step("continued: the contacts go to HubSpot's recycle bin", async () => {
    const contactIds = await team("continue");
    await trash(page, "continue");
    const banner = await stopped(page);
    await banner.getByRole("button", { name: "Continue" }).click();
    const dialog = page.getByRole("dialog", { name: "Continue with these changes?" });
    await expect(dialog).toContainText("contacts go to HubSpot’s recycle bin");
    await dialog.getByRole("button", { name: "Continue" }).click();

    await expect(banner).toBeHidden();
    await untilTrue(async () => !(await Promise.all(contactIds.map(isThere))).some(Boolean));
    const changes = page.getByRole("region", { name: "Last changes" });
    await expect(changes.getByText("moved to HubSpot’s recycle bin").first()).toBeVisible();
    await expect(changes.getByText("continued with the deletions")).toBeVisible();
    await expect(page.getByRole("main").getByText("Active", { exact: true })).toBeVisible();
    await shoot(page, "fuse-answered");
  });
});

async function setLimit(page: Page, removals: string): Promise<void> {
  await page.goto(`${overviewPath()}/settings`);
  const safety = page.getByRole("region", { name: "Conflicts and safety" });
  await expect(safety.getByLabel("Records deleted")).toHaveValue("50");
  await safety.getByLabel("Records deleted").fill(removals);
  await safety.getByRole("button", { name: "Save: Conflicts and safety" }).click();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await shoot(page, "settings-safety");
  await page.reload();
  await expect(safety.getByLabel("Records deleted")).toHaveValue(removals);
}

/** Four prospects with their contacts; gives the contacts. */
async function team(last: string): Promise<string[]> {
  const ids: string[] = [];
  for (const first of names) {
    const values = { first_name: first, last_name: last, emails: [`${first}@${last}.${run}.example`] };
    ids.push((await createProspect({ ctx: integration.ctx, input: { values, listIds: [] } })).id);
  }
  let contactIds: string[] = [];
  await untilTrue(async () => {
    const links = await integration.links();
    contactIds = links.filter(({ prospectId }) => ids.includes(prospectId)).map(({ contactId }) => contactId);
    return contactIds.length === ids.length;
  });
  return contactIds;
}

async function trash(page: Page, last: string): Promise<void> {
  await page.goto(`/prospects?q=${last}.${run}.example`);
  await expect(page.getByRole("row", { name: `@${last}` })).toHaveCount(names.length);
  await page.getByRole("checkbox", { name: "Select everybody on this page" }).check();
  await page.getByRole("button", { name: "Move to trash" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Move to trash" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
}

async function stopped(page: Page) {
  await page.goto(overviewPath());
  const banner = page.getByRole("region", { name: "Stopped by a limit" });
  await expect(banner).toContainText("Stopped before deleting 4 records in HubSpot");
  await expect(banner).toContainText("Your limit is 3 deleted records within 60 minutes.");
  await expect(page.getByRole("button", { name: "Resume" })).toBeHidden();
  return banner;
}

async function isThere(contactId: string): Promise<boolean> {
  const { status, body } = await integration.sandbox.control<{ archived: boolean }>(
    "GET",
    `/accounts/${account}/contacts/${contactId}`,
  );
  return status === 200 && !body.archived;
}

function overviewPath(): string {
  return `/settings/integrations/${integration.integrationId}`;
}
