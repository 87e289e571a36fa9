// What a change of mappings, or of their direction, comes to for pairs that are in sync: nothing is overwritten unasked.
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { fieldMappings } from "@/db/schema/integrations";
import { recordStatuses } from "@/db/schema/sync";
import { addMapping } from "@/services/integrations/add-mapping";
import { replaceMapping } from "@/services/integrations/replace-mapping";
import { saveDirection } from "@/services/integrations/save-direction";
import { updateMapping } from "@/services/integrations/update-mapping";
import type { Direction } from "@/sync/direction";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld({ integration: { existingLinkedAt: new Date() } });
});
afterAll(() => world.close());
afterEach(() => saveSyncType("both"));

const saveSyncType = (syncType: Direction) =>
  saveDirection({ ctx: world.ctx, input: { integrationId: world.integrationId, syncType } });

async function direct(snovField: string, direction: Direction) {
  const { id } = await mappingOf(snovField);
  await updateMapping({
    ctx: world.ctx,
    input: { integrationId: world.integrationId, mappingId: id, direction },
  });
}

async function mappingOf(snovField: string) {
  const [mapping] = await world.db.select().from(fieldMappings).where(eq(fieldMappings.snovField, snovField));
  if (!mapping) throw new Error(`no mapping of ${snovField}`);
  return mapping;
}

async function linked(name: string, values: Record<string, string> = {}) {
  const email = `${name}@example.com`;
  const id = await world.addProspect({ emails: [email], first_name: name, job_title: "CEO", ...values });
  await world.reconcile();
  const contactId = await world.contactOf(id);
  return {
    id,
    contactId,
    title: async () => [
      (await world.prospectByEmail(email))?.jobTitle,
      (await world.contact(contactId)).properties.jobtitle,
    ],
    differ: async () =>
      (await world.openConflicts()).filter(({ kind, recordId }) => kind === "value" && recordId === id)
        .length,
    inHubspot: async (properties: Record<string, string>) => {
      await world.editContact(contactId, properties);
      await world.notice("hubspot", contactId);
      await world.reconcile();
    },
    onlyBeforeLaunch: () =>
      world.db
        .update(recordStatuses)
        .set({ status: "excluded", reason: "not_transferred" })
        .where(eq(recordStatuses.recordId, id)),
    isWaiting: async () => (await world.pending()).some(({ recordId }) => recordId === id),
  };
}

describe("a direction that is widened (Verifies: R-21, R-36, R-61)", () => {
  it.each([
    { what: "the sync type", narrow: () => saveSyncType("to_hubspot"), widen: () => saveSyncType("both") },
    {
      what: "the sync type, turned round",
      narrow: () => saveSyncType("to_hubspot"),
      widen: () => saveSyncType("to_snov"),
    },
    {
      what: "the field's own",
      narrow: () => direct("job_title", "to_hubspot"),
      widen: () => direct("job_title", "both"),
    },
  ])("asks about what the receiver's side had edited meanwhile ($what)", async ({ what, narrow, widen }) => {
    const pair = await linked(`asked-${what.length}`);
    await narrow();
    await pair.inHubspot({ jobtitle: "Theirs" });
    expect(await pair.title()).toEqual(["CEO", "Theirs"]);
    await widen();
    await world.reconcile();
    expect(await pair.title()).toEqual(["CEO", "Theirs"]);
    expect(await world.statusOf(pair.id)).toMatchObject({ status: "in_conflict" });
    expect(await pair.differ()).toBe(1);
  });

  it("does not let travel what the receiver's side had emptied meanwhile, and fills it", async () => {
    const pair = await linked("emptied");
    await saveSyncType("to_hubspot");
    await pair.inHubspot({ jobtitle: "" });
    await saveSyncType("both");
    await world.reconcile();
    expect(await pair.title()).toEqual(["CEO", "CEO"]);
  });

  it("leaves what agrees in sync, and its next edits travel", async () => {
    const pair = await linked("agreeing");
    await saveSyncType("to_hubspot");
    await saveSyncType("both");
    await world.reconcile();
    expect(await world.statusOf(pair.id)).toMatchObject({ status: "in_sync", reason: null });
    await pair.inHubspot({ jobtitle: "Chair" });
    expect(await pair.title()).toEqual(["Chair", "Chair"]);
  });

  it("looks at no pair that only differs since before launch, whose later edits travel as before", async () => {
    const pair = await linked("before-launch");
    await saveSyncType("to_hubspot");
    await pair.onlyBeforeLaunch();
    await saveSyncType("both");
    expect(await pair.isWaiting()).toBe(false);
    await pair.inHubspot({ jobtitle: "Chair" });
    expect(await pair.title()).toEqual(["Chair", "Chair"]);
  });
});

describe("a field that is mapped anew (Verifies: R-33, R-60)", () => {
  it("is compared at once, also where it takes another one's place, but not where a pair differs since before launch", async () => {
    const { id: city } = await mappingOf("city");
    await world.db.delete(fieldMappings).where(eq(fieldMappings.id, city));
    const pair = await linked("anew", { city: "Porto", country: "Portugal" });
    await pair.inHubspot({ city: "Lisboa", address: "Brazil" });
    const old = await linked("old", { city: "Faro" });
    await old.onlyBeforeLaunch();
    const { integrationId } = world;
    await addMapping({
      ctx: world.ctx,
      input: { integrationId, snovField: "city", hubspotProperty: "city" },
    });
    expect(await old.isWaiting()).toBe(false);
    await world.reconcile();
    expect(await world.statusOf(pair.id)).toMatchObject({ status: "in_conflict" });
    expect(await pair.differ()).toBe(1);
    const { id: mappingId } = await mappingOf("country");
    const input = { integrationId, mappingId, snovField: "country", hubspotProperty: "address" };
    await replaceMapping({ ctx: world.ctx, input });
    expect(await old.isWaiting()).toBe(false);
    await world.reconcile();
    expect(await pair.differ()).toBe(2);
  });
});
