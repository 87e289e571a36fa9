import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { type RunningSandbox, startSandbox } from "../../sandbox/hubspot/start-sandbox";

const app = { clientId: "test-client", clientSecret: "test-secret", appId: 4711 };
const account = "/sandbox/api/accounts/24000001/contacts";
let sandbox: RunningSandbox;
let dataDir: string;

test.beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "sandbox-"));
  sandbox = await startSandbox({ ...app, dataDir, seed: "demo" });
});
test.afterEach(async () => {
  await sandbox.close();
  rmSync(dataDir, { recursive: true, force: true });
});

test("a person creates, finds, edits, deletes and restores a contact", async ({ page }) => {
  await page.goto(sandbox.url);
  await page.getByRole("button", { name: "Create contact" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("First name").fill("Iara");
  await dialog.getByLabel("Email", { exact: true }).fill("not an address");
  await dialog.getByRole("button", { name: "Create contact" }).click();
  await expect(dialog.getByRole("alert")).toHaveText("Email address not an address is invalid");
  await dialog.getByLabel("Email", { exact: true }).fill("iara@page.example");
  await dialog.getByLabel("Automation").check();
  await dialog.getByRole("button", { name: "Create contact" }).click();

  // While a dialog is open nothing behind it can be typed into.
  await expect(dialog).toBeHidden();
  await page.getByRole("searchbox").fill("iara@page");
  await expect(page.locator("tbody tr")).toHaveCount(1);
  await page.getByRole("button", { name: "Iara" }).press("Enter");
  await expect(dialog.getByLabel("Automation")).toBeChecked();
  await dialog.getByLabel("Job title").fill("Pilot");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("cell", { name: "Pilot" })).toHaveClass("flash");

  await page.getByRole("button", { name: "Iara" }).click();
  await dialog.getByRole("button", { name: "Delete contact" }).click();
  await expect(page.getByText("No contact matches this search.")).toBeVisible();
  await page.getByRole("button", { name: "Recycle bin" }).click();
  await page.getByRole("button", { name: "Iara" }).click();
  await dialog.getByRole("button", { name: "Restore" }).click();
  await page.getByRole("button", { name: "Contacts", exact: true }).click();
  await expect(page.getByRole("button", { name: "Iara" })).toBeVisible();
});

test("two contacts are merged, and a property is created", async ({ page }) => {
  await page.goto(`${sandbox.url}/accounts/24000002/contacts`);
  await expect(page.getByRole("link", { name: "Blue Harbor Demo" })).toHaveAttribute("aria-current", "page");
  await expect(page.getByText("1–25 of 25")).toBeVisible();
  await page.getByRole("checkbox").nth(0).check();
  await page.getByRole("checkbox").nth(1).check();
  await page.getByRole("button", { name: "Merge" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Merge" }).click();
  await expect(page.getByText("1–24 of 24")).toBeVisible();

  await page.getByRole("button", { name: "Create property" }).click();
  await page.getByLabel("Label").fill("Favourite colour");
  await page.getByLabel("Type").selectOption("Single choice");
  await page.getByLabel("Choices, one a line").fill("Red\nBlue");
  await page.getByRole("dialog").getByRole("button", { name: "Create property" }).click();
  await page.getByRole("button", { name: "Create contact" }).click();
  await page.getByLabel("Favourite colour").selectOption("Blue");
});

test("a change that comes from elsewhere shows and flashes", async ({ page }) => {
  await page.goto(sandbox.url);
  const first = page.locator("tbody tr").first();
  await expect(first).toBeVisible();
  const { results } = await (await page.request.get(`${sandbox.url}${account}?limit=1`)).json();
  await page.request.patch(`${sandbox.url}${account}/${results[0].id}`, {
    data: { properties: { company: "Elsewhere" } },
  });
  await expect(first.getByRole("cell", { name: "Elsewhere" })).toHaveClass("flash");
});

test("a person makes trouble for an app, changes a property, loads contacts and ends the trouble", async ({
  page,
}) => {
  const ask = async <T>(path: string): Promise<T> =>
    (await page.request.get(`${sandbox.url}/sandbox/api${path}`)).json();
  const faults = async () => (await ask<{ faults: { shares?: { drop?: number } } }>("/state")).faults;
  await page.goto(sandbox.url);
  await page.getByRole("link", { name: "Limits and faults" }).click();
  await page.getByLabel("Connection dropped").fill("25");
  await page.getByLabel("Connection dropped").press("Tab");
  await expect(page.getByText("Saved.")).toBeVisible();
  expect((await faults()).shares?.drop).toBe(0.25);
  await page.getByRole("button", { name: "End all faults" }).click();
  await expect(page.getByLabel("Connection dropped")).toHaveValue("");
  expect((await faults()).shares).toBeUndefined();

  await page.getByLabel("How many").fill("3");
  await page.getByLabel("How many").press("Tab");
  await page.getByLabel("In the words of").selectOption("the limit of the day (429)");
  await expect.poll(faults).toMatchObject({ failNext: { count: 3, policyName: "DAILY" } });
  await page.getByRole("button", { name: "End all faults" }).click();

  await page.getByLabel("Property", { exact: true }).selectOption("Interests");
  await page.getByLabel("Options, one a line").fill("training = Training\nfairs = Fairs");
  await page.getByRole("button", { name: "Change the property" }).click();
  await expect(page.getByText("The property “Interests” was changed.")).toBeVisible();
  const { results } = await ask<{ results: { name: string; options: { value: string }[] }[] }>(
    "/accounts/24000001/properties",
  );
  const interests = results.find(({ name }) => name === "interests");
  expect(interests?.options.map(({ value }) => value)).toEqual(["training", "fairs"]);

  await page.getByLabel("Made-up contacts").fill("600");
  await page.getByRole("button", { name: "Load contacts" }).click();
  await expect(page.getByText("The account has 1,000 contacts now.")).toBeVisible();
  await page.getByRole("button", { name: "+1 day" }).click();
  await expect(page.getByText("24 h ahead")).toBeVisible();
});

test("an administrator takes a permission back from a connected app, and gives it again", async ({
  page,
}) => {
  const permission = "crm.objects.contacts.write";
  const consent = { redirect_uri: "http://localhost/callback", state: "s", decision: "connect" };
  const scope = `oauth crm.objects.contacts.read ${permission}`;
  const form = { ...consent, client_id: app.clientId, scope };
  const agreed = await page.request.post(`${sandbox.url}/oauth/24000001/authorize`, {
    form,
    maxRedirects: 0,
  });
  const code = new URL(agreed.headers().location ?? "").searchParams.get("code") ?? "";
  const secrets = { client_id: app.clientId, client_secret: app.clientSecret };
  await page.request.post(`${sandbox.url}/oauth/2026-03/token`, {
    form: { ...secrets, grant_type: "authorization_code", redirect_uri: consent.redirect_uri, code },
  });
  const given = async () => {
    const state = await (await page.request.get(`${sandbox.url}/sandbox/api/state`)).json();
    return state.accounts[0].installed.scopes;
  };
  await page.goto(`${sandbox.url}/control`);
  await page.getByRole("combobox", { name: "Permission" }).first().selectOption(permission);
  await page.getByRole("button", { name: "Take it back" }).first().click();
  await expect(page.getByText(`Northwind Sales: ${permission} was taken back.`)).toBeVisible();
  expect(await given()).toEqual(["oauth", "crm.objects.contacts.read"]);
  await expect(page.getByRole("option", { name: `${permission} (not given)` })).toBeAttached();
  await page.getByRole("button", { name: "Give it again" }).first().click();
  await expect(page.getByText(`${permission} was given again.`)).toBeVisible();
  expect(await given()).toContain(permission);
});
