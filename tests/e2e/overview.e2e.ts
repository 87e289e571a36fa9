// The page of an integration tells how HubSpot's changes come, compares on demand, and tries again what fails.
import { randomUUID } from "node:crypto";
import { expect, type Page, test } from "@playwright/test";
import { eq } from "drizzle-orm";
import { prospectEmails } from "@/db/schema/prospects";
import { type LaunchedIntegration, launchIntegrationIn } from "../support/launched-integration";
import { untilTrue } from "../support/until-true";
import { expectAccessibleEverywhere } from "./support/accessible";
import { signIn } from "./support/person";
import { shoot } from "./support/shots";
import { addProspect } from "./support/workspace";

const account = 24_000_002;
const people = ["Vera", "Wanda", "Xavier"];
const run = randomUUID().slice(0, 8);

let integration: LaunchedIntegration;
test.beforeAll(async () => {
  integration = await launchIntegrationIn(JSON.parse(process.env.E2E_ENVIRONMENT ?? "{}"), { account });
});
test.afterAll(() => integration.close());

test("a person sees how changes come, compares now, and has failing records tried again", async ({
  page,
}) => {
  await signIn(page, integration.signIn);
  await test.step("a change in HubSpot arrives by a webhook, and the page says when and how late", async () => {
    for (const first of people)
      await integration.addContact({ email: `${first}@${run}.example`, firstname: first, lastname: run });
    await untilTrue(async () => (await integration.links()).length === people.length);
    await page.goto(overviewPath());
    const arrival = page.locator("#content").getByText(/^Changes in HubSpot reach us by webhooks\./);
    await expect(arrival).toContainText(
      /The latest came (now|\d+ (second|minute)s? ago), (at once|\d+ seconds? late)\./,
    );
    await expect(arrival).toContainText("the first time is still to come");
    await shoot(page, "overview-before-comparison");
  });

  await test.step("compare now tells how many records were compared and that they are equal", async () => {
    const comparison = page.getByRole("region", { name: "Full comparison" });
    await comparison.getByRole("button", { name: "Compare now" }).click();
    await expect(comparison).toContainText(`${people.length} of ${people.length} equal.`, {
      timeout: 60_000,
    });
    await expect(page.getByText("All records were last compared")).toBeVisible();
    await comparison.getByRole("link", { name: "All comparisons" }).click();
    await expect(page.getByRole("listitem").filter({ hasText: "asked for by" })).toContainText(
      `${people.length} of ${people.length} equal.`,
    );
    await page.goto(overviewPath());
    await comparison.getByRole("button", { name: "Compare now" }).click();
    const history = comparison.getByRole("slider", { name: "Records that were not equal" });
    await expect(history).toHaveAttribute(
      "aria-valuetext",
      /Repaired: 0, Left different: 0, Equal: 3, Equal only as far as the directions let them: 0$/,
      {
        timeout: 60_000,
      },
    );
    await comparison.getByRole("link", { name: "All comparisons" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Comparisons" })).toBeVisible();
    await expectAccessibleEverywhere(page);
    await shoot(page, "comparisons");
    await page.goto(overviewPath());
    await shoot(page, "overview-compared");
  });

  await test.step("charts tell what changed each way, how fast it came, and how much of the limit it took", async () => {
    await expect(page.getByRole("region", { name: "Changes", exact: true })).toContainText(
      `0 changes to HubSpot, ${people.length} to Snov.io.`,
    );
    const speed = page.getByRole("region", { name: "How fast changes arrive" });
    await expect(speed).toContainText(
      /Half arrived within \d+(\.\d)? sec, 95 of 100 within \d+(\.\d)? sec\./,
    );
    await expect(page.getByRole("region", { name: "Use of HubSpot’s limit" })).toContainText(
      /At the busiest moment \d+% of the limit was in use/,
    );
  });

  await test.step("the keyboard brings an hour into view, and the numbers are a table as well", async () => {
    const changes = page.getByRole("slider", { name: "Changes", exact: true });
    await changes.focus();
    await expect(changes).toHaveAttribute("aria-valuetext", new RegExp(`To Snov\\.io: ${people.length}$`));
    await page.keyboard.press("Home");
    await expect(changes).toHaveAttribute("aria-valuetext", /To HubSpot: 0, To Snov\.io: 0$/);
    await page.keyboard.press("End");
    await shoot(page, "overview-charts");
    const region = page.getByRole("region", { name: "Changes", exact: true });
    await region.getByText("Show the numbers").click();
    await expect(region.getByRole("row")).toHaveCount(25);
    await expect(region.getByRole("row").last()).toContainText(String(people.length));
    await expectAccessibleEverywhere(page);
    await page.getByRole("radiogroup", { name: "Period" }).getByText("7 days").click();
    await expect(region.getByRole("row")).toHaveCount(8);
  });

  await test.step("a failing record is tried again, and still fails while its address is refused", async () => {
    for (const first of ["Yara", "Zeca"]) await addFailing(page, first);
    await page.goto(overviewPath());
    const failing = page.getByRole("region", { name: "Failing" });
    await shoot(page, "overview-failing");
    await failing.getByRole("link", { name: "HubSpot refused the e-mail address" }).click();
    const again = page.getByRole("button", { name: `Try again: Yara ${run}` });
    await expect(again).toBeVisible();
    await shoot(page, "records-failing");
    await again.click();
    await expect(page.getByText(`Yara ${run} was tried again and is still failing.`)).toBeVisible();
  });

  await test.step("in Portuguese", async () => {
    await page.goto("/settings/profile");
    await page.getByRole("combobox", { name: "Language" }).selectOption("pt-BR");
    await expect(page.getByRole("heading", { level: 1, name: "Perfil" })).toBeVisible();
    await page.goto(overviewPath());
    await expect(page.getByRole("region", { name: "Alterações", exact: true })).toContainText(
      "para o HubSpot",
      { timeout: 30_000 },
    );
    await shoot(page, "pt-overview-charts");
    await page.getByRole("link", { name: "Todas as comparações" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Comparações" })).toBeVisible();
    await shoot(page, "pt-comparisons");
    await page.goto(overviewPath());
    await page.getByRole("link", { name: "O HubSpot recusou o e-mail" }).click();
    await expect(page.getByRole("button", { name: `Tentar de novo: Zeca ${run}` })).toBeVisible();
    await shoot(page, "pt-records-failing");
    await page.goto("/settings/profile");
    await page.getByRole("combobox", { name: "Idioma" }).selectOption("en");
    await expect(page.getByRole("heading", { level: 1, name: "Profile" })).toBeVisible();
    await page.goto(overviewPath());
  });

  await test.step("tried all again, what no longer needs to fail leaves the list", async () => {
    await mendUnnoticed("yara");
    await page.getByRole("button", { name: "Try all again" }).click();
    await expect(
      page.getByText("Tried again: 1 no longer failing, 1 still failing.", { exact: true }),
    ).toBeVisible({ timeout: 30_000 });
    await expect(page.locator('[data-status="failing"]')).toContainText(/^Failing1/);
    await mendUnnoticed("zeca");
    await page.locator('[data-status="failing"]').getByRole("link").click();
    await page.getByRole("button", { name: `Try again: Zeca ${run}` }).click();
    await expect(page.getByText(`Zeca ${run} is no longer failing.`)).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText("No record matches")).toBeVisible();
  });

  if (process.env.SHOTS_DIR) {
    await page.goto(`${process.env.E2E_SANDBOX_URL}/control`);
    await expect(page.getByLabel("Connection dropped")).toBeVisible();
    await shoot(page, "sandbox-control");
  }
});

/** HubSpot takes no address whose domain ends in a hyphen. */
async function addFailing(page: Page, first: string): Promise<void> {
  await addProspect(page, { first, last: run, email: `${first.toLowerCase()}@${run}-.com` });
  await expect(page.getByRole("region", { name: "HubSpot" }).getByText("Failing")).toBeVisible();
}

/** The cause is gone without anybody having changed the record through the product. */
async function mendUnnoticed(name: string): Promise<void> {
  await integration.db
    .update(prospectEmails)
    .set({ email: `${name}@${run}.example`, matchKey: `${name}@${run}.example` })
    .where(eq(prospectEmails.email, `${name}@${run}-.com`));
}

function overviewPath(): string {
  return `/settings/integrations/${integration.integrationId}`;
}
