// What keeps an integration from its work is said on its page and beside its settings: which trouble it is, and what to do.
import { expect, type Page, test } from "@playwright/test";
import { eq } from "drizzle-orm";
import { connections } from "@/db/schema/connections";
import { integrations } from "@/db/schema/integrations";
import { untoldChanges } from "@/db/schema/journal";
import type { SourceFaultKind } from "@/db/schema/source-fault";
import { type LaunchedIntegration, launchIntegrationIn } from "../support/launched-integration";
import { expectAccessible } from "./support/accessible";
import { signIn } from "./support/person";
import { shoot } from "./support/shots";

let integration: LaunchedIntegration;
let connectionId: string;
test.beforeAll(async () => {
  integration = await launchIntegrationIn(JSON.parse(process.env.E2E_ENVIRONMENT ?? "{}"), {
    account: 24_000_002,
  });
  const [row] = await integration.db.select().from(integrations).where(own());
  connectionId = row?.connectionId ?? "";
});
test.afterAll(() => integration.close());

test("a person reads which trouble it is, and what to do", async ({ page }) => {
  await signIn(page, integration.signIn);
  const alert = (title: string) => page.getByRole("alert").filter({ hasText: title });

  await test.step("HubSpot moves the account while webhooks do not come and a property takes nothing", async () => {
    await failing("moving");
    await losing(4);
    await stopExtras(true);
    await page.goto(overviewPath());
    await expect(alert("HubSpot cannot be searched for changes")).toContainText(
      /moving this account to another data center.* First noticed .* ago\. There is nothing to do/,
    );
    await expect(alert("HubSpot’s webhooks do not seem to reach us")).toContainText(
      "4 changes were found only by other ways",
    );
    await expect(alert("Contacts are not given all that was chosen")).toBeVisible();
    for (const scheme of ["light", "dark"] as const) await expectAccessible(page, scheme);
    await failing("moving");
    await shoot(page, "alerts-overview");
    await page.goto(`${overviewPath()}/settings`);
    await expect(alert("Contacts are not given all that was chosen")).toBeVisible();
    await shoot(page, "alerts-settings");
    await stopExtras(false);
  });

  await test.step("wrong credentials of the app are told once, and nobody is asked to reconnect", async () => {
    await integration.db
      .update(connections)
      .set({ refreshFault: { kind: "credentials", code: "BAD_CLIENT_SECRET", at: new Date().toISOString() } })
      .where(eq(connections.id, connectionId));
    await failing("app_refused");
    await page.goto(overviewPath());
    await expect(alert("The app cannot renew its access to HubSpot")).toContainText("HUBSPOT_CLIENT_SECRET");
    await expect(alert("HubSpot cannot be searched for changes")).toBeHidden();
    await expect(page.getByRole("link", { name: "Reconnect" })).toBeHidden();
    await shoot(page, "alerts-credentials");
    await integration.db
      .update(connections)
      .set({ refreshFault: null })
      .where(eq(connections.id, connectionId));
  });

  await test.step("an app that was uninstalled is told from one whose access was revoked", async () => {
    await integration.db
      .update(connections)
      .set({ brokenReason: "uninstalled" })
      .where(eq(connections.id, connectionId));
    await integration.db
      .update(integrations)
      .set({ state: "broken", stateBeforeBroken: "active" })
      .where(own());
    await page.goto(overviewPath());
    await expect(alert("The connection to HubSpot has ended")).toContainText(
      "Someone uninstalled the app in this HubSpot account.",
    );
    await expect(page.getByRole("link", { name: "Reconnect" })).toBeVisible();
    await shoot(page, "alerts-uninstalled");
    await page.goto(`${overviewPath()}/settings`);
    await expect(alert("The connection to HubSpot has ended")).toContainText(
      "Someone uninstalled the app in this HubSpot account.",
    );
    await shoot(page, "alerts-uninstalled-settings");
    await integration.db
      .update(connections)
      .set({ brokenReason: null })
      .where(eq(connections.id, connectionId));
    await integration.db.update(integrations).set({ state: "active", stateBeforeBroken: null }).where(own());
  });

  await test.step("in Portuguese", async () => {
    await speak(page, "Language", "pt-BR", "Perfil");
    await failing("no_answer");
    await stopExtras(true);
    await page.goto(overviewPath());
    await expect(alert("Não é possível procurar mudanças no HubSpot")).toContainText(
      "O HubSpot não responde",
    );
    await expect(alert("Os webhooks do HubSpot não parecem chegar")).toBeVisible();
    await failing("no_answer");
    await shoot(page, "pt-alerts-overview");
    await page.goto(`${overviewPath()}/settings`);
    await shoot(page, "pt-alerts-settings");
    await speak(page, "Idioma", "en", "Profile");
  });
});

function own() {
  return eq(integrations.id, integration.integrationId);
}

/** As if the search had failed for three minutes; the next one that works ends it. */
async function failing(kind: SourceFaultKind): Promise<void> {
  const since = new Date(Date.now() - 3 * 60_000).toISOString();
  const reference = "0f5c2c1e-6b1e-4f0e-9d0b-2f6b7a1c9d10";
  await integration.db.update(integrations).set({ pollFault: { kind, since, reference } }).where(own());
}

/** As if the search had found so many changes that no webhook told of. */
async function losing(count: number): Promise<void> {
  await integration.db.insert(untoldChanges).values(
    Array.from({ length: count }, (_, at) => ({
      way: "search" as const,
      integrationId: integration.integrationId,
      dedupeKey: String(at),
      brought: true,
      occurredAt: new Date(),
    })),
  );
}

/** As if HubSpot's admins had taken away what the constant and the first status are written to. */
async function stopExtras(stopped: boolean): Promise<void> {
  await integration.db
    .update(integrations)
    .set(
      stopped
        ? {
            constantToHubspot: { field: "industry", value: "Software" },
            constantStopped: "hubspot_property_gone",
            statusProperty: "hs_lead_status",
            statusStopped: "hubspot_property_read_only",
          }
        : { constantToHubspot: null, constantStopped: null, statusProperty: null, statusStopped: null },
    )
    .where(own());
}

async function speak(page: Page, label: string, locale: string, heading: string): Promise<void> {
  await page.goto("/settings/profile");
  await page.getByRole("combobox", { name: label }).selectOption(locale);
  await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
}

function overviewPath(): string {
  return `/settings/integrations/${integration.integrationId}`;
}
