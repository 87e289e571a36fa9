// How HubSpot's changes are learnt of, and how late they were, as the page of an integration tells it.
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { changeIntake } from "@/db/queries/change-intake";
import { journalPositions } from "@/db/schema/journal";
import { changeNotices } from "@/db/schema/sync";
import { readChangeArrival } from "@/services/integrations/read-change-arrival";
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
  await world.db.delete(journalPositions);
});

const arrival = () => readChangeArrival(world.ctx, world.integrationId);
const notice = (occurredAt: Date, receivedAt: Date, accountId = String(ACCOUNT)) =>
  world.db.insert(changeNotices).values({
    dedupeKey: crypto.randomUUID(),
    accountId,
    kind: "contact.propertyChange",
    occurredAt,
    receivedAt,
  });

it("knows of nothing before the first notice, search and reading", async () => {
  expect(await arrival()).toEqual({
    source: "journal",
    latest: null,
    searchedAt: null,
    journalReadAt: null,
    pollFault: null,
    journalFault: null,
  });
});

it("tells of the account's latest notice and how late it was, not of another account's", async () => {
  await notice(at(0), at(60));
  await notice(at(99), at(100.25));
  await notice(at(199), at(200), "999");
  expect((await arrival()).latest).toEqual({ at: at(100.25).toISOString(), lateMs: 1250 });
});

it("calls a notice that HubSpot's clock dates ahead of ours not late", async () => {
  await notice(at(5), at(3));
  expect((await arrival()).latest?.lateMs).toBe(0);
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
  expect(await arrival()).toMatchObject({ pollFault: null, journalFault: lasting });
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
    where account_id = '7' order by received_at desc, id desc limit 1`);
  expect(JSON.stringify(plan)).toContain("change_notices_account");
});
