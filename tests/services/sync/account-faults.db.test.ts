// What HubSpot says about a property, a permission or the whole account is not made a record's own fault, and stops no more than it is about.
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { REQUIRED_SCOPES } from "@/connectors/hubspot/scopes";
import { connections } from "@/db/schema/connections";
import { fieldMappings, integrations } from "@/db/schema/integrations";
import { createCustomField } from "@/services/prospects/create-custom-field";
import { pollContacts } from "@/services/sync/poll-contacts";
import { customFieldKey } from "@/sync/snov-fields";
import { ACCOUNT } from "../../sandbox/test-sandbox";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());
afterEach(() => vi.restoreAllMocks());

const integration = async () =>
  (await world.db.select().from(integrations).where(eq(integrations.id, world.integrationId)))[0];
const soon = () =>
  world.db.execute("update pending_records set lease = null, leased_until = null, due_at = now()");

describe("a mapped property that turns sensitive (Verifies: R-14, R-77)", () => {
  it("stops its own mapping alone, and the record travels without it", async () => {
    const snovField = await world.addCustomField("Diagnosis");
    await world.addMapping({ snovField, hubspotProperty: "message" });
    await world.sandbox.control("PATCH", `/accounts/${ACCOUNT}/properties/message`, {
      dataSensitivity: "sensitive",
    });
    const id = await world.addProspect({
      emails: ["ana@example.com"],
      first_name: "Ana",
      [snovField]: "secret",
    });
    await expect(world.page()).rejects.toMatchObject({ kind: "forbidden", category: "MISSING_SCOPES" });
    expect((await integration())?.state).toBe("active");
    await soon();
    await world.reconcile();
    const contact = await world.contact(await world.contactOf(id));
    expect(contact.properties).toMatchObject({ firstname: "Ana" });
    expect(contact.properties.message ?? "").toBe("");
    const [mapping] = await world.db
      .select()
      .from(fieldMappings)
      .where(eq(fieldMappings.hubspotProperty, "message"));
    expect(mapping?.stoppedReason).toBe("hubspot_property_sensitive");
  });
});

describe("a change that HubSpot takes and does not make (Verifies: R-77)", () => {
  it("is no change of HubSpot's later, and the record says that HubSpot kept its own value", async () => {
    const stages = ["lead", "customer"];
    const options = stages.map((value) => ({ value, label: value }));
    const field = await createCustomField({
      ctx: world.ctx,
      input: { name: "Stage", type: "choice", options },
    });
    const snovField = customFieldKey(field.id);
    const valueMap = Object.fromEntries(stages.map((stage) => [stage, stage]));
    const mapping = await world.addMapping({ snovField, hubspotProperty: "lifecyclestage", valueMap });
    const id = await world.addProspect({
      emails: ["bia@example.com"],
      first_name: "Bia",
      city: "Porto",
      [snovField]: "customer",
    });
    await world.reconcile();
    const contactId = await world.contactOf(id);
    expect((await world.contact(contactId)).properties.lifecyclestage).toBe("customer");

    await world.editProspect(id, snovField, "customer", "lead");
    await world.editProspect(id, "city", "Porto", "Braga");
    await world.reconcile();
    const told = { status: "failing", reason: "field_ignored", detail: { field: "Lifecycle stage" } };
    expect(await world.statusOf(id)).toMatchObject(told);
    await world.notice("hubspot", contactId);
    await world.reconcile();
    expect((await world.contact(contactId)).properties).toMatchObject({
      lifecyclestage: "customer",
      city: "Braga",
    });
    const prospect = await world.prospectByEmail("bia@example.com");
    expect(prospect?.custom[field.id]).toBe("lead");
    expect(await world.statusOf(id)).toMatchObject(told);
    await world.db.delete(fieldMappings).where(eq(fieldMappings.id, mapping.id));
  });
});

describe("an account that lets us in no more while its records are written one by one (Verifies: R-12)", () => {
  it("keeps them all waiting", async () => {
    const ids = [];
    for (const name of ["Caio", "Davi", "Ebba"])
      ids.push(await world.addProspect({ emails: [`${name}@example.com`.toLowerCase()], first_name: name }));
    const send = globalThis.fetch;
    let singles = 0;
    vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
      const path = new URL(String(url)).pathname;
      const answer = (status: number, category: string) =>
        Response.json({ status: "error", message: "no", category }, { status });
      if (path.endsWith("/contacts/batch/create")) return answer(400, "VALIDATION_ERROR");
      const single = path.endsWith("/contacts") && init?.method === "POST";
      if (single) singles += 1;
      return single && singles > 1 ? answer(401, "INVALID_AUTHENTICATION") : send(url, init);
    });
    await world.page().catch(() => {});
    // The first one got through; after the second, which is tried with a new token as well, nobody else is.
    expect(singles).toBe(3);
    const waiting = (await world.pending()).map(({ recordId }) => recordId);
    expect(ids.filter((id) => waiting.includes(id))).toHaveLength(2);
    for (const id of ids) expect((await world.statusOf(id))?.status ?? "in_sync").toBe("in_sync");
    vi.restoreAllMocks();
    await soon();
    await world.reconcile();
    for (const id of ids) expect(await world.statusOf(id)).toMatchObject({ status: "in_sync" });
  });
});

describe("a call that HubSpot does not serve any more (Verifies: R-77)", () => {
  it("is no record's fault: it is made once, all of them wait, and none is shown as failing", async () => {
    const ids: string[] = [];
    for (const name of ["fin", "gil", "hugo"])
      ids.push(await world.addProspect({ emails: [`${name}@example.com`], first_name: name }));
    const send = globalThis.fetch;
    let creations = 0;
    vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
      const isCreation = /contacts(\/batch\/create)?$/.test(new URL(String(url)).pathname);
      if (!isCreation || init?.method !== "POST") return send(url, init);
      creations += 1;
      return new Response("<html>gone</html>", { status: 410 });
    });
    for (let look = 1; look <= 12; look += 1) {
      await expect(world.page()).rejects.toMatchObject({ kind: "call_refused" });
      expect(creations).toBe(look);
      await soon();
    }
    const waiting = (await world.pending()).map(({ recordId }) => recordId);
    expect(ids.filter((id) => waiting.includes(id))).toHaveLength(3);
    for (const id of ids) expect(await world.statusOf(id)).toBeUndefined();
    vi.restoreAllMocks();
    await world.reconcile();
    for (const id of ids) expect(await world.statusOf(id)).toMatchObject({ status: "in_sync" });
  });
});

describe("a permission that HubSpot's admins took back (Verifies: R-12)", () => {
  it("is noticed by whoever meets it first, also where nobody edits anything", async () => {
    const refuses = (...requiredGranularScopes: string[]) =>
      vi.spyOn(globalThis, "fetch").mockImplementation(async (url) => {
        const scopes = REQUIRED_SCOPES.filter((scope) => !requiredGranularScopes.includes(scope));
        if (String(url).endsWith("/introspect")) return Response.json({ active: true, scopes });
        const errors = [{ message: "no", context: { requiredGranularScopes } }];
        return Response.json({ status: "error", category: "MISSING_SCOPES", errors }, { status: 403 });
      });
    refuses("crm.objects.contacts.highly_sensitive.read");
    await expect(pollContacts(world.ctx, world.integrationId)).rejects.toMatchObject({ kind: "forbidden" });
    expect(await integration()).toMatchObject({ state: "active" });
    // What is granted is asked once a minute.
    await world.db.update(connections).set({ scopesReadAt: null });
    refuses("crm.objects.contacts.read");
    await expect(pollContacts(world.ctx, world.integrationId)).rejects.toMatchObject({ kind: "forbidden" });
    expect(await integration()).toMatchObject({ state: "broken", stateBeforeBroken: "active" });
  });
});
