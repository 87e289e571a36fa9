// What existed before launch is brought over: seen first, then done, stopped, gone on with and tried again by a person.
import { expect, test } from "@playwright/test";
import { and, eq } from "drizzle-orm";
import { integrations } from "@/db/schema/integrations";
import { prospects } from "@/db/schema/prospects";
import { untilTrue } from "../support/until-true";
import { signUp } from "./support/person";
import { shoot } from "./support/shots";
import { figure, launchForTransfer, lookInPortuguese, state } from "./support/transfer-pages";
import { openTransferWorld, type TransferWorld } from "./support/transfer-world";
import { editProspect } from "./support/workspace";

const account = { id: 24_000_002, name: "Blue Harbor Demo" };
const run = Date.now().toString(36);
const person = `Tess ${run}`;

let world: TransferWorld;
test.afterAll(async () => {
  await world?.slow(0);
  await world?.close();
});

test("existing records are previewed, transferred, paused, cancelled and retried", async ({ page }) => {
  await test.step("prospects and contacts exist before launch", async () => {
    await signUp(page, person);
    world = await openTransferWorld({ person, account: account.id, run });
    await world.furnish();
  });
  await test.step("launching ends at the transfer, and Not now leads to the last step, and back", () =>
    launchForTransfer(page, account.name));
  const overview = page.url();
  const transfers = `${overview}/transfers`;

  const partners = world.partners.toLocaleString("en");
  await test.step("a transfer of one list is paused, seen where the list would be deleted, and cancelled", async () => {
    await page.getByRole("link", { name: "Transfers" }).click();
    await expect(page.getByText("No transfer yet")).toBeVisible();
    await shoot(page, "transfers-empty");
    await page.getByRole("link", { name: "New transfer" }).click();
    await page.getByRole("checkbox", { name: "From HubSpot to Snov.io" }).uncheck();
    await page.getByRole("radio", { name: "Only prospects in these lists" }).check();
    await page.getByRole("button", { name: "Show what would happen" }).click();
    await expect(page.getByRole("main").getByText("Choose at least one list")).toBeVisible();
    await page.getByRole("combobox", { name: "Lists to send" }).click();
    await page.getByRole("option", { name: "Partners" }).click();
    await page.keyboard.press("Escape");
    await shoot(page, "new-transfer-of-a-list");
    await page.getByRole("button", { name: "Show what would happen" }).click();
    await expect(state(page, "Preview ready")).toBeVisible({ timeout: 60_000 });
    await world.slow(10_000);
    await page.getByRole("button", { name: `Transfer ${partners} records` }).click();
    await expect(figure(page, "created")).not.toHaveText("0", { timeout: 60_000 });
    await page.getByRole("button", { name: "Pause" }).click();
    await expect(state(page, "Paused")).toBeVisible();
    const cancelled = page.url();

    await page.goto("/lists");
    await page.getByRole("button", { name: "Delete Partners" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByText("We recommend waiting until it has finished.")).toBeVisible();
    await expect(dialog.getByText(new RegExp(`of ${partners} records done`))).toBeVisible();
    await shoot(page, "list-in-transfer");
    await dialog.getByRole("button", { name: "Wait" }).click();
    await page.getByRole("button", { name: "Delete From HubSpot" }).click();
    await expect(page.getByRole("dialog").getByText("arrive in this list")).toBeVisible();
    await shoot(page, "list-receives");

    await page.goto(cancelled);
    await page.getByRole("button", { name: "Cancel transfer" }).click();
    await shoot(page, "cancel-transfer");
    await page.getByRole("dialog").getByRole("button", { name: "Cancel transfer" }).click();
    await expect(state(page, "Cancelled")).toBeVisible();
    await expect(page.getByRole("link", { name: "Next: conflicts" })).toBeVisible();
    await expect(
      page.getByText(new RegExp(`^It ended on .+, after [1-9][\\d,]* of ${partners} records`)),
    ).toBeVisible();
    await shoot(page, "cancelled");
    await world.slow(0);
  });

  await test.step("everything is previewed, while the person is away", async () => {
    await world.slow(700);
    await page.goto(`${transfers}/new`);
    await page.getByRole("button", { name: "Show what would happen" }).click();
    await expect(page.getByText(/records? looked at so far/)).toBeVisible();
    await shoot(page, "previewing");
    const preview = page.url();
    await page.goto("/prospects");
    await world.slow(0);
    await page.goto(preview);
    await expect(state(page, "Preview ready")).toBeVisible({ timeout: 60_000 });
    await expect(figure(page, "conflict")).toHaveText("1");
    await expect(page.getByRole("region", { name: "Left out, and why" })).toContainText("No e-mail address");
    await page.getByRole("combobox", { name: "Which records" }).click();
    await page.getByRole("option", { name: "Is updated" }).click();
    const bea = page.getByRole("listitem").filter({ hasText: "Bea Updated" });
    await expect(bea.getByRole("row", { name: "City" })).toContainText("Porto");
    await shoot(page, "previewed");
    await page.getByRole("searchbox", { name: "Name or e-mail" }).fill("Ada");
    await page.getByRole("combobox", { name: "Which records" }).click();
    await page.getByRole("option", { name: "In conflict" }).click();
    const ada = page.getByRole("listitem").filter({ hasText: "Ada" });
    await expect(ada.getByText("Nothing in those fields is overwritten.")).toBeVisible();
    await expect(ada.getByRole("row").filter({ hasText: "in Snov.io" })).toContainText("Stays");
    await expect(ada.getByRole("row").filter({ hasText: "in HubSpot" })).toContainText("Stays");
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download what was found as CSV" }).click();
    expect((await download).suggestedFilename()).toMatch(/^transfer-.*\.csv$/);
  });

  await test.step("it runs, pauses, resumes and finishes", async () => {
    // Once HubSpot is slow for long, most of what is left is under way at once: it is not to be done before somebody pauses.
    await world.slow(10_000);
    await page.getByRole("button", { name: /^Transfer [\d,]+ records$/ }).click();
    await expect(state(page, "Running")).toBeVisible();
    await expect(figure(page, "created")).not.toHaveText("0", { timeout: 60_000 });
    await shoot(page, "running");
    await page.getByRole("button", { name: "Pause" }).click();
    await expect(state(page, "Paused")).toBeVisible();
    await shoot(page, "paused");
    await page.reload();
    await expect(page.getByRole("progressbar", { name: "Progress" })).not.toHaveAttribute(
      "aria-valuenow",
      "100",
    );
    await world.slow(0);
    await page.getByRole("button", { name: "Resume" }).click();
    await expect(state(page, "Finished")).toBeVisible({ timeout: 60_000 });
    await expect(figure(page, "failing")).toHaveText("1");
    await expect(
      page.getByText(/^Correct this e-mail address\. HubSpot refused it: .*is invalid/),
    ).toBeVisible();
    await expect(page.getByRole("link", { name: "Download failures as CSV" })).toBeVisible();
    await shoot(page, "finished");
  });

  await test.step("a failure that was corrected is tried again", async () => {
    const finished = page.url();
    await page.getByRole("link", { name: "Fay Failing" }).click();
    await editProspect(page, { "E-mail 1": `fay@${run}.example` });
    await page.goto(finished);
    await page.getByRole("button", { name: "Retry 1 failed record" }).click();
    await expect(figure(page, "failing")).toHaveText("0", { timeout: 30_000 });
    await expect(state(page, "Finished")).toBeVisible();
    await untilTrue(async () => (await world.contactsWith(`fay@${run}.example`)) === 1);
  });

  await test.step("what would go beyond the preview stops it, and a person decides", async () => {
    await world.db
      .update(integrations)
      .set({ policy: "snov_wins" })
      .where(eq(integrations.id, await world.integrationId()));
    await quietly("Cleo", "Chair");
    await page.goto(`${transfers}/new`);
    await page.getByRole("checkbox", { name: "From HubSpot to Snov.io" }).uncheck();
    await page.getByRole("button", { name: "Show what would happen" }).click();
    const cleo = page
      .getByRole("region", { name: "Values that are replaced" })
      .getByRole("listitem")
      .filter({ hasText: "Cleo Equal" });
    await expect(cleo.getByRole("row", { name: "Job title" })).toContainText("Chair", {
      timeout: 60_000,
    });
    await shoot(page, "previewed-overwrites");
    await quietly("Ada", "Founder");
    await page.getByRole("button", { name: /^Transfer/ }).click();
    const decision = page.getByRole("region", { name: "A decision is needed" });
    await expect(decision.getByRole("row", { name: "Job title" })).toContainText("Founder", {
      timeout: 30_000,
    });
    await shoot(page, "asking");
    await decision.getByRole("button", { name: "Do it as shown now" }).click();
    await expect(state(page, "Finished")).toBeVisible({ timeout: 30_000 });
    await page.goto(transfers);
    await expect(page.getByRole("row")).toHaveCount(4);
    await shoot(page, "transfers");
    await page.goto(overview);
    await expect(page.getByRole("region", { name: "Last changes" })).toContainText("let a transfer go on");
  });

  await test.step("a transfer is undone: seen first, then put back", async () => {
    await page.goto(transfers);
    await page.getByRole("row").nth(1).getByRole("link").click();
    const undo = page.getByRole("button", { name: "Undo this transfer" });
    await expect(undo).toBeVisible();
    const asked = page.url();
    await undo.click();
    await expect(page.getByRole("heading", { level: 1, name: "Preview of an undo" })).toBeVisible();
    await expect(state(page, "Preview ready")).toBeVisible({ timeout: 60_000 });
    await expect(figure(page, "putBack")).toHaveText("2");
    const cleo = page.getByRole("listitem").filter({ hasText: "Cleo Equal" });
    await expect(cleo.getByRole("row", { name: "Job title" })).toContainText("Lead");
    await shoot(page, "undo-previewed");
    await page.getByRole("button", { name: "Undo 2 records" }).click();
    await shoot(page, "undo-confirm");
    await page.getByRole("dialog").getByRole("button", { name: "Undo transfer" }).click();
    await expect(state(page, "Finished")).toBeVisible({ timeout: 30_000 });
    await expect(figure(page, "put_back")).toHaveText("2");
    await shoot(page, "undone");
    expect(await world.jobTitleOf("Cleo")).toBe("Lead");
    await page.goto(asked);
    await expect(page.getByText("An undo of this transfer has run.").filter({ visible: true })).toBeVisible();
    await expect(undo).toHaveCount(0);
  });

  await test.step("a cancelled one is undone too: what it had created goes to the recycle bin", async () => {
    await page.goto(transfers);
    await expect(page.getByRole("row")).toHaveCount(5);
    await page.getByRole("row").nth(4).getByRole("link").click();
    await page.getByRole("button", { name: "Undo this transfer" }).click();
    await expect(state(page, "Preview ready")).toBeVisible({ timeout: 60_000 });
    await expect(figure(page, "takeBackHubspot")).toHaveText(/^[1-9][\d,]*$/);
    await page.getByRole("button", { name: /^Undo [\d,]+ records$/ }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Undo transfer" }).click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.goto("/prospects");
    const notice = page.getByRole("alert").filter({ hasText: "The undo with" });
    await expect(notice).toBeVisible({ timeout: 90_000 });
    await shoot(page, "transfer-notice");
    await page.getByRole("link", { name: /^Notices, \d+ unread$/ }).click();
    const told = page
      .getByRole("region", { name: "Notices" })
      .getByRole("listitem", { name: /^The undo with .+ has finished$/ })
      .first();
    await expect(told.getByText("New", { exact: true })).toBeVisible();
    await shoot(page, "transfer-behind-the-bell");
    await notice.getByRole("link", { name: "See what became of them" }).click();
    await expect(state(page, "Finished")).toBeVisible();
    await expect(notice).toHaveCount(0);
    await expect(figure(page, "taken_back")).toHaveText(/^[1-9][\d,]*$/);
    await page.goto(overview);
    await expect(page.getByRole("region", { name: "Last changes" })).toContainText(
      `by ${person} undoing a transfer`,
    );
  });

  await test.step("in Portuguese", () => lookInPortuguese(page, transfers));
});

/** A change that nobody told the integration of. */
async function quietly(firstName: string, jobTitle: string) {
  await world.db
    .update(prospects)
    .set({ jobTitle })
    .where(and(eq(prospects.workspaceId, world.workspaceId), eq(prospects.firstName, firstName)));
}
