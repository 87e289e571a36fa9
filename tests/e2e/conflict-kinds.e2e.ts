// Conflicts about whole records, a rule that settles what is open, and two people who decide the same one.
import { expect, type Page, test } from "@playwright/test";
import { createProspect } from "@/services/prospects/create-prospect";
import { editProspect } from "@/services/prospects/edit-prospect";
import { trashProspects } from "@/services/prospects/trash-prospects";
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
import { addColleague } from "./support/colleague";
import { signIn } from "./support/person";
import { shoot } from "./support/shots";

const account = 24_000_002;
const domain = `${Date.now().toString(36)}.example`;
const quarrelling = ["Ida", "Jan", "Kim"];
let world: LaunchedIntegration;
let pairOf: (name: string) => Pair;
test.afterAll(() => world?.close());

test("conflicts of every kind are decided, by two people and by a rule", async ({ page, browser }) => {
  world = await launchIntegrationIn(JSON.parse(process.env.E2E_ENVIRONMENT ?? "{}"), { account });
  await test.step("records are removed, merged and given each other’s addresses", disagree);
  await signIn(page, world.signIn);
  const queue = `/settings/integrations/${world.integrationId}/conflicts`;
  await page.goto(queue);
  await expect(page.getByRole("main").getByRole("listitem", { name: /, / })).toHaveCount(10);
  await expectAccessibleEverywhere(page);
  await shoot(page, "kinds");
  await test.step("in Portuguese", async () => {
    await speak(page, "pt-BR", "Conflitos");
    await expect(page.getByRole("main").getByRole("listitem", { name: /, / })).toHaveCount(10);
    await expectAccessible(page, "dark");
    await shoot(page, "pt-kinds");
    await speak(page, "en", "Conflicts");
  });

  await test.step("what was changed of a deleted record is shown as it was and as it is, by whom", async () => {
    const gil = entry(page, "Gil", removed);
    await expect(gil.getByText("Changed here")).toBeVisible();
    await expect(gil.getByText("Changed by Rita")).toBeVisible();
    const hana = entry(page, "Hana", removed);
    await expect(hana.getByText("Changed in HubSpot", { exact: true })).toBeVisible();
    await expect(hana.getByText("by Rita")).toBeVisible();
    await hana.getByRole("button", { name: "Details" }).click();
    await expect(hana.getByText(/^Changed by/)).toBeVisible();
    await expectAccessible(page, "dark");
    await shoot(page, "edited-and-deleted");
  });

  await test.step("a prospect whose addresses lead to two contacts is linked with one of them", async () => {
    const other = entry(page, `rosa@${domain}`, shared);
    await expect(other).toBeVisible();
    await press(page, "Link the two", "Pia", shared);
    await expect(other).toBeHidden({ timeout: 30_000 });
    const rosa = await contactWith(`rosa@${domain}`);
    expect((await world.links()).map(({ contactId }) => contactId)).toContain(rosa);
    await expect(entry(page, "Pia", addresses)).toBeVisible({ timeout: 30_000 });
    await press(page, "Take Snov.io’s", "Pia", addresses);
    expect((await world.contact(rosa ?? "")).properties.email).toBe(`pia@${domain}`);
    await press(page, "Keep apart", `tina@${domain}`, shared);
  });

  await test.step("what was deleted in HubSpot is brought back with what was changed here", async () => {
    await press(page, "Bring back", "Gil", removed);
    await untilTrue(async () => {
      const link = (await world.links()).find(({ prospectId }) => prospectId === pairOf("Gil").prospectId);
      const contact = link && (await world.contact(link.contactId));
      return contact?.properties.jobtitle === "Changed here" && !contact.archived;
    });
  });

  await test.step("what was deleted here is deleted in HubSpot as well", async () => {
    await press(page, "Delete as well", "Hana", removed);
    await untilTrue(async () => (await world.contact(pairOf("Hana").contactId)).archived);
  });

  await test.step("one of two prospects whose contacts were merged is kept apart", async () => {
    await press(page, "Keep apart", "Max", "Merged in HubSpot");
    expect((await world.prospect(pairOf("Max").prospectId))?.deletedAt).toBeNull();
  });

  await test.step("a contact with another one’s address becomes nobody’s", async () => {
    await press(page, "Keep apart", "Nia", shared);
    await page.goto(`/settings/integrations/${world.integrationId}/records?q=Nia`);
    const nia = page.getByRole("main").getByRole("listitem").filter({ hasText: "Nia" });
    await expect(nia.getByText("Excluded")).toBeVisible();
    await nia.getByRole("link", { name: "The decision: Nia" }).click();
    const decision = entry(page, "Nia", shared);
    await expect(decision).toContainText("Kept apart: left out of syncing · Rita");
    await shoot(page, "decided-apart");
    await decision.getByRole("button", { name: "Take back" }).click();
    await expect(page.getByText("The choice is taken back.")).toBeVisible();
    await expect(decision).toBeHidden();
    await page.goto(queue);
    await press(page, "Keep apart", "Nia", shared);
  });

  await test.step("of two people who decide at once, one is told that the other was quicker", async () => {
    const second = await (await browser.newContext()).newPage();
    await signIn(second, await addColleague(world, "Bia"));
    await second.goto(queue);
    await expect(entry(second, "Ida", "Job title")).toBeVisible();
    // This page does not learn by itself what the other one did.
    const route = /\/api\/integrations\/[^/]+\/conflicts(\?|$)/;
    await page.route(route, (request) => request.abort());
    await second.getByRole("button", { name: "Take Snov.io’s: Ida, Job title" }).click();
    await untilTrue(async () =>
      (await titlesOf(world, pairOf("Ida"))).every((title) => title === "Lead in Snov"),
    );
    await page.getByRole("button", { name: "Take HubSpot’s: Ida, Job title" }).click();
    await expect(page.getByText(/^Bia was quicker/)).toBeVisible();
    await page.unroute(route);
    expect(await titlesOf(world, pairOf("Ida"))).toEqual(["Lead in Snov", "Lead in Snov"]);
    await speak(second, "pt-BR", "Conflitos");
    await expectAccessible(second, "light");
    await shoot(second, "pt-conflicts");
    await second.context().close();
    await page.reload();
  });

  await test.step("a rule says what it will settle, and settles it", async () => {
    await page.getByRole("button", { name: "Always do this…: Jan, Job title" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("radio", { name: "HubSpot wins" }).check();
    await expect(dialog.getByText("2 of 2 open conflicts would be settled")).toBeVisible({ timeout: 20_000 });
    await expect(dialog.getByText("Jan: in Snov.io Lead in Snov → Lead in HubSpot")).toBeVisible();
    await shoot(page, "rule-hubspot-wins");
    await dialog.getByRole("button", { name: "Make this the rule" }).click();
    await expect(page.getByText("Nothing to decide")).toBeVisible({ timeout: 40_000 });
    for (const name of ["Jan", "Kim"])
      expect(await titlesOf(world, pairOf(name))).toEqual(["Lead in HubSpot", "Lead in HubSpot"]);
  });

  await test.step("from then on nobody is asked about that field", async () => {
    await whilePaused(world, () => quarrelAbout(world, [pairOf("Ida")]));
    await untilTrue(async () =>
      (await titlesOf(world, pairOf("Ida"))).every((title) => title === "Lead in HubSpot"),
    );
    expect(await openConflicts(world)).toEqual([]);
  });
});

const removed = "Deleted on one side, changed on the other";
const shared = "Same e-mail address";
const addresses = "E-mail ↔ Email";

async function disagree() {
  pairOf = await addPairs(world, ["Gil", "Hana", "Lea", "Max", "Zoe", ...quarrelling], domain);
  const contacts = `/accounts/${account}/contacts`;
  await whilePaused(world, async () => {
    await quarrelAbout(world, quarrelling.map(pairOf));
    await world.editProspect(pairOf("Gil").prospectId, "job_title", "Changed here");
    await world.sandbox.control("DELETE", `${contacts}/${pairOf("Gil").contactId}`);
    await trashProspects({ ctx: world.ctx, input: { ids: [pairOf("Hana").prospectId] } });
    await world.editContact(pairOf("Hana").contactId, { jobtitle: "Changed in HubSpot" });
    await world.sandbox.control("POST", `${contacts}/merge`, {
      primaryId: pairOf("Lea").contactId,
      otherId: pairOf("Max").contactId,
    });
    const { prospectId } = pairOf("Zoe");
    const own = `zoe@${domain}`;
    const changes = [{ field: "emails", seen: [own], value: [own, `nia@${domain}`] }];
    const version = (await world.prospect(prospectId))?.version ?? 1;
    await editProspect({ ctx: world.ctx, input: { id: prospectId, version, changes } });
    await world.addContact({ email: `nia@${domain}`, firstname: "Nia" });
    for (const name of ["rosa", "tina"]) await world.addContact({ email: `${name}@${domain}` });
    const emails = ["pia", "rosa", "tina"].map((name) => `${name}@${domain}`);
    await createProspect({ ctx: world.ctx, input: { values: { first_name: "Pia", emails } } });
  });
  await untilTrue(async () => (await openConflicts(world)).length === 10);
}

async function contactWith(email: string): Promise<string | undefined> {
  const path = `/accounts/${account}/contacts?query=${encodeURIComponent(email)}&limit=1`;
  const { body } = await world.sandbox.control<{ results: { id: string }[] }>("GET", path);
  return body.results[0]?.id;
}

async function speak(page: Page, locale: string, heading: string) {
  await page.context().addCookies([{ name: "locale", value: locale, url: page.url() }]);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
}

function entry(page: Page, name: string, what: string) {
  return page.getByRole("listitem", { name: `${name}, ${what}`, exact: true });
}

async function press(page: Page, choice: string, name: string, what: string) {
  await page.getByRole("button", { name: `${choice}: ${name}, ${what}` }).click();
  await expect(entry(page, name, what)).toBeHidden({ timeout: 30_000 });
}
