// Every notice of an hour is lost; then one source alone is asked. What arrives by it, and what only another one brings.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { journalPositions } from "@/db/schema/journal";
import { prospects } from "@/db/schema/prospects";
import { pendingRecords } from "@/db/schema/sync";
import { readJournal } from "@/services/change-notices/read-journal";
import { pollContacts } from "@/services/sync/poll-contacts";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { compareAll } from "../reconcile/compare";

const hour = 3_600_000;
let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
  await world.sandbox.control("PATCH", "/settings", { journalDelayMs: 0 });
});
afterAll(() => world.close());

type Pair = { id: string; contactId: string; email: string };
let made = 0;
async function linked(): Promise<Pair> {
  made += 1;
  const email = `person${made}@example.com`;
  const id = await world.addProspect({ emails: [email], first_name: `Person ${made}`, job_title: "CEO" });
  await world.reconcile();
  return { id, email, contactId: await world.contactOf(id) };
}
const prospect = async ({ id }: Pair) =>
  (await world.db.select().from(prospects).where(eq(prospects.id, id)))[0];

/** What a HubSpot user does, and how it shows on our side once it has arrived. */
const changes: Record<string, (pair: Pair) => Promise<() => Promise<boolean>>> = {
  edited: async (pair) => {
    await world.editContact(pair.contactId, { jobtitle: "CTO" });
    return async () => (await prospect(pair))?.jobTitle === "CTO";
  },
  created: async ({ email }) => {
    await world.addContact({ email: `new.${email}`, firstname: "New" });
    return async () => (await world.prospectByEmail(`new.${email}`)) !== undefined;
  },
  merged: async (pair) => {
    const other = await world.addContact({ email: `old.${pair.email}`, firstname: "Old" });
    const survivor = await world.mergeContacts(pair.contactId, other.id);
    return async () => (await world.contactOf(pair.id)) === survivor;
  },
  archived: async (pair) => {
    await world.archiveContact(pair.contactId);
    return async () => (await prospect(pair))?.deletedAt !== null;
  },
  restored: async (pair) => {
    await world.restoreContact(pair.contactId);
    return async () => (await prospect(pair))?.deletedAt === null;
  },
  erased: async (pair) => {
    await world.eraseContact(pair.contactId);
    return async () => (await prospect(pair)) === undefined;
  },
};

const sources: Record<string, () => Promise<unknown>> = {
  journal: () => readJournal(world.ctx),
  "hourly journal beside webhooks": () => readJournal(world.ctx, "removals"),
  poll: () => pollContacts(world.ctx, world.integrationId),
  "poll beside no journal": async () => {
    await world.db.update(journalPositions).set({ refusedAt: new Date() });
    await pollContacts(world.ctx, world.integrationId);
    await world.db.update(journalPositions).set({ refusedAt: null });
  },
  comparison: () => compareAll(world),
  // They tell of nothing that happened while they were lost.
  "webhooks back": async () => {},
};

describe("with every notice of an hour lost (Verifies: R-72)", () => {
  it.each([
    { source: "journal", brings: ["edited", "created", "merged", "archived", "restored", "erased"] },
    { source: "hourly journal beside webhooks", brings: ["merged", "archived", "restored", "erased"] },
    { source: "poll", brings: ["edited", "created", "merged", "restored"] },
    { source: "poll beside no journal", brings: ["edited", "created", "merged", "archived", "restored"] },
    { source: "comparison", brings: ["edited", "created", "merged", "archived", "restored"] },
    { source: "webhooks back", brings: [] },
  ])(
    "the $source alone brings what was $brings, and the day's comparison after it all the rest",
    async ({ source, brings }) => {
      const before = new Date(Date.now() - 2 * hour);
      await world.configure({ launchedAt: before, existingLinkedAt: before });
      const pairs = new Map<string, Pair>();
      for (const change of Object.keys(changes)) pairs.set(change, await linked());
      await world.archiveContact(pairs.get("restored")?.contactId ?? "");
      await world.notice("hubspot", pairs.get("restored")?.contactId ?? "");
      await readJournal(world.ctx);
      await world.reconcile();
      await world.configure({ polledUntil: new Date(Date.now() - hour) });
      const arrivals = new Map<string, () => Promise<boolean>>();
      for (const [name, change] of Object.entries(changes)) {
        const pair = pairs.get(name);
        if (pair) arrivals.set(name, await change(pair));
      }
      await world.db.delete(pendingRecords);

      await sources[source]?.();
      await world.reconcile();
      const arrived = [];
      for (const [name, hasArrived] of arrivals) if (await hasArrived()) arrived.push(name);
      expect(arrived).toEqual(brings);

      await compareAll(world);
      await world.reconcile();
      const erased = pairs.get("erased");
      const missing = [];
      // Nobody tells a comparison why a contact is gone: an erasure arrives as a removal.
      for (const [name, hasArrived] of arrivals)
        if (!(await hasArrived()) && !(name === "erased" && erased && (await prospect(erased))?.deletedAt))
          missing.push(name);
      expect(missing).toEqual([]);
    },
  );

  it.each([
    { source: "journal", joined: false },
    { source: "poll", joined: true },
    { source: "comparison", joined: true },
    { source: "webhooks back", joined: false },
  ])(
    "a contact that joined a chosen list arrives by the $source: $joined, and at the latest by the comparison",
    async ({ source, joined }) => {
      const { body } = await world.sandbox.call<{ list: { listId: string } }>("POST", "/crm/lists/2026-03", {
        name: `Chosen for the ${source}`,
        objectTypeId: "0-1",
        processingType: "MANUAL",
      });
      const { listId } = body.list;
      await world.configure({ incomingScope: { kind: "lists", ids: [listId] } });
      const email = `joins.by.${source.replace(" ", ".")}@example.com`;
      const { id } = await world.addContact({ email, firstname: "Joe" });
      await readJournal(world.ctx);
      await pollContacts(world.ctx, world.integrationId);
      await world.reconcile();
      expect(await world.prospectByEmail(email)).toBeUndefined();
      await world.sandbox.call("PUT", `/crm/lists/2026-03/${listId}/memberships/add`, [id]);
      await sources[source]?.();
      await world.reconcile();
      expect((await world.prospectByEmail(email)) !== undefined).toBe(joined);
      await compareAll(world);
      await world.reconcile();
      expect(await world.prospectByEmail(email)).toBeDefined();
      await world.configure({ incomingScope: { kind: "all" } });
    },
  );

  it("the poll alone brings what the search shows only twenty seconds later", async () => {
    const pair = await linked();
    await world.sandbox.control("PATCH", "/settings", { searchLagMs: 20_000 });
    const hasArrived = await changes.created?.(pair);
    await pollContacts(world.ctx, world.integrationId);
    await world.reconcile();
    expect(await hasArrived?.()).toBe(false);
    await world.sandbox.control("PATCH", "/clock", { advanceMs: 20_000 });
    await pollContacts(world.ctx, world.integrationId);
    await world.reconcile();
    expect(await hasArrived?.()).toBe(true);
    await world.sandbox.control("PATCH", "/settings", { searchLagMs: 0 });
  });
});
