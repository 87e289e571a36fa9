// The journal brings what no webhook told; its place moves with what it brought, and never past anything unread.
import { eq, like, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { integrations } from "@/db/schema/integrations";
import { journalPositions, journalSubscriptions } from "@/db/schema/journal";
import { runs } from "@/db/schema/runs";
import { changeNotices, pendingRecords } from "@/db/schema/sync";
import { log } from "@/lib/log";
import { countRequests } from "@/scripts/count-requests";
import { currentSource } from "@/services/change-notices/current-source";
import { readJournal } from "@/services/change-notices/read-journal";
import { ACCOUNT } from "../../sandbox/test-sandbox";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld({ integration: { existingLinkedAt: new Date() } });
  await world.sandbox.control("PATCH", "/settings", { journalDelayMs: 0, journalFileSize: 3 });
});
beforeEach(async () => {
  await readJournal(world.ctx);
  await world.db.delete(pendingRecords);
  await world.db.delete(runs);
});
afterAll(() => world.close());

const place = async () => (await world.db.select().from(journalPositions))[0];
const marked = async () => (await world.pending()).map(({ recordId }) => recordId).sort();
const fail = (match: string, how: object) =>
  world.sandbox.control("PUT", "/faults", { failNext: { count: 9, how: "refuse", match, ...how } });

describe("reading the journal (Verifies: R-72)", () => {
  it("marks contacts that were created, edited, archived, merged and erased, and wakes the integration", async () => {
    const ids = [];
    for (const name of ["ana", "bia", "caio", "davi", "eva"])
      ids.push((await world.addContact({ email: `${name}@example.com`, firstname: name })).id);
    const [edited = "", archived = "", kept = "", other = "", erased = ""] = ids;
    await readJournal(world.ctx);
    expect(await marked()).toEqual([...ids].sort());
    await world.db.delete(pendingRecords);
    world.wakes.length = 0;

    await world.editContact(edited, { jobtitle: "CTO" });
    await world.archiveContact(archived);
    const survivor = await world.mergeContacts(kept, other);
    await world.eraseContact(erased);
    expect(await readJournal(world.ctx)).toMatchObject({ expired: false, refused: false });
    expect(await marked()).toEqual([edited, archived, kept, other, erased, survivor].sort());
    expect(world.wakes).toContain(world.integrationId);
    expect(await readJournal(world.ctx)).toMatchObject({ notices: 0 });
  });

  it("keeps its place when a file cannot be read, and brings it the next time", async () => {
    const before = await place();
    const { id } = await world.addContact({ email: "fabio@example.com" });
    await fail("/journal-files/", { status: 503 });
    await expect(readJournal(world.ctx)).rejects.toThrow();
    await world.sandbox.control("PUT", "/faults", {});
    expect((await place())?.offset).toBe(before?.offset);
    expect(await marked()).toEqual([]);
    await readJournal(world.ctx);
    expect(await marked()).toEqual([id]);
  });

  it("marks nothing twice when a crash makes it read a file twice", async () => {
    const before = await place();
    await world.addContact({ email: "gil@example.com" });
    await readJournal(world.ctx);
    await world.db.delete(pendingRecords);
    await world.db.update(journalPositions).set({ offset: before?.offset ?? null });
    expect(await readJournal(world.ctx)).toMatchObject({ notices: 0 });
    expect(await marked()).toEqual([]);
  });

  it("begins at the earliest when its place has expired, and has everything compared", async () => {
    const { id } = await world.addContact({ email: "hugo@example.com" });
    await world.db.update(journalPositions).set({ offset: "11111111-1111-4111-a111-111111111111" });
    expect(await readJournal(world.ctx)).toMatchObject({ expired: true });
    expect(await marked()).toContain(id);
    expect(await world.db.select().from(runs)).toMatchObject([
      { integrationId: world.integrationId, kind: "reconcile", state: "running" },
    ]);
  });

  it("asks for the mapped properties of each account, again only when they change, and no more once it is left", async () => {
    const [subscription] = await world.db.select().from(journalSubscriptions);
    expect(subscription?.properties).toContain("jobtitle");
    await world.addMapping({
      snovField: await world.addCustomField("Preferred name"),
      hubspotProperty: "preferred_name",
    });
    await readJournal(world.ctx);
    const { id } = await world.addContact({ email: "ines@example.com" });
    await readJournal(world.ctx);
    await world.db.delete(pendingRecords);
    await world.editContact(id, { preferred_name: "Name 1" });
    await readJournal(world.ctx);
    expect(await marked()).toEqual([id]);

    await world.configure({ disconnectedAt: new Date() });
    await readJournal(world.ctx);
    expect(await world.db.select().from(journalSubscriptions)).toEqual([]);
    await world.db.delete(changeNotices);
    await world.editContact(id, { preferred_name: "Name 2" });
    await readJournal(world.ctx);
    expect(await world.db.select().from(changeNotices)).toEqual([]);
    await world.configure({ disconnectedAt: null });
  });

  it("is asked to tell of uninstalls for accounts that were subscribed before that, and again only after a day", async () => {
    const asked = async () => {
      await world.sandbox.control("DELETE", "/counters");
      await readJournal(world.ctx);
      return await countRequests(world.sandbox, "POST /webhooks-journal/subscriptions");
    };
    expect(await asked()).toBe(0);
    await world.db.update(journalPositions).set({ uninstallsAskedAt: null });
    expect(await asked()).toBe(1);
    expect(await asked()).toBe(0);
    await world.db.update(journalPositions).set({ uninstallsAskedAt: sql`now() - interval '25 hours'` });
    expect(await asked()).toBe(1);
  });

  it("goes on for the others where HubSpot refuses one account, and forgets one that is left and that HubSpot no longer knows", async () => {
    const [without, left] = ["24000002", "24000003"];
    const refused = await world.addIntegration(Number(without));
    await world.db.insert(journalSubscriptions).values({ accountId: left ?? "", properties: ["email"] });
    const { id } = await world.addContact({ email: "joana@example.com" });
    expect(await readJournal(world.ctx)).toMatchObject({ refused: false });
    expect(await marked()).toEqual([id]);
    const rows = await world.db.select().from(journalSubscriptions).orderBy(journalSubscriptions.accountId);
    expect(rows).toMatchObject([
      { accountId: String(ACCOUNT), refusedAt: null },
      { accountId: without, properties: [], refusedAt: expect.any(Date) },
    ]);
    expect(await currentSource(world.ctx)).toBe("journal");
    await world.db
      .update(integrations)
      .set({ disconnectedAt: new Date() })
      .where(eq(integrations.id, refused));
  });

  it("asks for what HubSpot refused after an hour, and for nothing meanwhile that it granted", async () => {
    const warned = vi.spyOn(log, "warn");
    await world.addMapping({
      snovField: await world.addCustomField("Tier"),
      hubspotProperty: "account_tier",
    });
    await world.db.update(journalSubscriptions).set({ privacyAt: null });
    await world.sandbox.control("DELETE", "/counters");
    await fail("POST /webhooks-journal/subscriptions", { status: 400 });
    for (const _ of ["a minute", "another"]) await readJournal(world.ctx);
    const { body } = await world.sandbox.control<{ requests: Record<string, object> }>("GET", "/state");
    expect(body.requests.fault).toMatchObject({ requests: 2 });
    expect(warned).toHaveBeenCalledTimes(2);
    const [refused] = await world.db.select().from(journalSubscriptions);
    expect(refused).toMatchObject({ refusedProperties: expect.arrayContaining(["account_tier"]) });
    expect(refused?.properties).not.toContain("account_tier");

    const earlier = sql`now() - interval '61 minutes'`;
    await world.db.update(journalSubscriptions).set({ refusedAt: earlier, privacyRefusedAt: earlier });
    await readJournal(world.ctx);
    expect(warned).toHaveBeenCalledTimes(2);
    await world.sandbox.control("PUT", "/faults", {});
    await world.db.update(journalSubscriptions).set({ refusedAt: earlier, privacyRefusedAt: earlier });
    await readJournal(world.ctx);
    const [granted] = await world.db.select().from(journalSubscriptions);
    expect(granted).toMatchObject({
      properties: expect.arrayContaining(["account_tier"]),
      refusedProperties: null,
      refusedAt: null,
      privacyAt: expect.any(Date),
      privacyRefusedAt: null,
    });
  });

  it("leaves one subscription of each kind, also where a new one does not take the older one's place", async () => {
    const subscriptions = async () => {
      const { body } = await world.sandbox.control<{ journal: { subscriptions: number } }>("GET", "/state");
      return body.journal.subscriptions;
    };
    const before = await subscriptions();
    await world.sandbox.control("PATCH", "/settings", { journalReplaces: false });
    await world.addMapping({ snovField: await world.addCustomField("Size"), hubspotProperty: "team_size" });
    await readJournal(world.ctx);
    const [asked] = await world.db.select().from(journalSubscriptions);
    expect(asked?.properties).toContain("team_size");
    expect(await subscriptions()).toBe(before);
    await world.sandbox.control("PATCH", "/settings", { journalReplaces: true });
  });

  it("is not given up for a fault of our own configuration, nor for a token that HubSpot takes no more", async () => {
    await world.sandbox.control("PUT", "/faults", { wrongClientSecret: true });
    await expect(readJournal(world.ctx)).rejects.toMatchObject({ category: "BAD_CLIENT_SECRET" });
    await fail("/webhooks-journal/journal/", { status: 401 });
    await expect(readJournal(world.ctx)).rejects.toMatchObject({ kind: "unauthorized" });
    expect(await currentSource(world.ctx)).toBe("journal");
    const { id } = await world.addContact({ email: "kai@example.com" });
    await fail("/webhooks-journal/journal/", { status: 401, count: 1 });
    await readJournal(world.ctx);
    expect(await marked()).toEqual([id]);
  });

  it("beside pushed notices brings what the search does not find, and nothing that a webhook has told", async () => {
    const [told, lost] = [
      await world.addContact({ email: "lia@example.com" }),
      await world.addContact({ email: "max@example.com" }),
    ];
    const before = await place();
    await world.archiveContact(told.id);
    await readJournal(world.ctx);
    // As the webhook would have named it.
    await world.db.update(changeNotices).set({ dedupeKey: sql`'webhook ' || id` });
    await world.db.update(journalPositions).set({ offset: before?.offset ?? null });
    await world.db.delete(pendingRecords);
    await world.editContact(lost.id, { jobtitle: "CTO" });
    await world.eraseContact(lost.id);
    await readJournal(world.ctx, "removals");
    expect(await marked()).toEqual([lost.id]);
    const brought = await world.db
      .select()
      .from(changeNotices)
      .where(like(changeNotices.dedupeKey, "journal%"));
    expect(new Set(brought.map(({ recordId }) => recordId))).toEqual(new Set([lost.id]));
    expect(brought.map(({ kind }) => kind)).toContain("contact.privacyDeletion");
    expect(brought.map(({ kind }) => kind)).not.toContain("contact.propertyChange");
  });

  it("counts as read only once nothing was left to read", async () => {
    const longAgo = new Date(0);
    await world.db.update(journalPositions).set({ readAt: longAgo });
    await world.sandbox.control("PATCH", "/settings", { journalFileSize: 1 });
    const emails = Array.from({ length: 201 }, (_, at) => `many${at}@example.com`);
    await Promise.all(emails.map((email) => world.addContact({ email })));
    await readJournal(world.ctx);
    expect((await place())?.readAt).toEqual(longAgo);
    await readJournal(world.ctx);
    expect((await place())?.readAt?.getTime()).toBeGreaterThan(Date.now() - 60_000);
    await world.sandbox.control("PATCH", "/settings", { journalFileSize: 3 });
  });

  it("keeps since when it fails and why, until it works again", async () => {
    await fail("/webhooks-journal/journal/", { status: 503 });
    await expect(readJournal(world.ctx)).rejects.toMatchObject({ kind: "transient" });
    expect((await place())?.fault).toEqual({
      kind: "no_answer",
      since: expect.any(String),
      reference: expect.any(String),
    });
    await world.sandbox.control("PUT", "/faults", {});
    await readJournal(world.ctx);
    expect((await place())?.fault).toBeNull();
  });

  it("passes over a file that HubSpot does not have after five tries, and has everything compared", async () => {
    await world.addContact({ email: "nina@example.com" });
    const before = await place();
    await fail("/journal-files/", { status: 404, count: 5 });
    for (let nr = 1; nr < 5; nr += 1) {
      await expect(readJournal(world.ctx)).rejects.toMatchObject({ kind: "transient" });
      expect(await place()).toMatchObject({ offset: before?.offset, stuck: { tries: nr } });
    }
    const { id } = await world.addContact({ email: "otto@example.com" });
    expect(await readJournal(world.ctx)).toMatchObject({ passedOver: 1, refused: false });
    expect(await marked()).toEqual([id]);
    expect(await place()).toMatchObject({ stuck: null, fault: null });
    expect(await world.db.select().from(runs)).toMatchObject([{ kind: "reconcile", state: "running" }]);
  });

  it("passes over no file for a short trouble, and forgets the tries of one that could be read", async () => {
    const { id } = await world.addContact({ email: "pia@example.com" });
    await fail("/journal-files/", { status: 503, count: 9 });
    for (let nr = 0; nr < 9; nr += 1) await expect(readJournal(world.ctx)).rejects.toThrow();
    expect(await place()).toMatchObject({ stuck: { tries: 9 } });
    expect(await readJournal(world.ctx)).toMatchObject({ passedOver: 0 });
    expect(await marked()).toEqual([id]);
    expect(await place()).toMatchObject({ stuck: null });
  });

  it("is given up for a day where HubSpot does not let our app read it", async () => {
    expect(await currentSource(world.ctx)).toBe("journal");
    await fail("/webhooks-journal/journal/", { status: 403 });
    expect(await readJournal(world.ctx)).toMatchObject({ refused: true });
    await world.sandbox.control("PUT", "/faults", {});
    expect(await currentSource(world.ctx)).toBe("poll");
    expect(await currentSource(world.ctx, new Date(Date.now() + 25 * 3_600_000))).toBe("journal");
  });
});
