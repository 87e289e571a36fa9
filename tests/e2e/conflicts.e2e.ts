// What two people changed at once is decided by a third one: each way, also many at once, and taken back after a reload.
import { expect, type Page, test } from "@playwright/test";
import { type LaunchedIntegration, launchIntegrationIn } from "../support/launched-integration";
import {
  addPairs,
  openConflicts,
  type Pair,
  quarrelAbout,
  titlesOf,
  whilePaused,
} from "../support/quarrelling-pairs";
import { untilTrue } from "../support/until-true";
import { expectAccessible, expectAccessibleEverywhere } from "./support/accessible";
import { signIn } from "./support/person";
import { shoot } from "./support/shots";

const account = 24_000_002;
const run = Date.now().toString(36);
const names = ["Ada", "Bo", "Cy", "Dee", "Eve", "Flo", "Gus"];
let world: LaunchedIntegration;
let pairOf: (name: string) => Pair;
test.afterAll(() => world?.close());

test("conflicts are decided each way, in bulk, and taken back", async ({ page }) => {
  world = await launchIntegrationIn(JSON.parse(process.env.E2E_ENVIRONMENT ?? "{}"), { account });
  await test.step("seven records are changed on both sides at once", quarrel);
  await signIn(page, world.signIn);

  await test.step("the overview leads to the conflicts", async () => {
    await page.goto(`/settings/integrations/${world.integrationId}`);
    await page.getByRole("link", { name: "Decide conflicts" }).click();
    await expect(row(page, "Ada")).toBeVisible();
    await expect(page.locator("mark")).toHaveCount(14);
    await expect(row(page, "Ada").getByText(/^Changed by/)).toHaveCount(2);
    await shoot(page, "conflicts");
    await expectAccessibleEverywhere(page);
  });

  await test.step("HubSpot’s value is taken, once it is known what each setting would do", async () => {
    await button(page, "Details", "Ada").click();
    await expect(row(page, "Ada").getByText("HubSpot wins")).toBeVisible();
    await expect(row(page, "Ada").getByText(/^Changed by/)).toHaveCount(2);
    await expectAccessible(page, "light");
    await shoot(page, "details");
    await button(page, "Take HubSpot’s", "Ada").click();
    await expect(row(page, "Ada")).toBeHidden({ timeout: 30_000 });
    await untilTrue(async () => (await titles("Ada")).every((title) => title === "Lead in HubSpot"));
    await expect(page.getByRole("status").getByText(/^Ada, Job title: Resolved/)).toBeVisible();
    await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
  });

  await test.step("another value is typed", async () => {
    await button(page, "Type another", "Bo").click();
    await page.getByRole("textbox", { name: /^Value for both sides: Bo/ }).fill("Lead of all");
    await expectAccessible(page, "dark");
    await shoot(page, "typing");
    await page.getByRole("button", { name: "Use for both sides" }).click();
    await expect(row(page, "Bo")).toBeHidden({ timeout: 30_000 });
    await untilTrue(async () => (await titles("Bo")).every((title) => title === "Lead of all"));
    // The way back from the choice before has made room for this one's.
    await expect(page.getByRole("button", { name: "Undo" })).toHaveCount(1);
  });

  await test.step("a value that has moved is shown, and nothing is overwritten", async () => {
    const queue = /\/api\/integrations\/[^/]+\/conflicts(\?|$)/;
    await page.route(queue, (route) => route.abort());
    await world.editContact(pairOf("Cy").contactId, { jobtitle: "Lead by now" });
    await untilTrue(async () => (await open("Cy"))?.hubspotValue === "Lead by now");
    await button(page, "Take HubSpot’s", "Cy").click();
    await expect(row(page, "Cy").getByText("Look at the new values")).toBeVisible();
    await page.unroute(queue);
    await expect(row(page, "Cy").getByText("Lead by now")).toBeVisible({ timeout: 30_000 });
    await shoot(page, "moved");
    expect(await titles("Cy")).toEqual(["Lead in Snov", "Lead by now"]);
  });

  await test.step("what moves while another value is typed is shown as it was, and not overwritten", async () => {
    await button(page, "Type another", "Cy").click();
    const own = page.getByRole("textbox", { name: /^Value for both sides: Cy/ });
    await own.fill("Lead by vote");
    await world.editContact(pairOf("Cy").contactId, { jobtitle: "Lead once more" });
    await expect(row(page, "Cy").getByRole("status")).toContainText("changed after you began", {
      timeout: 30_000,
    });
    await expect(row(page, "Cy").getByText("Lead by now")).toBeVisible();
    await expect(row(page, "Cy").getByText("Lead once more")).toBeHidden();
    await expectAccessible(page, "light");
    await shoot(page, "changed-while-typing");
    await page.getByRole("button", { name: "Use for both sides" }).click();
    await expect(page.getByText("A value has changed since you saw them.")).toBeVisible();
    await expect(row(page, "Cy").getByText("Lead once more")).toBeVisible({ timeout: 30_000 });
    expect(await titles("Cy")).toEqual(["Lead in Snov", "Lead once more"]);

    await world.editContact(pairOf("Cy").contactId, { jobtitle: "Lead at last" });
    await button(page, "Show the new values", "Cy").click({ timeout: 30_000 });
    await expect(row(page, "Cy").getByText("Lead at last")).toBeVisible();
    await expect(own).toHaveValue("Lead by vote");
    await own.press("Escape");
    await expect(own).toBeHidden();
  });

  await test.step("what was decided is found again after a reload, and taken back from there", async () => {
    await button(page, "Leave both", "Dee").click();
    await expect(row(page, "Dee")).toBeHidden({ timeout: 30_000 });
    await page.reload();
    await page.getByRole("link", { name: "Decided conflicts" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Decided conflicts" })).toBeVisible();
    await expect(row(page, "Ada")).toContainText("HubSpot’s value was taken · Rita");
    await expect(row(page, "Bo")).toContainText("Typed for both sides: Lead of all · Rita");
    await expect(row(page, "Dee")).toContainText("Both sides were left as they were · Rita");
    await expectAccessibleEverywhere(page);
    await shoot(page, "decided");
    await page.getByRole("searchbox", { name: "Part of a name or e-mail" }).fill("dee@");
    await expect(row(page, "Ada")).toBeHidden();
    await button(page, "Take back", "Dee").click();
    await expect(page.getByText("The choice is being taken back.")).toBeVisible();
    await expect(page.getByText("No decision matches")).toBeVisible({ timeout: 30_000 });
    await page.goto(`/settings/integrations/${world.integrationId}/activity?q=Dee`);
    const changes = page.getByRole("region", { name: "Activity" }).getByRole("listitem");
    await expect(changes.filter({ hasText: "choice taken back by Rita" })).toBeVisible({ timeout: 30_000 });
    await shoot(page, "activity-taken-back");
    await page.goto(`/prospects/${pairOf("Dee").prospectId}`);
    const history = page.getByRole("region", { name: "History" }).getByRole("listitem");
    await expect(history.filter({ hasText: "Left as it is on both sides" })).toHaveText(
      /Job titleLead in Snov$/,
    );
    await expect(history.filter({ hasText: "A choice about a conflict was taken back" })).toBeVisible();
    await page.getByRole("button", { name: "Why? Job title" }).click();
    const why = page.getByRole("dialog", { name: "Why? Job title" }).getByRole("listitem");
    await expect(why.first()).toContainText("A choice about a conflict was taken back · Rita");
    await expect(why.nth(1)).toContainText("Left as it is on both sides · Rita");
    await expectAccessibleEverywhere(page);
    await shoot(page, "why-decided");
    await page.goto(`/settings/integrations/${world.integrationId}/conflicts`);
    await expect(row(page, "Dee")).toBeVisible();
  });

  await test.step("a key decides nothing where the one that was marked has gone by itself", async () => {
    await row(page, "Gus").focus();
    await world.editContact(pairOf("Gus").contactId, { jobtitle: "Lead in Snov" });
    await expect(page.getByText("this one took its place")).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole("status").getByText(/^Gus, Job title: Closed by itself/)).toBeVisible();
    await page.keyboard.press("1");
    await page.keyboard.press("j");
    await expect(page.getByText("this one took its place")).toBeHidden();
    expect((await openConflicts(world)).every(({ resolution }) => resolution === null)).toBe(true);
  });

  await test.step("a rule is shown before it is made", async () => {
    await button(page, "Always do this…", "Eve").click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByText("4 of 4 open conflicts would be settled")).toBeVisible({ timeout: 20_000 });
    await expectAccessible(page, "dark");
    await shoot(page, "rule");
    await dialog.getByRole("button", { name: "Cancel" }).click();
  });

  await test.step("all that match are decided at once, but for what has moved since that was asked", async () => {
    await row(page, "Eve").getByRole("checkbox").check();
    await page.getByRole("button", { name: "Select all 4 that match" }).click();
    await expect(page.getByText("4 selected")).toBeVisible();
    await shoot(page, "selected");
    let answer = () => {};
    const asked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route(/\/conflicts\?.*q=Eve/, async (route) => {
      await asked;
      await route.continue();
    });
    const search = page.getByRole("searchbox", { name: "Part of a name or e-mail" });
    await search.fill("Eve");
    await expect(page).toHaveURL(/q=Eve/);
    await page.getByRole("button", { name: "Take Snov.io’s for all" }).click();
    await page
      .getByRole("dialog", { name: "Decide 4 conflicts?" })
      .getByRole("button", { name: "Cancel" })
      .click();
    answer();
    await expect(row(page, "Flo")).toBeHidden();
    await expect(page.getByText("1 selected")).toBeVisible();
    await search.fill("");
    await page.getByRole("button", { name: "Select all 4 that match" }).click();
    await page.getByRole("button", { name: "Take Snov.io’s for all" }).click();
    const dialog = page.getByRole("dialog", { name: "Decide 4 conflicts?" });
    await world.editContact(pairOf("Flo").contactId, { jobtitle: "Lead meanwhile" });
    await expect(dialog.getByRole("status")).toContainText("1 of these has changed", { timeout: 30_000 });
    await expectAccessible(page, "light");
    await shoot(page, "changed-while-asked");
    await dialog.getByRole("button", { name: "Take Snov.io’s" }).click();
    await expect(page.getByText("3 decided, 1 left.")).toBeVisible();
    await untilTrue(async () => (await titles("Eve")).every((title) => title === "Lead in Snov"));
    await expect(row(page, "Eve")).toBeHidden({ timeout: 30_000 });
    expect(await titles("Flo")).toEqual(["Lead in Snov", "Lead meanwhile"]);
  });

  await test.step("a choice at one row reaches all of its field, by keys", async () => {
    await row(page, "Flo").focus();
    await page.keyboard.press("m");
    await expect(page.getByRole("menuitem", { name: "All fields of this record" })).toBeFocused();
    await page.keyboard.press("ArrowDown");
    await expect(page.getByRole("menuitem", { name: "This field of all records" })).toBeFocused();
    await expectAccessibleEverywhere(page);
    await expect(page.getByRole("menuitem", { name: "This field of all records" })).toBeVisible();
    await shoot(page, "reach-menu");
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "This field of all records" });
    await expect(dialog.getByText("1 conflict would be decided")).toBeVisible();
    await expect(dialog.getByText("Flo, Job title")).toBeVisible();
    await expectAccessibleEverywhere(page);
    await shoot(page, "reach-dialog");
    await page.keyboard.press("Escape");
    await expect(row(page, "Flo")).toBeFocused();
    await button(page, "Several at once…", "Flo").click();
    await page.getByRole("menuitem", { name: "This field where the two values are the same" }).click();
    const same = page.getByRole("dialog");
    await expect(same.getByRole("button", { name: "Cancel" })).toBeFocused();
    await expect(same.getByText("1 conflict would be decided")).toBeVisible();
    const take = same.getByRole("button", { name: "Take Snov.io’s for all" });
    await take.focus();
    await expect(take).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(same).toBeHidden();
    await expect(page.getByText("Nothing to decide")).toBeVisible({ timeout: 40_000 });
    await untilTrue(async () => (await titles("Flo")).every((title) => title === "Lead in Snov"));
    await shoot(page, "nothing-to-decide");
  });
});

async function quarrel() {
  pairOf = await addPairs(world, names, `${run}.example`);
  await whilePaused(world, () => quarrelAbout(world, names.map(pairOf)));
  await untilTrue(async () => (await openConflicts(world)).length === names.length);
}

async function open(name: string) {
  return (await openConflicts(world)).find(({ recordId }) => recordId === pairOf(name).prospectId);
}

function titles(name: string) {
  return titlesOf(world, pairOf(name));
}

function row(page: Page, name: string) {
  return page.getByRole("listitem", { name: `${name}, Job title`, exact: true });
}

function button(page: Page, choice: string, name: string) {
  return page.getByRole("button", { name: `${choice}: ${name}, Job title` });
}
