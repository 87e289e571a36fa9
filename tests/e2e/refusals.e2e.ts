// What is refused, and what HubSpot takes away for a while: in words a person understands, and with nothing lost.
import { randomUUID } from "node:crypto";
import { expect, type Page, test } from "@playwright/test";
import { signUp } from "@/services/workspaces/sign-up";
import { type LaunchedIntegration, launchIntegrationIn } from "../support/launched-integration";
import { untilTrue } from "../support/until-true";
import { connectHubspot } from "./support/connect";
import { fillSignIn, signIn } from "./support/person";
import { shoot } from "./support/shots";
import { addProspect, editProspect } from "./support/workspace";

const account = { id: 24_000_002, name: "Blue Harbor Demo" };
const minuteMs = 60_000;

let integration: LaunchedIntegration;
test.beforeAll(async () => {
  integration = await launchIntegrationIn(JSON.parse(process.env.E2E_ENVIRONMENT ?? "{}"), {
    account: account.id,
  });
});
test.afterAll(async () => {
  await integration.sandbox.control("PUT", "/faults", {});
  await integration.close();
});

test("ten wrong passwords are refused in words, and then the right one too for a while", async ({ page }) => {
  const person = { email: `${randomUUID()}@refused.example`, password: randomUUID() };
  const more = { name: "Rui", workspaceName: "Rui", address: "127.0.0.1" };
  await signUp({ deps: integration.ctx, input: { ...person, ...more } });
  for (let attempt = 0; attempt < 10; attempt += 1) {
    await fillSignIn(page, { ...person, password: "not the password" });
    await expect(page.getByRole("alert").filter({ hasText: "." })).toHaveText(
      "The e-mail or the password is wrong. Check both and try again.",
    );
    await page.reload();
  }
  await fillSignIn(page, person);
  await expect(
    // Ten attempts take a while on a busy machine.
    page.getByRole("main").getByText(/^Too many attempts\. Wait 1[0-5] minutes and try again\.$/),
  ).toBeVisible();
  await page.goto("/prospects");
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fprospects$/);
});

test("without consent, and with an answer of HubSpot's that was used already, Integrations says why", async ({
  page,
}) => {
  await signIn(page, integration.signIn);
  await page.goto("/settings/integrations");
  await page.getByRole("link", { name: "Connect another account" }).click();
  await page.getByRole("link", { name: account.name }).click();
  const answer = page.waitForRequest(/\/api\/hubspot\/callback/);
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "HubSpot was not connected" })).toContainText(
    "You did not give the permission in HubSpot, so nothing was connected. Click Connect when you are ready.",
  );
  const accounts = page.getByRole("region", { name: "Your HubSpot accounts" });
  await expect(accounts.getByText("Active", { exact: true })).toBeVisible();

  await page.goto((await answer).url());
  await expect(page.getByRole("alert").filter({ hasText: "HubSpot was not connected" })).toContainText(
    "This connection link was already used or was started by someone else. Click Connect to start again.",
  );
});

test("another workspace's prospect is a page that could not be found", async ({ page }) => {
  await signIn(page, integration.signIn);
  const foreign = await integration.db.query.prospects.findFirst({
    where: (prospect, { ne }) => ne(prospect.workspaceId, integration.ctx.workspaceId),
  });
  await page.goto(`/prospects/${foreign?.id}`);
  await expect(page.getByRole("main").getByText("We could not find this page")).toBeVisible();
});

test("an e-mail HubSpot calls invalid leaves that prospect failing with the reason, until it is corrected", async ({
  page,
}) => {
  await signIn(page, integration.signIn);
  const [karla, lia] = [personNamed("Karla"), personNamed("Lia")];
  await addProspect(page, { ...karla, email: karla.email.replace(".example", "-.com") });
  const sync = page.getByRole("region", { name: "HubSpot" });
  await expect(sync.getByText("Failing")).toBeVisible();
  await expect(
    sync.getByText(/^Correct this e-mail address\. HubSpot refused it: .*is invalid/),
  ).toBeVisible();
  const failing = page.url();

  await addProspect(page, lia);
  await expect(sync.getByText("In sync")).toBeVisible();
  await page.goto(overviewPath());
  const reasons = page.getByRole("region", { name: "Failing" });
  await expect(reasons.getByText("HubSpot refused the e-mail address")).toBeVisible();
  await expect(reasons.getByText("Correct the address of the prospect.")).toBeVisible();

  await page.goto(failing);
  await editProspect(page, { "E-mail 1": karla.email });
  await expect(sync.getByText("In sync")).toBeVisible();
  await page.goto(overviewPath());
  await expect(page.getByRole("region", { name: "Failing" })).toBeHidden();
});

for (const [taken, how, told] of [
  ["revoke-tokens", "its access is revoked", "HubSpot no longer accepts our access."],
  // The next call is refused, or the journal tells of it before that.
  [
    "uninstall",
    "the app is uninstalled",
    /HubSpot no longer accepts our access\.|Someone uninstalled the app/,
  ],
] as const)
  test(`when ${how} the integration shows broken, and Reconnect brings what was edited meanwhile`, async ({
    page,
  }) => {
    await signIn(page, integration.signIn);
    const { prospectId, contactId } = await linkedPair();
    await integration.sandbox.control("POST", `/accounts/${account.id}/${taken}`);
    await page.goto(`/prospects/${prospectId}`);
    await editProspect(page, { "Job title": "While broken" });
    await integration.editContact(contactId, { city: "While broken" });

    await page.goto(overviewPath());
    await expect(page.getByRole("main").getByText("Broken", { exact: true })).toBeVisible();
    const alert = page.getByRole("alert").filter({ hasText: "The connection to HubSpot has ended" });
    await expect(alert).toContainText(told);
    await expect(alert).toContainText("Nothing is lost: changes made meanwhile are kept");
    await page.goto("/settings/integrations");
    const accounts = page.getByRole("region", { name: "Your HubSpot accounts" });
    await expect(accounts.getByText("Broken", { exact: true })).toBeVisible();
    await page.goto(overviewPath());
    await chooseAnotherAccount(page);
    await page.goto(overviewPath());
    await expect(page.getByRole("main").getByText("Broken", { exact: true })).toBeVisible();
    await connectHubspot(page, account.name, "Reconnect");

    await expect(page).toHaveURL(overviewPath());
    await expect(page.getByRole("main").getByText("Active", { exact: true })).toBeVisible();
    await untilTrue(async () => {
      const [contact, prospect] = [
        await integration.contact(contactId),
        await integration.prospect(prospectId),
      ];
      return contact.properties.jobtitle === "While broken" && prospect?.city === "While broken";
    }, 2 * minuteMs);
  });

test("while HubSpot is down the page says what waits, and afterwards all of it arrives once", async ({
  page,
}) => {
  await signIn(page, integration.signIn);
  const { prospectId, contactId } = await linkedPair();
  const mara = personNamed("Mara");
  await integration.sandbox.control("PUT", "/faults", { down: { ms: 10 * minuteMs, mode: "503" } });
  await page.goto(`/prospects/${prospectId}`);
  await editProspect(page, { "Job title": "While down" });
  await addProspect(page, mara);
  await integration.editContact(contactId, { city: "While down" });
  await expect(page.getByRole("region", { name: "HubSpot" }).getByText("Waiting")).toBeVisible();

  await page.goto(overviewPath());
  await expect(page.getByRole("main").getByText("Active", { exact: true })).toBeVisible();
  await expect(page.locator('[data-status="waiting"]')).not.toContainText(/^Waiting0/);
  await expect(page.getByRole("status").filter({ hasText: /looked at/ })).toBeVisible();
  await integration.sandbox.control("PUT", "/faults", {});

  await untilTrue(async () => {
    const [contact, prospect] = [
      await integration.contact(contactId),
      await integration.prospect(prospectId),
    ];
    return contact.properties.jobtitle === "While down" && prospect?.city === "While down";
  }, 2 * minuteMs);
  await untilTrue(async () => (await contactsWith(mara.email)) === 1, 2 * minuteMs);
  await page.reload();
  await expect(page.getByRole("main").getByText("Active", { exact: true })).toBeVisible();
  await expect(page.getByRole("region", { name: "Failing" })).toBeHidden();
  expect(await contactsWith(mara.email)).toBe(1);
});

function overviewPath(): string {
  return `/settings/integrations/${integration.integrationId}`;
}

function personNamed(first: string) {
  const unique = randomUUID().slice(0, 8);
  return { first, last: unique, email: `${first.toLowerCase()}@${unique}.example` };
}

/** In HubSpot's chooser, by mistake: the page says so, and nothing has changed. */
async function chooseAnotherAccount(page: Page): Promise<void> {
  const links = await integration.links();
  await page.getByRole("link", { name: "Reconnect", exact: true }).click();
  await page.getByRole("link", { name: "Northwind Sales" }).click();
  await page.getByRole("button", { name: "Connect app" }).click();
  const alert = page.getByRole("alert").filter({ hasText: "HubSpot was not connected" });
  await expect(alert).toContainText(
    /belongs to \S+ \(account 24000002\), but .* northwind-sales\.example \(account 24000001\)/,
  );
  await shoot(page, "other-account");
  const accounts = page.getByRole("region", { name: "Your HubSpot accounts" });
  await expect(accounts.getByRole("listitem")).toHaveCount(1);
  expect(await integration.links()).toEqual(links);
}

/** A contact and its prospect, in step. */
async function linkedPair(): Promise<{ prospectId: string; contactId: string }> {
  const { first, last, email } = personNamed("Nils");
  const contactId = await integration.addContact({ email, firstname: first, lastname: last });
  let prospectId: string | undefined;
  await untilTrue(async () => {
    prospectId = (await integration.links()).find((link) => link.contactId === contactId)?.prospectId;
    return prospectId !== undefined;
  });
  return { prospectId: prospectId ?? "", contactId };
}

async function contactsWith(email: string): Promise<number> {
  const path = `/accounts/${account.id}/contacts?query=${encodeURIComponent(email)}&limit=5`;
  return (await integration.sandbox.control<{ total: number }>("GET", path)).body.total;
}
