// The sums by the hour: what travelled is counted once, in its hour, for its workspace, and kept for 90 days.
import { type SQL, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { hourlyCalls, hourlyChanges, hourlyLatencies, hourlyStatuses } from "@/db/schema/hours";
import { activities, pendingRecords, recordStatuses } from "@/db/schema/sync";
import { accountKey } from "@/services/connections/account-budget";
import { countChanges } from "@/services/figures/count-changes";
import { readCharts } from "@/services/figures/read-charts";
import { saveStatusHour } from "@/services/figures/save-status-hour";
import { purgeExpired } from "@/services/sync/purge-expired";
import { ACCOUNT } from "../../sandbox/test-sandbox";
import { slowPage } from "../../support/slow-page";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { untilTrue } from "../../support/until-true";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld({ integration: { existingLinkedAt: new Date() } });
});
beforeEach(async () => {
  for (const table of [hourlyChanges, hourlyLatencies, hourlyStatuses, hourlyCalls])
    await world.db.delete(table);
});
afterAll(() => world.close());

type Asked = { range?: "day" | "week" | "quarter"; timeZone?: string };
const charts = async ({ range = "day", timeZone }: Asked = {}) =>
  (await readCharts({ ctx: world.ctx, input: { id: world.integrationId, range, timeZone } })).spans;
const sum = (spans: { toHubspot: number }[]) => spans.reduce((all, { toHubspot }) => all + toHubspot, 0);

describe("changes and their latency (Verifies: R-78)", () => {
  it("count what each side was given, and how long it took", async () => {
    const id = await world.addProspect({ emails: ["ana@example.com"], first_name: "Ana", job_title: "CEO" });
    await world.reconcile();
    await world.editContact(await world.contactOf(id), { jobtitle: "CTO" });
    await world.notice("hubspot", await world.contactOf(id));
    await world.reconcile();
    const spans = await charts();
    expect(spans).toHaveLength(24);
    const now = spans.at(-1);
    expect(now).toMatchObject({ toHubspot: 1, toSnov: 1, transferred: 0 });
    expect(now?.latency?.half).toBeGreaterThan(0);
    expect(now?.latency?.most).toBeGreaterThanOrEqual(now?.latency?.half ?? Number.NaN);
    expect(await world.db.$count(activities, sql`side is not null and integration_id is not null`)).toBe(2);
  });

  it("are counted once where a crash has the page done again", async () => {
    const id = await world.addProspect({ emails: ["bia@example.com"], first_name: "Bia", job_title: "CEO" });
    await world.reconcile();
    await world.db.delete(hourlyChanges);
    await world.db.delete(hourlyLatencies);
    const contactId = await world.contactOf(id);
    await world.editContact(contactId, { jobtitle: "CTO" });
    await world.notice("hubspot", contactId);
    const page = await slowPage(world);
    const crash = page.commit(new Map(), async () => {
      throw new Error("crash");
    });
    await expect(crash).rejects.toThrow("crash");
    // Nobody lives who would give its records back: their lease ends.
    await world.db.update(pendingRecords).set({ leasedUntil: sql`now()` });
    await world.reconcile();
    expect((await charts()).map(({ toSnov }) => toSnov)).toEqual([...Array(23).fill(0), 1]);
    expect(await world.db.select().from(hourlyLatencies)).toMatchObject([{ changes: 1 }]);
  });

  it("are told apart from what a transfer wrote, which has no latency", async () => {
    const row = {
      workspaceId: world.ctx.workspaceId,
      kind: "contact/edited",
      cause: { kind: "system" as const },
    };
    await world.db.transaction((tx) =>
      countChanges(tx, world.integrationId, [
        { ...row, side: "hubspot", latencyMs: 500 },
        { ...row, side: "hubspot", runId: crypto.randomUUID() },
        { ...row },
      ]),
    );
    expect((await charts()).at(-1)).toMatchObject({ toHubspot: 2, transferred: 1 });
  });

  it("belong to the hour they happened in, and to the day of whoever looks", async () => {
    const add = (hour: SQL, changes: number) =>
      world.db
        .insert(hourlyChanges)
        .values({ integrationId: world.integrationId, hour, side: "hubspot", changes });
    const thisHour = sql`date_trunc('hour', now(), 'UTC')`;
    await add(thisHour, 1);
    await add(sql`${thisHour} - interval '1 hour'`, 2);
    await add(sql`${thisHour} - interval '24 hours'`, 4);
    const spans = await charts();
    expect(spans.slice(-2).map(({ toHubspot }) => toHubspot)).toEqual([2, 1]);
    expect(sum(spans)).toBe(3);
    for (const timeZone of ["UTC", "America/Sao_Paulo", "Asia/Kolkata", "Pacific/Auckland", "nowhere"]) {
      const days = await charts({ range: "week", timeZone });
      expect([days.length, sum(days)]).toEqual([7, 7]);
      const clock = { hour: "2-digit", hourCycle: "h23" } as const;
      const zone = timeZone === "nowhere" ? "UTC" : timeZone;
      for (const { starts } of days)
        expect(new Intl.DateTimeFormat("en", { ...clock, timeZone: zone }).format(new Date(starts))).toBe(
          "00",
        );
    }
  });
});

describe("statuses (Verifies: R-77)", () => {
  it("are counted once an hour, with what waits", async () => {
    for (const table of [pendingRecords, recordStatuses]) await world.db.delete(table);
    await world.addProspect({ emails: ["here@example.com"], first_name: "Here" });
    await world.addProspect({ first_name: "Sem", last_name: "Endereço" });
    await world.reconcile();
    await world.addProspect({ emails: ["late@example.com"], first_name: "Late" });
    expect(await saveStatusHour(world.ctx)).toEqual({ saved: 1 });
    await world.reconcile();
    expect(await saveStatusHour(world.ctx)).toEqual({ saved: 0 });
    const spans = await charts();
    expect(spans.at(-1)?.statuses).toEqual({ inSync: 1, waiting: 1, failing: 0, inConflict: 0, excluded: 1 });
    expect(spans.at(-2)?.statuses).toBeNull();
  });
});

describe("calls (Verifies: R-74)", () => {
  it("are those that HubSpot answered, with the most that counted at once", async () => {
    await world.hubspot.properties.list();
    await world.hubspot.properties.list();
    await untilTrue(async () => ((await charts()).at(-1)?.general?.calls ?? 0) === 2);
    const use = (await charts()).at(-1)?.general;
    expect(use?.peak).toBeGreaterThanOrEqual(1);
    expect(use?.peak).toBeLessThanOrEqual(use?.allowed ?? 0);
  });
});

it("shows another workspace nothing", async () => {
  await world.db.insert(hourlyCalls).values({
    account: accountKey(String(ACCOUNT)),
    kind: "general",
    hour: new Date(),
    calls: 1,
    allowed: 110,
  });
  const ctx = { ...world.ctx, workspaceId: crypto.randomUUID() };
  const reading = readCharts({ ctx, input: { id: world.integrationId, range: "day" } });
  await expect(reading).rejects.toMatchObject({ code: "not_found" });
});

it("keeps hours for 90 days", async () => {
  const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 3_600_000);
  for (const days of [1, 89, 91, 200]) {
    const own = { integrationId: world.integrationId, hour: daysAgo(days) };
    await world.db.insert(hourlyChanges).values({ ...own, side: "snov", changes: 1 });
    await world.db.insert(hourlyLatencies).values({ ...own, bucket: 1, changes: 1 });
    await world.db
      .insert(hourlyStatuses)
      .values({ ...own, inSync: 1, waiting: 0, failing: 0, inConflict: 0, excluded: 0 });
    await world.db.insert(hourlyCalls).values({ account: "a", kind: "search", hour: own.hour, allowed: 5 });
  }
  await purgeExpired(world.ctx, 1);
  for (const table of [hourlyChanges, hourlyLatencies, hourlyStatuses, hourlyCalls])
    expect(await world.db.$count(table)).toBe(2);
});
