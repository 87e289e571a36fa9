// Each person reads for themselves, and only what their own workspace was told.
import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { noticeReads, notices } from "@/db/schema/notices";
import { members, users } from "@/db/schema/workspaces";
import { defaultMail } from "@/lib/notice-kinds";
import type { Ctx } from "@/services/context";
import { readPreferences, savePreference } from "@/services/telling/mail-preferences";
import { markRead } from "@/services/telling/mark-read";
import { openNotice } from "@/services/telling/open-notice";
import { type NewNotice, raiseNotices } from "@/services/telling/raise-notices";
import { readNotices, readUnread } from "@/services/telling/read-notices";
import { newWorkspace } from "../../support/launched-integration";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
let stranger: Ctx;
beforeAll(async () => {
  world = await openSyncWorld();
  stranger = (await newWorkspace(world.ctx)).ctx;
});
afterAll(() => world.close());
beforeEach(() => world.db.delete(notices));

const raise = (notice: Partial<NewNotice> = {}) =>
  world.db.transaction((tx) =>
    raiseNotices(tx, [
      {
        workspaceId: world.ctx.workspaceId,
        integrationId: world.integrationId,
        kind: "connection_broken",
        params: { reason: "revoked" },
        ...notice,
      },
    ]),
  );
const read = (ctx = world.ctx) => readNotices({ ctx, input: {} });
const ids = async () => (await read()).notices.map(({ id }) => id);

async function colleague(): Promise<Ctx> {
  const [user] = await world.db
    .insert(users)
    .values({ email: `${randomUUID()}@example.org`, name: "Bea" })
    .returning();
  const userId = user?.id ?? "";
  await world.db.insert(members).values({ workspaceId: world.ctx.workspaceId, userId, role: "member" });
  return { ...world.ctx, userId, role: "member" };
}

describe("the bell", () => {
  it("is silenced at once, however many were told before that are over by now", async () => {
    await world.db.execute(sql`
      insert into notices (workspace_id, integration_id, kind, ended_at)
      select ${world.ctx.workspaceId}::uuid, ${world.integrationId}::uuid, 'records_failing', now()
      from generate_series(1, 40000)`);
    await raise();
    await markRead({ ctx: world.ctx, input: { ids: "all" } });
    expect(await readUnread(world.ctx)).toMatchObject({ count: 0 });
    expect(await world.db.$count(noticeReads)).toBe(1);
  });

  it("counts what is so and unread, for each person alone", async () => {
    const other = await colleague();
    await raise();
    await raise({ kind: "records_failing", params: { count: 3 } });
    expect(await readUnread(world.ctx)).toMatchObject({
      count: 2,
      unread: [{ kind: "records_failing" }, { kind: "connection_broken" }],
    });
    const [latest] = await ids();
    await markRead({ ctx: world.ctx, input: { ids: [latest ?? ""] } });
    await markRead({ ctx: world.ctx, input: { ids: [latest ?? ""] } });
    expect(await readUnread(world.ctx)).toMatchObject({ count: 1, unread: [{ kind: "connection_broken" }] });
    expect((await readUnread(other)).count).toBe(2);

    await markRead({ ctx: other, input: { ids: "all" } });
    expect((await readUnread(other)).count).toBe(0);
    expect((await readUnread(world.ctx)).count).toBe(1);
    expect((await read(other)).notices.map(({ unread }) => unread)).toEqual([false, false]);
  });

  it("counts again what has grown since it was read, until it is read again by either way", async () => {
    const { ctx } = world;
    const grow = (count: number) => raise({ kind: "conflicts_waiting", params: { count } });
    await grow(3);
    const [id = ""] = await ids();
    let count = 3;
    for (const readIt of [
      () => openNotice({ ctx, input: { id } }),
      () => markRead({ ctx, input: { ids: [id] } }),
      () => markRead({ ctx, input: { ids: "all" } }),
    ]) {
      await readIt();
      expect((await readUnread(ctx)).count).toBe(0);
      count += 397;
      await grow(count);
      expect(await readUnread(ctx)).toMatchObject({ count: 1, unread: [{ kind: "conflicts_waiting" }] });
      expect((await read()).notices).toMatchObject([{ id, params: { count }, unread: true }]);
    }
    await markRead({ ctx, input: { ids: [id] } });
    await grow(2);
    expect((await readUnread(ctx)).count).toBe(0);
  });

  it("tells a newcomer what has grown since they came", async () => {
    await raise({ kind: "conflicts_waiting", params: { count: 3 } });
    const newcomer = await colleague();
    expect((await readUnread(newcomer)).count).toBe(0);
    await raise({ kind: "conflicts_waiting", params: { count: 4 } });
    expect((await readUnread(newcomer)).count).toBe(1);
  });

  it("asks nobody's attention for what is over, and no newcomer's for what was told before", async () => {
    await raise();
    const newcomer = await colleague();
    expect((await readUnread(newcomer)).count).toBe(0);
    expect((await read(newcomer)).notices).toMatchObject([{ kind: "connection_broken", unread: false }]);
    await world.db.update(notices).set({ endedAt: new Date() });
    expect((await readUnread(world.ctx)).count).toBe(0);
    expect((await read()).notices).toMatchObject([{ unread: false, endedAt: expect.any(String) }]);
  });
});

describe("the list", () => {
  it("is read page by page, the latest first, without gap or repetition", async () => {
    await world.db.insert(notices).values(
      Array.from({ length: 65 }, (_, place) => ({
        workspaceId: world.ctx.workspaceId,
        integrationId: world.integrationId,
        kind: "records_failing" as const,
        params: { count: place },
        newsAt: new Date(Date.UTC(2026, 0, 1, 0, 0, Math.floor(place / 2))),
        endedAt: new Date(),
      })),
    );
    const seen: { id: string; newsAt: string }[] = [];
    let after: Awaited<ReturnType<typeof read>>["next"] = null;
    do {
      const page = await readNotices({ ctx: world.ctx, input: { after } });
      seen.push(...page.notices);
      after = page.next;
    } while (after);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(65);
    expect(seen.map(({ newsAt }) => newsAt)).toEqual(
      seen
        .map(({ newsAt }) => newsAt)
        .sort()
        .reverse(),
    );
  });

  it("has what became news again above what has been read since it was raised, by the time of the bell", async () => {
    const { ctx } = world;
    await raise({ kind: "records_failing", params: { count: 3 } });
    await world.db.update(notices).set({
      raisedAt: sql`raised_at - interval '21 days'`,
      newsAt: sql`news_at - interval '21 days'`,
    });
    await raise({ kind: "conflicts_waiting", params: { count: 1 } });
    await markRead({ ctx, input: { ids: "all" } });
    await raise({ kind: "records_failing", params: { count: 4 } });
    const { count, unread } = await readUnread(ctx);
    const [first, second] = (await read()).notices;
    expect({ count, unread }).toMatchObject({ count: 1, unread: [{ kind: "records_failing" }] });
    expect(first).toMatchObject({ kind: "records_failing", unread: true });
    expect(second).toMatchObject({ kind: "conflicts_waiting", unread: false });
    expect(Date.parse(first?.newsAt ?? "")).toBe(Date.parse(unread[0]?.newsAt ?? ""));
  });

  it("says which account it is about, and whether it is still connected", async () => {
    await raise();
    expect((await read()).notices).toMatchObject([{ accountName: "Sandbox", disconnected: false }]);
    await world.configure({ disconnectedAt: new Date() });
    expect((await read()).notices).toMatchObject([{ accountName: "Sandbox", disconnected: true }]);
    await world.configure({ disconnectedAt: null });
  });
});

describe("the link of an e-mail", () => {
  it("leads into the notice's workspace, whichever the person is in, and has it read", async () => {
    await raise({ kind: "records_failing" });
    const [id = ""] = await ids();
    const elsewhere = { ...world.ctx, workspaceId: stranger.workspaceId };
    expect(await openNotice({ ctx: elsewhere, input: { id } })).toEqual({
      workspaceId: world.ctx.workspaceId,
      path: `/settings/integrations/${world.integrationId}/records?status=failing`,
    });
    expect((await readUnread(world.ctx)).count).toBe(0);
  });

  it("leads nobody else anywhere", async () => {
    await raise();
    const [id = ""] = await ids();
    for (const given of [id, randomUUID()])
      await expect(openNotice({ ctx: stranger, input: { id: given } })).rejects.toMatchObject({
        code: "not_found",
      });
    expect(await world.db.select().from(noticeReads)).toEqual([]);
  });
});

it("what somebody wants by e-mail is theirs alone, and the defaults until they choose", async () => {
  const other = await colleague();
  await savePreference({ ctx: other, input: { kind: "records_failing", mail: "at_once" } });
  await savePreference({ ctx: other, input: { kind: "records_failing", mail: "never" } });
  expect(await readPreferences(other)).toEqual({ ...defaultMail, records_failing: "never" });
  expect(await readPreferences(world.ctx)).toEqual(defaultMail);
});

describe("another workspace's person", () => {
  it("sees nothing of it and marks nothing of it", async () => {
    await raise();
    const [id = ""] = await ids();
    const intruder = { ...stranger, workspaceId: world.ctx.workspaceId };
    for (const ctx of [stranger, intruder]) {
      expect(await read(ctx)).toEqual({ notices: [], next: null });
      expect(await readUnread(ctx)).toEqual({ unread: [], count: 0 });
    }
    for (const given of [[id], [randomUUID()]])
      await expect(markRead({ ctx: stranger, input: { ids: given } })).rejects.toMatchObject({
        code: "not_found",
      });
    await markRead({ ctx: stranger, input: { ids: "all" } });
    expect(await world.db.select().from(noticeReads)).toEqual([]);
  });

  it("does not see it any more once they have left", async () => {
    await raise();
    const former = await colleague();
    await world.db.delete(members).where(eq(members.userId, former.userId));
    expect(await read(former)).toEqual({ notices: [], next: null });
    expect((await readUnread(former)).count).toBe(0);
  });
});
