// Whether HubSpot contacts carry the id of their prospect: switched in the settings, with the reason where it cannot be.
import { expect, test } from "@playwright/test";
import { eq } from "drizzle-orm";
import { integrations } from "@/db/schema/integrations";
import { contactMark } from "@/sync/contact-mark";
import { type LaunchedIntegration, launchIntegrationIn } from "../support/launched-integration";
import { expectAccessible } from "./support/accessible";
import { signIn } from "./support/person";
import { shoot } from "./support/shots";

const account = 24_000_002;
let integration: LaunchedIntegration;
test.beforeAll(async () => {
  integration = await launchIntegrationIn(JSON.parse(process.env.E2E_ENVIRONMENT ?? "{}"), { account });
});
test.afterAll(() => integration.close());

test("a person lets contacts carry the ids of their prospects, and reads why where HubSpot does not let them", async ({
  page,
}) => {
  const archive = (archived: boolean) =>
    integration.sandbox.control("PATCH", `/accounts/${account}/properties/${contactMark.name}`, { archived });
  await signIn(page, integration.signIn);
  await page.goto(`/settings/integrations/${integration.integrationId}/settings`);
  const choice = page.getByRole("switch", { name: "Write the prospect’s id to HubSpot contacts" });
  await expect(choice).not.toBeChecked();
  await expect(choice).toHaveAccessibleDescription(/is written only along with other changes/);

  await test.step("it is switched on and off with the keyboard, and stays so", async () => {
    await choice.focus();
    await page.keyboard.press("Space");
    await expect(choice).toBeEnabled();
    await expect(choice).toBeChecked();
    await page.reload();
    await expect(choice).toBeChecked();
    expect(await isOn()).toBe(true);
    await shoot(page, "contact-marks");
    await choice.click();
    await expect(choice).toBeEnabled();
    await expect(choice).not.toBeChecked();
  });

  await test.step("it stays off where the property is archived, which is said beside it", async () => {
    await archive(true);
    await choice.click();
    await expect(choice).toHaveAccessibleDescription(/is archived in HubSpot\. Restore it there/);
    await expect(choice).not.toBeChecked();
    expect(await isOn()).toBe(false);
    for (const scheme of ["light", "dark"] as const) await expectAccessible(page, scheme);
    await shoot(page, "contact-marks-archived");
    await archive(false);
  });
});

async function isOn(): Promise<boolean | undefined> {
  const own = eq(integrations.id, integration.integrationId);
  const [row] = await integration.db.select({ on: integrations.marksContacts }).from(integrations).where(own);
  return row?.on;
}
