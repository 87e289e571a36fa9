import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { connections } from "@/db/schema/connections";
import { fieldMappings, integrations } from "@/db/schema/integrations";
import { sealedTokens } from "@/services/connections/sealed-tokens";
import { updateMapping } from "@/services/integrations/update-mapping";
import { hasPendingSoon } from "@/services/pending/leftovers";
import { createCustomField } from "@/services/prospects/create-custom-field";
import { editCustomField } from "@/services/prospects/edit-custom-field";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());

it("looks again at a record that an unmapped choice held back, once somebody maps the choice", async () => {
  const { id: fieldId, options } = await createCustomField({
    ctx: world.ctx,
    input: { name: "Tier", type: "choice", options: [{ label: "Gold" }] },
  });
  const gold = options[0]?.value ?? "";
  const mapping = await world.addMapping({ snovField: `custom:${fieldId}`, hubspotProperty: "account_tier" });
  const id = await world.addProspect({
    emails: ["held@example.com"],
    first_name: "Hilda",
    [`custom:${fieldId}`]: gold,
  });
  await world.reconcile();
  expect(await world.statusOf(id)).toMatchObject({ status: "failing", reason: "choice_not_mapped" });

  world.wakes.length = 0;
  await updateMapping({
    ctx: world.ctx,
    input: { integrationId: world.integrationId, mappingId: mapping.id, valueMap: { [gold]: "tier_1" } },
  });
  expect(world.wakes).toEqual([world.integrationId]);
  await world.reconcile();
  expect(await world.statusOf(id)).toMatchObject({ status: "in_sync" });
  const contact = (await world.contacts()).find(({ properties }) => properties.email === "held@example.com");
  expect((await world.contact(contact?.id ?? "")).properties.account_tier).toBe("tier_1");
});

it("holds back a choice that was deleted here, on either side, though the map still knows it, and names it", async () => {
  await world.db.delete(fieldMappings).where(eq(fieldMappings.hubspotProperty, "account_tier"));
  const { id: fieldId, options } = await createCustomField({
    ctx: world.ctx,
    input: { name: "Heat", type: "choice", options: [{ label: "Hot" }, { label: "Cold" }] },
  });
  const [hot = "", cold = ""] = options.map(({ value }) => value);
  const snovField = `custom:${fieldId}`;
  const valueMap = { [hot]: "tier_1", [cold]: "tier_2" };
  await world.addMapping({ snovField, hubspotProperty: "account_tier", valueMap });
  const receives = await world.addProspect({ emails: ["receives@example.com"], [snovField]: cold });
  const holds = await world.addProspect({ emails: ["holds@example.com"], [snovField]: hot });
  await world.reconcile();
  const left = options.filter(({ value }) => value !== hot);
  await editCustomField({ ctx: world.ctx, input: { id: fieldId, name: "Heat", options: left } });

  const contactId = await world.contactOf(receives);
  await world.editContact(contactId, { account_tier: "tier_1", city: "Lima" });
  await world.notice("hubspot", contactId);
  await world.editProspect(holds, "city", null, "Quito");
  await world.reconcile();
  const of = async (email: string) => (await world.prospectByEmail(email)) ?? { custom: {}, city: null };
  expect(await of("receives@example.com")).toMatchObject({ custom: { [fieldId]: cold }, city: "Lima" });
  const reason = "choice_not_mapped";
  expect(await world.statusOf(receives)).toMatchObject({
    status: "failing",
    reason,
    detail: { value: "tier_1" },
  });
  expect(await world.statusOf(holds)).toMatchObject({ status: "failing", reason, detail: { value: hot } });
});

it("looks again also at one that shows another reason, once somebody maps its choice", async () => {
  await world.db.delete(fieldMappings).where(eq(fieldMappings.hubspotProperty, "account_tier"));
  const { id: fieldId, options } = await createCustomField({
    ctx: world.ctx,
    input: { name: "Grade", type: "choice", options: [{ label: "Gold" }, { label: "Silver" }] },
  });
  const [gold = "", silver = ""] = options.map(({ value }) => value);
  const snovField = `custom:${fieldId}`;
  const mapping = await world.addMapping({
    snovField,
    hubspotProperty: "account_tier",
    valueMap: { [gold]: "tier_1" },
  });
  const id = await world.addProspect({ emails: ["two-reasons@example.com"], [snovField]: gold });
  await world.reconcile();
  const contactId = await world.contactOf(id);
  await world.editContact(contactId, { email: "" });
  await world.editProspect(id, snovField, gold, silver);
  await world.notice("hubspot", contactId);
  await world.reconcile();
  expect(await world.statusOf(id)).toMatchObject({ reason: "email_removed" });
  await updateMapping({
    ctx: world.ctx,
    input: {
      integrationId: world.integrationId,
      mappingId: mapping.id,
      valueMap: { [gold]: "tier_1", [silver]: "tier_2" },
    },
  });
  await world.reconcile();
  expect((await world.contact(contactId)).properties.account_tier).toBe("tier_2");
});

it("knows that an echo is due within moments", async () => {
  expect(await hasPendingSoon(world.ctx, world.integrationId)).toBe(false);
  const { markPending } = await import("@/services/pending/mark-pending");
  await world.db.transaction((tx) =>
    markPending(tx, world.integrationId, "hubspot", ["1"], { delayMs: 1000 }),
  );
  expect(await hasPendingSoon(world.ctx, world.integrationId)).toBe(true);
  await world.reconcile();
});

it("shows the integration as broken, with the reason, when HubSpot takes a permission back (Verifies: R-12)", async () => {
  const id = await world.addProspect({ emails: ["forbidden@example.com"], first_name: "Flora" });
  const tokens = await world.sandbox.connect({ scope: "oauth crm.schemas.contacts.read" });
  const owner = { workspaceId: world.ctx.workspaceId, accountId: String(tokens.hub_id) };
  const { accessToken } = sealedTokens(owner, {
    accessToken: tokens.access_token,
    refreshToken: tokens.refresh_token,
    expiresInSeconds: tokens.expires_in,
    accountId: owner.accountId,
    scopes: tokens.scopes,
  });
  await world.db.update(connections).set({ accessToken }).where(eq(connections.id, world.connectionId));
  await expect(world.page()).rejects.toMatchObject({ kind: "forbidden" });
  const [integration] = await world.db
    .select()
    .from(integrations)
    .where(eq(integrations.id, world.integrationId));
  const [connection] = await world.db
    .select()
    .from(connections)
    .where(eq(connections.id, world.connectionId));
  expect({ state: integration?.state, reason: connection?.brokenReason }).toEqual({
    state: "broken",
    reason: "missing_scopes",
  });
  expect(await world.pending()).toMatchObject([{ recordId: id, lease: null }]);
});
