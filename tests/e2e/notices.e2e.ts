// Somebody is told: behind the bell while they are here, by e-mail while they are not.
import { randomUUID } from "node:crypto";
import { expect, type Page, test } from "@playwright/test";
import { and, desc, eq } from "drizzle-orm";
import { conflicts } from "@/db/schema/conflicts";
import { mails } from "@/db/schema/mails";
import { notices } from "@/db/schema/notices";
import type { NoticeKind } from "@/lib/notice-kinds";
import { type LaunchedIntegration, launchIntegrationIn } from "../support/launched-integration";
import { untilTrue } from "../support/until-true";
import { expectAccessibleEverywhere } from "./support/accessible";
import { connectHubspot } from "./support/connect";
import { signIn } from "./support/person";
import { shoot } from "./support/shots";
import { addProspect } from "./support/workspace";

const account = { id: 24_000_002, name: "Blue Harbor Demo" };
const run = randomUUID().slice(0, 8);
const minuteMs = 60_000;

let integration: LaunchedIntegration;
test.beforeAll(async () => {
  integration = await launchIntegrationIn(JSON.parse(process.env.E2E_ENVIRONMENT ?? "{}"), {
    account: account.id,
  });
});
test.afterAll(() => integration.close());

test("a person is told behind the bell what ended, goes to what helps, and chooses what comes by e-mail", async ({
  page,
}) => {
  await signIn(page, integration.signIn);
  const list = page.getByRole("region", { name: "Notices" });

  await test.step("nothing to tell", async () => {
    await page.goto("/notices");
    await expect(page.getByRole("main").getByText("Nothing to tell")).toBeVisible();
    await expectAccessibleEverywhere(page);
    await shoot(page, "notices-none");
  });

  await test.step("e-mails: each choice is kept, and a test arrives", async () => {
    await page.getByRole("main").getByRole("link", { name: "E-mail notices" }).click();
    const failing = page.getByRole("combobox", { name: "Records are failing" });
    await expect(failing).toHaveValue("daily");
    await failing.selectOption("At once");
    await expect(page.getByText("Saved", { exact: true })).toBeVisible();
    await page.reload();
    await expect(failing).toHaveValue("at_once");
    await page.getByRole("button", { name: "Send me a test e-mail" }).click();
    await expect(page.getByText(`It should reach ${integration.signIn.email} within moments`)).toBeVisible();
    await expectAccessibleEverywhere(page);
    await shoot(page, "notice-settings");
  });

  await test.step("a connection that ends is told on the page that is open", async () => {
    await page.goto("/lists");
    await expect(bell(page)).toHaveAccessibleName("Notices");
    await integration.sandbox.control("POST", `/accounts/${account.id}/revoke-tokens`);
    await integration.addContact({ email: `nina@${run}.example`, firstname: "Nina" });
    await expect(bell(page)).toHaveAccessibleName("Notices, 1 unread", { timeout: 90_000 });
    await shoot(page, "bell");
    await bell(page).focus();
    await page.keyboard.press("Enter");
    await expect(list.getByText(`The connection to ${await accountName()} has ended`)).toBeVisible();
    await expectAccessibleEverywhere(page);
    await shoot(page, "notices-broken");
  });

  await test.step("whoever goes to what helps has read it, and once mended it is over", async () => {
    await list.getByRole("link", { name: /^See the connection/ }).click();
    await expect(page.getByRole("alert").filter({ hasText: "has ended" })).toBeVisible();
    await expect(bell(page)).toHaveAccessibleName("Notices");
    await connectHubspot(page, account.name, "Reconnect");
    await expect(page.getByRole("main").getByText("Active", { exact: true })).toBeVisible();
    await bell(page).click();
    await expect(list.getByText("Over", { exact: true })).toBeVisible();
    await expect(list.getByRole("link", { name: /^See the connection/ })).toBeHidden();
  });

  await test.step("with the page closed an e-mail tells of failing records, and its link leads to them", async () => {
    await addProspect(page, { first: "Otto", last: run, email: `otto@${run}-.com` });
    await expect(page.getByRole("region", { name: "HubSpot" }).getByText("Failing")).toBeVisible();
    await page.goto("about:blank");
    await untilTrue(async () => (await mailOf("records_failing"))?.state === "sent", 3 * minuteMs);
    await page.goto(`/api/notices/${(await noticeOf("records_failing"))?.id}/open`);
    await expect(page).toHaveURL(
      `/settings/integrations/${integration.integrationId}/records?status=failing`,
    );
    await expect(bell(page)).toHaveAccessibleName("Notices");
  });

  await test.step("in Portuguese, and all read at once", async () => {
    await conflictWaits();
    await expect(bell(page)).toHaveAccessibleName("Notices, 1 unread", { timeout: 90_000 });
    await page.goto("/settings/profile");
    await page.getByRole("combobox", { name: "Language" }).selectOption("pt-BR");
    await expect(page.getByRole("heading", { level: 1, name: "Perfil" })).toBeVisible();
    await page.goto("/notices");
    const avisos = page.getByRole("region", { name: "Avisos" });
    await expect(avisos.getByText(/^1 conflito com .* está esperando$/)).toBeVisible();
    await expect(avisos.getByText(/^1 registro de .* está falhando$/)).toBeVisible();
    await expect(avisos.getByText("Novo", { exact: true })).toBeVisible();
    await shoot(page, "pt-notices");
    await page.getByRole("button", { name: "Marcar tudo como lido" }).click();
    await expect(avisos.getByText("Novo", { exact: true })).toBeHidden();
    await page.getByRole("main").getByRole("link", { name: "Avisos por e-mail" }).click();
    await expect(page.getByRole("combobox", { name: "Registros estão falhando" })).toBeVisible();
    await shoot(page, "pt-notice-settings");
  });
});

const bell = (page: Page) => page.getByRole("link", { name: /^Notices(,|$)/ });

async function accountName(): Promise<string> {
  const { connectionId } =
    (await integration.db.query.integrations.findFirst({
      where: (row, is) => is.eq(row.id, integration.integrationId),
    })) ?? {};
  const connection = await integration.db.query.connections.findFirst({
    where: (row, is) => is.eq(row.id, connectionId ?? ""),
  });
  return connection?.accountName ?? "";
}

async function noticeOf(kind: NoticeKind) {
  const [notice] = await integration.db
    .select()
    .from(notices)
    .where(and(eq(notices.integrationId, integration.integrationId), eq(notices.kind, kind)))
    .orderBy(desc(notices.raisedAt));
  return notice;
}

async function mailOf(kind: NoticeKind) {
  const notice = await noticeOf(kind);
  const [mail] = await integration.db
    .select()
    .from(mails)
    .where(eq(mails.key, `notice:${notice?.id}:${integration.ctx.userId}`));
  return mail;
}

/** Of a record that no page looks at. */
async function conflictWaits(): Promise<void> {
  const { integrationId } = integration;
  await integration.db.insert(conflicts).values({ integrationId, side: "snov", recordId: randomUUID() });
}
