// What was written is taken back: all that a rule settled, and a record's whole day. Each is seen before it happens.
import { expect, type Page, test } from "@playwright/test";
import { eq, sql } from "drizzle-orm";
import { activities } from "@/db/schema/sync";
import { type LaunchedIntegration, launchIntegrationIn } from "../support/launched-integration";
import { addPairs, type Pair, quarrelAbout, titlesOf, whilePaused } from "../support/quarrelling-pairs";
import { untilTrue } from "../support/until-true";
import { expectAccessibleEverywhere } from "./support/accessible";
import { signIn } from "./support/person";
import { shoot } from "./support/shots";

const account = 24_000_002;
const domain = `${Date.now().toString(36)}-undo.example`;
const settled = ["Una", "Vic"];

let world: LaunchedIntegration;
let pairOf: (name: string) => Pair;
test.afterAll(() => world?.close());

test("all that a rule settled is taken back, and a record’s day", async ({ page }) => {
  world = await launchIntegrationIn(JSON.parse(process.env.E2E_ENVIRONMENT ?? "{}"), { account });
  await test.step("both sides of two pairs differ", async () => {
    pairOf = await addPairs(world, settled, domain);
    await whilePaused(world, () => quarrelAbout(world, settled.map(pairOf)));
  });
  await signIn(page, world.signIn);

  await test.step("a rule settles both", async () => {
    await page.goto(pathOf("conflicts"));
    await page.getByRole("button", { name: "Always do this…: Una, Job title" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("radio", { name: "HubSpot wins" }).check();
    await expect(dialog.getByText("2 of 2 open conflicts would be settled")).toBeVisible();
    await dialog.getByRole("button", { name: "Make this the rule" }).click();
    await untilTrue(() => bothSidesOf(settled, ["Lead in HubSpot", "Lead in HubSpot"]));
  });

  await test.step("what it settled is undone in one go", async () => {
    await page.goto(`${pathOf("activity")}?q=Una`);
    await shoot(page, "activity-of-a-rule");
    await page.getByRole("button", { name: "Undo all that the rule settled in Job title" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Preview of an undo" })).toBeVisible();
    await expect(page.getByText(/^Undoes what the rule for Job title has settled since /)).toBeVisible();
    await expectAccessibleEverywhere(page);
    await shoot(page, "rule-undo-previewed");
    await allowUndo(page, 2);
    await untilTrue(() => bothSidesOf(settled, ["Lead in Snov", "Lead in HubSpot"]));
    await page.goto(`${pathOf("activity")}?cause=undo`);
    const putBack = page.getByRole("region", { name: "Activity" }).getByRole("listitem");
    await expect(
      putBack.filter({ hasText: /put back in Snov\.io, by .* undoing what a rule had settled/ }),
    ).toHaveCount(settled.length);
    await shoot(page, "rule-undone");
  });

  await test.step("the rule stays: what both sides change from now on it settles", async () => {
    const una = pairOf("Una");
    await whilePaused(world, async () => {
      await world.editProspect(una.prospectId, "job_title", "Head in Snov");
      await world.editContact(una.contactId, { jobtitle: "Head in HubSpot" });
    });
    await untilTrue(() => bothSidesOf(["Una"], ["Head in HubSpot", "Head in HubSpot"]));
  });

  await test.step("a record’s day: what anybody changed of it that day is as it was before", async () => {
    const una = pairOf("Una");
    await becomesYesterday(una);
    await world.editContact(una.contactId, { city: "Lisbon" });
    await untilTrue(() => cityIs(una, "Lisbon"));
    await world.editProspect(una.prospectId, "job_title", "Owner");
    await untilTrue(() => bothSidesOf(["Una"], ["Owner", "Owner"]));
    await page.goto(`${pathOf("activity")}?q=Una`);
    await page.getByRole("button", { name: "Undo this record’s day" }).first().click();
    await expect(page.getByText(/^Undoes the changes of Una on /)).toBeVisible();
    await expectAccessibleEverywhere(page);
    await shoot(page, "day-undo-previewed");
    await allowUndo(page, 1);
    await untilTrue(() => bothSidesOf(["Una"], ["Head in HubSpot", "Head in HubSpot"]));
    await untilTrue(() => cityIs(una, null));
    await page.reload();
    await shoot(page, "day-undone");
    const other = pairOf("Vic");
    expect(await titlesOf(world, other)).toEqual(["Lead in Snov", "Lead in HubSpot"]);
  });
});

/** What was done so far with this pair happened a day earlier. */
async function becomesYesterday({ prospectId }: Pair): Promise<void> {
  await world.db
    .update(activities)
    .set({ at: sql`${activities.at} - interval '1 day'` })
    .where(eq(activities.prospectId, prospectId));
}

async function cityIs({ prospectId }: Pair, city: string | null): Promise<boolean> {
  return (await world.prospect(prospectId))?.city === city;
}

async function allowUndo(page: Page, records: number): Promise<void> {
  const count = `${records} record${records === 1 ? "" : "s"}`;
  await page.getByRole("button", { name: `Undo ${count}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Undo changes" }).click();
}

async function bothSidesOf(names: string[], titles: [inSnov: string, inHubspot: string]): Promise<boolean> {
  const found = await Promise.all(names.map((name) => titlesOf(world, pairOf(name))));
  return found.every(([snov, hubspot]) => snov === titles[0] && hubspot === titles[1]);
}

function pathOf(section: "activity" | "conflicts"): string {
  return `/settings/integrations/${world.integrationId}/${section}`;
}
