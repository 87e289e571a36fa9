// Where no journal tells of removals, HubSpot's recycle bin is read round and round, a few pages in each poll.
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { integrations } from "@/db/schema/integrations";
import { journalPositions } from "@/db/schema/journal";
import { prospects } from "@/db/schema/prospects";
import { recordStatuses } from "@/db/schema/sync";
import { env } from "@/lib/env";
import { pollContacts } from "@/services/sync/poll-contacts";
import type { BatchBody } from "../../sandbox/test-sandbox";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

const contacts = "/crm/objects/2026-03/contacts";
let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
  await world.db.insert(journalPositions).values({ appId: env().HUBSPOT_APP_ID, refusedAt: new Date() });
});
afterAll(() => world.close());

const poll = () => pollContacts(world.ctx, world.integrationId);
const place = async () =>
  (await world.db.select().from(integrations).where(eq(integrations.id, world.integrationId)))[0]?.binPlace;
const prospect = async (id: string) =>
  (await world.db.select().from(prospects).where(eq(prospects.id, id)))[0];
/** A hundred people whom nobody here knows, in the bin. */
async function strangers(page: number) {
  const inputs = Array.from({ length: 100 }, (_, at) => ({
    properties: { email: `stranger${page}.${at}@bin.example` },
  }));
  const { body } = await world.sandbox.call<BatchBody>("POST", `${contacts}/batch/create`, { inputs });
  const ids = body.results.map(({ id }) => ({ id }));
  await world.sandbox.call("POST", `${contacts}/batch/archive`, { inputs: ids });
}
async function linked(name: string) {
  const email = `${name}@bin.example`;
  const id = await world.addProspect({ emails: [email], first_name: name, job_title: "CEO" });
  await world.reconcile();
  return { id, contactId: await world.contactOf(id) };
}

// Verifies: R-72
describe("HubSpot's recycle bin", () => {
  it("goes on where the last poll has stopped, and begins anew at the end", async () => {
    for (let page = 0; page < 5; page += 1) await strangers(page);
    const { id, contactId } = await linked("ana");
    await poll();
    await world.reconcile();
    expect(await place()).toBeNull();
    await world.archiveContact(contactId);
    expect(await poll()).toEqual({ noticed: 0, more: false });
    expect(await place()).not.toBeNull();
    expect((await prospect(id))?.deletedAt).toBeNull();

    world.wakes.length = 0;
    expect(await poll()).toEqual({ noticed: 1, more: false });
    expect(world.wakes).toEqual([world.integrationId]);
    expect(await place()).toBeNull();
    await world.reconcile();
    expect((await prospect(id))?.deletedAt).not.toBeNull();

    await poll();
    expect(await poll()).toEqual({ noticed: 0, more: false });
    expect(await world.pending()).toEqual([]);
  });

  it("is no reason to look again at a removal that was looked at and waits for a person", async () => {
    const { id, contactId } = await linked("bia");
    await world.editProspect(id, "job_title", "CEO", "CTO");
    await world.archiveContact(contactId);
    await poll();
    await poll();
    await world.reconcile();
    expect(await world.openConflicts()).toMatchObject([{ kind: "removed_and_edited" }]);
    // HubSpot's clock may be as much ahead.
    await world.db.update(recordStatuses).set({ at: sql`now() + interval '16 minutes'` });
    await poll();
    await poll();
    expect(await world.pending()).toEqual([]);
  });

  it("is read from its beginning again once HubSpot takes the place no more", async () => {
    await world.configure({ binPlace: "1" });
    const failNext = { count: 1, status: 400, match: `GET ${contacts}` };
    await world.sandbox.control("PUT", "/faults", { failNext });
    await expect(poll()).rejects.toMatchObject({ kind: "rejected" });
    expect(await place()).toBeNull();
    expect(await poll()).toMatchObject({ more: false });
  });
});
