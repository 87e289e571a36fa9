// The queue of conflicts is emptied without a mouse, by every key that the page says it knows.
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
import { expectAccessible } from "./support/accessible";
import { signIn } from "./support/person";
import { shoot } from "./support/shots";

const account = 24_000_002;
const run = Date.now().toString(36);
const names = ["Ann", "Ben", "Cal", "Dot"];
const shownAs: Record<string, string> = { ArrowDown: "↓", ArrowUp: "↑" };
let world: LaunchedIntegration;
let pairOf: (name: string) => Pair;
test.afterAll(() => world?.close());

test("conflicts are found, looked at, decided and taken back by keys alone", async ({ page }) => {
  world = await launchIntegrationIn(JSON.parse(process.env.E2E_ENVIRONMENT ?? "{}"), { account });
  await test.step("four records are changed on both sides at once", quarrel);
  await signIn(page, world.signIn);
  await page.goto(`/settings/integrations/${world.integrationId}/conflicts`);
  await expect(row(page, "Ann")).toBeVisible();
  const entries = page.getByRole("listitem", { name: ", Job title" });
  const pressed = new Set<string>();
  const press = async (key: string) => {
    pressed.add(shownAs[key] ?? key.toUpperCase());
    await page.keyboard.press(key);
  };
  const documented = await test.step("the page says which keys it knows, wherever the focus is", async () => {
    await press("?");
    const dialog = page.getByRole("dialog", { name: "Keyboard" });
    await expect(dialog).toBeVisible();
    await expectAccessible(page, "light");
    await shoot(page, "keys");
    const keys = await dialog.locator("kbd").allTextContents();
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    return keys;
  });

  await test.step("none decides anything before a conflict has the focus", async () => {
    for (const key of ["1", "2"]) await page.keyboard.press(key);
    await tabTo(page, "li:focus");
    expect((await openConflicts(world)).every(({ resolution }) => resolution === null)).toBe(true);
  });

  await test.step("J, K and the arrows move, and stop at either end", async () => {
    for (let times = 0; times < names.length; times += 1) await press("k");
    await expect(entries.first()).toBeFocused();
    await press("j");
    await expect(entries.nth(1)).toBeFocused();
    await expect(entries.nth(1)).toHaveAttribute("aria-current", "true");
    await press("ArrowDown");
    await expect(entries.nth(2)).toBeFocused();
    await press("ArrowUp");
    await expect(entries.nth(1)).toBeFocused();
    await press("k");
    await expect(entries.first()).toBeFocused();
  });

  await test.step("D shows the details and takes them away", async () => {
    await moveTo(page, "Ann");
    await press("d");
    await expect(row(page, "Ann").getByText("What each setting would do")).toBeVisible();
    await press("d");
    await expect(row(page, "Ann").getByText("What each setting would do")).toBeHidden();
  });

  await test.step("X selects, and takes the selection back", async () => {
    await press("x");
    await expect(row(page, "Ann").getByRole("checkbox")).toBeChecked();
    await expect(page.getByRole("region", { name: "Selected conflicts" })).toContainText("1 selected");
    await press("x");
    await expect(row(page, "Ann").getByRole("checkbox")).not.toBeChecked();
  });

  await test.step("1 takes Snov.io’s value, and U takes that back", async () => {
    await press("1");
    await expect(row(page, "Ann")).toBeHidden({ timeout: 30_000 });
    await untilTitled("Ann", "Lead in Snov", "Lead in Snov");
    await expect(page.locator("li:focus")).toHaveCount(1);
    await press("u");
    await expect(page.getByText("The choice is being taken back.")).toBeVisible();
    await expect(row(page, "Ann")).toBeVisible({ timeout: 30_000 });
    await untilTitled("Ann", "Lead in Snov", "Lead in HubSpot");
  });

  await test.step("2 takes HubSpot’s value", async () => {
    await moveTo(page, "Ben");
    await press("2");
    await expect(row(page, "Ben")).toBeHidden({ timeout: 30_000 });
    await untilTitled("Ben", "Lead in HubSpot", "Lead in HubSpot");
  });

  await test.step("E types another value, in which no key decides anything", async () => {
    await moveTo(page, "Cal");
    await press("e");
    await expect(page.getByRole("textbox", { name: /^Value for both sides: Cal/ })).toBeFocused();
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.type("1 Lead, jxed?");
    await page.keyboard.press("Enter");
    await expect(row(page, "Cal")).toBeHidden({ timeout: 30_000 });
    await untilTitled("Cal", "1 Lead, jxed?", "1 Lead, jxed?");
  });

  await test.step("M reaches further, and the rest is decided from its menu and its dialog", async () => {
    await moveTo(page, "Dot");
    await press("m");
    await expect(page.getByRole("menuitem", { name: "All fields of this record" })).toBeFocused();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog").getByText("2 conflicts would be decided:")).toBeVisible();
    await tabTo(page, "[role=dialog] button:focus", "Take Snov.io’s for all");
    await page.keyboard.press("Enter");
    await expect(page.getByText("Nothing to decide")).toBeVisible({ timeout: 40_000 });
    for (const name of ["Ann", "Dot"]) await untilTitled(name, "Lead in Snov", "Lead in Snov");
  });

  expect([...pressed].sort()).toEqual([...documented].sort());
});

async function quarrel() {
  pairOf = await addPairs(world, names, `${run}.example`);
  await whilePaused(world, () => quarrelAbout(world, names.map(pairOf)));
  await untilTrue(async () => (await openConflicts(world)).length === names.length);
}

function untilTitled(name: string, ...titles: [snov: string, hubspot: string]) {
  return untilTrue(async () => (await titlesOf(world, pairOf(name))).join() === titles.join());
}

async function tabTo(page: Page, selector: string, words = "") {
  for (let times = 0; times < 60; times += 1) {
    await page.keyboard.press("Tab");
    if (await page.locator(selector).filter({ hasText: words }).count()) return;
  }
  throw new Error(`Tab does not reach ${selector} ${words}`);
}

/** From anywhere in the queue, by keys that have been shown to move. */
async function moveTo(page: Page, name: string) {
  for (const key of [...names.map(() => "k"), "", ...names.map(() => "j")]) {
    if (await row(page, name).evaluate((entry) => entry === document.activeElement)) return;
    if (key) await page.keyboard.press(key);
  }
  await expect(row(page, name)).toBeFocused();
}

function row(page: Page, name: string) {
  return page.getByRole("listitem", { name: `${name}, Job title`, exact: true });
}
