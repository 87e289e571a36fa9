// How HubSpot's changes are learnt of, and how late they were, as the page of an integration tells it.
import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { changeIntake } from "@/db/queries/change-intake";
import { fieldMappings } from "@/db/schema/integrations";
import { journalPositions, untoldChanges } from "@/db/schema/journal";
import { changeNotices } from "@/db/schema/sync";
import { env } from "@/lib/env";
import { readJournal } from "@/services/change-notices/read-journal";
import { readChangeArrival } from "@/services/integrations/read-change-arrival";
import { pollContacts } from "@/services/sync/poll-contacts";
import { ACCOUNT, APP } from "../sandbox/test-sandbox";
import { openSyncWorld, type SyncWorld } from "../support/sync-world";

const appId = String(APP.appId);
const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1000);

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.db.delete(changeNotices);
  await world.db.delete(untoldChanges);
  await world.db.delete(journalPositions);
});

const arrival = () => readChangeArrival(world.ctx, world.integrationId);
const notice = (
  occurredAt: Date,
  receivedAt: Date,
  { accountId = String(ACCOUNT), by = "journal|" }: { accountId?: string; by?: "journal|" | "" } = {},
) =>
  world.db.insert(changeNotices).values({
    dedupeKey: `${by}${crypto.randomUUID()}`,
    accountId,
    kind: "contact.propertyChange",
    occurredAt,
    receivedAt,
  });
/** As if HubSpot reached this installation, or did not. */
const setPushed = (isPushed: boolean) =>
  Object.assign(env(), { SANDBOX_URL: isPushed ? "http://127.0.0.1:1" : undefined });
afterEach(() => setPushed(false));

it("knows of nothing before the first notice, search and reading", async () => {
  expect(await arrival()).toEqual({
    source: "journal",
    latest: null,
    untold: null,
    isPushSilent: false,
    searchedAt: null,
    journalReadAt: null,
    pollFault: null,
    journalFault: null,
  });
});

it("tells of the account's latest notice and how late it was, not of another account's", async () => {
  await notice(at(0), at(60));
  await notice(at(99), at(100.25));
  await notice(at(199), at(200), { accountId: "999" });
  expect((await arrival()).latest).toEqual({ at: at(100.25).toISOString(), lateMs: 1250 });
});

it("calls a notice that HubSpot's clock dates ahead of ours not late", async () => {
  await notice(at(5), at(3));
  expect((await arrival()).latest?.lateMs).toBe(0);
});

it("tells of the latest that came by the way that it names, however late another one brought it", async () => {
  await notice(at(0), at(2), { by: "" });
  await notice(at(0), at(3600), { by: "journal|" });
  expect(await arrival()).toMatchObject({ source: "journal", latest: { lateMs: 3_600_000 } });
  setPushed(true);
  expect(await arrival()).toMatchObject({
    source: "push",
    latest: { at: at(2).toISOString(), lateMs: 2000 },
  });
  await world.db.delete(changeNotices).where(sql`dedupe_key not like 'journal|%'`);
  expect(await arrival()).toMatchObject({ source: "push", latest: null });
});

describe("a change that no webhook told of", () => {
  let met = 0;
  let contactId: string;
  const poll = () => pollContacts(world.ctx, world.integrationId);
  /** As if so much time had passed since what was found, and since what came from it. */
  const aged = async (seconds: number) => {
    const past = sql`make_interval(secs => ${seconds}::int)`;
    await world.db.execute(sql`update activities set at = at - ${past}`);
    await world.db.execute(sql`update untold_changes set found_at = found_at - ${past}`);
  };
  const synced = async () => {
    await poll();
    await world.reconcile();
    await aged(61);
    await poll();
  };
  beforeEach(async () => {
    setPushed(true);
    met += 1;
    contactId = (await world.addContact({ email: `met${met}@example.com`, firstname: "Mia" })).id;
    await poll();
    await world.reconcile();
    await world.db.delete(untoldChanges);
  });

  it("is counted once it was found by the search and came from it", async () => {
    await world.editContact(contactId, { jobtitle: "CTO" });
    await poll();
    expect((await arrival()).untold).toBeNull();
    await world.reconcile();
    await aged(61);
    await poll();
    expect(await arrival()).toMatchObject({ untold: { count: 1, sincePush: 1 }, isPushSilent: false });
    await poll();
    expect((await arrival()).untold?.count).toBe(1);
  });

  it("is none where a webhook told of it a moment later, or before", async () => {
    const told = () =>
      world.db.insert(changeNotices).values({
        dedupeKey: crypto.randomUUID(),
        accountId: String(ACCOUNT),
        kind: "contact.propertyChange",
        recordId: contactId,
        occurredAt: new Date(),
      });
    await world.editContact(contactId, { jobtitle: "CTO" });
    await poll();
    await told();
    await world.reconcile();
    await aged(61);
    await poll();
    expect((await arrival()).untold).toBeNull();
    await world.editContact(contactId, { jobtitle: "CEO" });
    await synced();
    expect((await arrival()).untold).toBeNull();
  });

  it("is none where nothing that is mapped has changed", async () => {
    await world.editContact(contactId, { hs_lead_status: "OPEN" });
    await synced();
    await aged(3600);
    await poll();
    expect((await arrival()).untold).toBeNull();
    expect(await world.db.select().from(untoldChanges)).toEqual([]);
  });

  it("is none where only properties have changed that webhooks do not tell of, and is one where another has, too", async () => {
    const snovField = await world.addCustomField("Message");
    const { id } = await world.addMapping({ snovField, hubspotProperty: "message" });
    await world.editContact(contactId, { message: "Call me" });
    await synced();
    expect((await world.prospectByEmail(`met${met}@example.com`))?.custom).toMatchObject({
      [snovField.replace("custom:", "")]: "Call me",
    });
    expect((await arrival()).untold).toBeNull();
    await aged(15 * 60);
    await poll();
    expect(await world.db.select().from(untoldChanges)).toEqual([]);
    await world.editContact(contactId, { message: "Write to me", jobtitle: "CTO" });
    await synced();
    expect((await arrival()).untold).toMatchObject({ count: 1 });
    await world.db.delete(fieldMappings).where(eq(fieldMappings.id, id));
  });

  it("says of webhooks that they do not seem to come, once it is the third since the last of them", async () => {
    await notice(new Date(), new Date(), { by: "" });
    for (const jobtitle of ["one", "two", "three"]) {
      expect((await arrival()).isPushSilent).toBe(false);
      await world.editContact(contactId, { jobtitle });
      await synced();
      await world.db.execute(sql`update untold_changes set found_at = now() where brought`);
    }
    expect(await arrival()).toMatchObject({ isPushSilent: true, untold: { count: 3, sincePush: 3 } });
    await notice(new Date(), new Date(), { by: "" });
    expect(await arrival()).toMatchObject({ isPushSilent: false, untold: { count: 3, sincePush: 0 } });
    setPushed(false);
    expect(await arrival()).toMatchObject({ source: "journal", isPushSilent: false, untold: null });
  });
});

it("counts a removal that the journal brought beside webhooks", async () => {
  const { id } = await world.addContact({ email: "gone@example.com", firstname: "Gil" });
  await world.sandbox.control("PATCH", "/settings", { journalDelayMs: 0 });
  await readJournal(world.ctx, "removals");
  await world.archiveContact(id);
  await readJournal(world.ctx, "removals");
  setPushed(true);
  expect(await arrival()).toMatchObject({ latest: null, untold: { count: 1, sincePush: 1 } });
});

it("tells when HubSpot was last searched and its journal last read", async () => {
  await world.configure({ polledUntil: at(7) });
  await world.db.insert(journalPositions).values({ appId, readAt: at(9) });
  expect(await arrival()).toMatchObject({
    source: "journal",
    searchedAt: at(7).toISOString(),
    journalReadAt: at(9).toISOString(),
  });
  await world.db.update(journalPositions).set({ refusedAt: new Date() });
  expect((await arrival()).source).toBe("poll");
});

it("tells what has kept the search or the journal from being read for minutes, not what may pass", async () => {
  const since = (minutesAgo: number) => new Date(Date.now() - minutesAgo * 60_000).toISOString();
  const lasting = { kind: "refused", since: since(3) } as const;
  const fresh = { kind: "no_answer", since: since(1) } as const;
  await world.configure({ pollFault: lasting });
  await world.db.insert(journalPositions).values({ appId, fault: fresh });
  expect(await arrival()).toMatchObject({ pollFault: lasting, journalFault: null });
  await world.configure({ pollFault: fresh });
  await world.db.update(journalPositions).set({ fault: lasting });
  expect(await arrival()).toMatchObject({ pollFault: null, journalFault: { ...lasting, isStanding: false } });
});

it("tells at once of what HubSpot has put off for hours", async () => {
  for (const kind of ["day_used_up", "moving"] as const) {
    const pollFault = { kind, since: new Date().toISOString() };
    await world.configure({ pollFault });
    expect(await arrival()).toMatchObject({ pollFault: { ...pollFault, isStanding: true } });
  }
  await world.configure({ pollFault: null });
});

it("is not found from another workspace", async () => {
  await notice(at(0), at(1));
  const stranger = { db: world.db, workspaceId: crypto.randomUUID() };
  expect(await changeIntake(world.db, stranger.workspaceId, world.integrationId, appId)).toBeNull();
  await expect(readChangeArrival(stranger, world.integrationId)).rejects.toMatchObject({ code: "not_found" });
});

it("finds the latest notice of an account among many without reading them all", async () => {
  await world.db.execute(sql`insert into change_notices (dedupe_key, account_id, kind, occurred_at, received_at)
    select 'n' || n, (n % 50)::text, 'contact.creation', now(), now() from generate_series(1, 20000) n`);
  await world.db.execute(sql`analyze change_notices`);
  const plan = await world.db.execute(sql`explain select received_at from change_notices
    where account_id = '7' and not dedupe_key like 'journal|%' order by received_at desc, id desc limit 1`);
  expect(JSON.stringify(plan)).toContain("change_notices_account");
});
