// Once a day everybody who wants it is told what is new and still so; nobody else gets anything.
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connections } from "@/db/schema/connections";
import { integrations } from "@/db/schema/integrations";
import { mails, noticePreferences } from "@/db/schema/mails";
import { noticeReads, notices } from "@/db/schema/notices";
import { members, users, workspaces } from "@/db/schema/workspaces";
import { env } from "@/lib/env";
import { lastDigestTime } from "@/services/mail/digest-time";
import { queueDigests } from "@/services/mail/queue-digests";
import { sendMails } from "@/services/mail/send-mails";
import { markRead } from "@/services/telling/mark-read";
import { openNotice } from "@/services/telling/open-notice";
import { headerOf, type MailServer, startMailServer } from "../../support/mail-server";
import { type MailWorld, openMailWorld } from "./mail-world";

let world: MailWorld;
let server: MailServer;
beforeAll(async () => {
  world = await openMailWorld();
});
afterAll(async () => {
  await server.stop();
  await world.close();
});
beforeEach(async () => {
  await world.db.delete(mails);
  await world.db.delete(notices);
  await world.db.delete(noticePreferences);
  await world.db.delete(users).where(sql`id <> ${world.ctx.userId}`);
  await world.db.update(users).set({ digestedUntil: null });
  await world.db.update(members).set({ createdAt: at("2026-01-01T00:00:00Z") });
  await server?.stop();
  server = await startMailServer();
  world.mailBy(server.url);
  Object.assign(env(), { MAIL_DIGEST_HOUR: 7 });
});

const at = (time: string) => new Date(time);
const digest = (time: string) => queueDigests(world.ctx, at(time));
const fails = async (time: string, values: Partial<typeof notices.$inferInsert> = {}) => {
  const [notice] = await world.db
    .insert(notices)
    .values({
      workspaceId: world.ctx.workspaceId,
      integrationId: world.integrationId,
      kind: "records_failing",
      params: { count: 3 },
      raisedAt: at(time),
      newsAt: at(time),
      ...values,
    })
    .returning();
  return notice?.id ?? "";
};

describe("the daily e-mail", () => {
  it("tells what became news since the last one and is still so, once", async () => {
    const id = await fails("2026-03-09T12:00:00Z");
    expect(await digest("2026-03-10T07:05:00Z")).toEqual({ queued: 1 });
    expect(await world.mails()).toMatchObject([
      { kind: "digest", noticeIds: [id], userId: world.ctx.userId },
    ]);
    expect(await digest("2026-03-10T07:06:00Z")).toEqual({ queued: 0 });
    expect(await digest("2026-03-11T07:05:00Z")).toEqual({ queued: 0 });

    await sendMails(world.ctx);
    const [received] = server.received;
    expect(headerOf(received, "Subject")).toBe("1 notice from your integrations");
    expect(received?.source).toContain("3 records of Sandbox are failing");
    expect(received?.source).toContain("Workspace Test");
  });

  it("leaves what comes at the very hour to neither day twice and to no gap", async () => {
    await fails("2026-03-10T07:00:00.000Z");
    const later = await fails("2026-03-10T07:00:00.001Z", { kind: "conflicts_waiting" });
    expect(await digest("2026-03-10T07:05:00Z")).toEqual({ queued: 1 });
    expect(await digest("2026-03-11T07:05:00Z")).toEqual({ queued: 1 });
    const told = (await world.mails()).flatMap(({ noticeIds }) => noticeIds);
    expect(new Set(told).size).toBe(2);
    expect(told.at(-1)).toBe(later);
  });

  it("tells also what grows all the time, and not a second time what has not grown since", async () => {
    const hour = lastDigestTime(new Date(), 7).getTime();
    const minutesOn = (minutes: number) => new Date(hour + minutes * 60_000);
    const id = await fails(minutesOn(-600).toISOString(), { newsAt: minutesOn(1) });
    expect(await queueDigests(world.ctx, minutesOn(5))).toEqual({ queued: 1 });
    expect(await queueDigests(world.ctx, minutesOn(24 * 60 + 5))).toEqual({ queued: 0 });
    await world.db.update(notices).set({ newsAt: sql`now() + interval '1 second'` });
    await world.db.update(users).set({ digestedUntil: minutesOn(0) });
    expect(await queueDigests(world.ctx, minutesOn(24 * 60 + 5))).toEqual({ queued: 1 });
    expect((await world.mails()).map(({ noticeIds }) => noticeIds)).toEqual([[id], [id]]);
  });

  it("catches up where nothing ran for days, in one e-mail", async () => {
    await digest("2026-03-10T07:05:00Z");
    await fails("2026-03-10T12:00:00Z");
    await fails("2026-03-12T12:00:00Z", { kind: "conflicts_waiting" });
    expect(await digest("2026-03-14T18:00:00Z")).toEqual({ queued: 1 });
    expect((await world.mails())[0]?.noticeIds).toHaveLength(2);
  });

  it("tells what is new also on a day on which its hour was moved to a later one", async () => {
    await fails("2026-03-10T06:00:00Z");
    expect(await digest("2026-03-10T07:05:00Z")).toEqual({ queued: 1 });
    const id = await fails("2026-03-10T12:00:00Z", { kind: "conflicts_waiting" });
    Object.assign(env(), { MAIL_DIGEST_HOUR: 18 });
    expect(await digest("2026-03-10T18:05:00Z")).toEqual({ queued: 1 });
    expect((await world.mails()).at(-1)).toMatchObject({ noticeIds: [id] });
  });

  it("is none where nothing is new, over by then, read, or wanted otherwise", async () => {
    expect(await digest("2026-03-10T07:05:00Z")).toEqual({ queued: 0 });
    await fails("2026-03-10T12:00:00Z", { endedAt: new Date() });
    await world.db
      .insert(noticeReads)
      .values({ noticeId: await fails("2026-03-10T12:00:00Z"), userId: world.ctx.userId });
    await fails("2026-03-10T12:00:00Z", { kind: "connection_broken" });
    await fails("2026-03-10T12:00:00Z", { kind: "conflicts_waiting" });
    await world.prefer(world.ctx.userId, "conflicts_waiting", "never");
    expect(await digest("2026-03-11T07:05:00Z")).toEqual({ queued: 0 });
  });

  it("tells a newcomer nothing from before they came", async () => {
    await fails("2026-03-09T12:00:00Z");
    const newcomer = await world.person();
    await world.db
      .update(members)
      .set({ createdAt: at("2026-03-09T13:00:00Z") })
      .where(eq(members.userId, newcomer.id));
    await digest("2026-03-10T07:05:00Z");
    expect((await world.mails()).map(({ userId }) => userId)).toEqual([world.ctx.userId]);
  });

  it.each([
    ["in the app", (id: string) => markRead({ ctx: world.ctx, input: { ids: [id] } })],
    ["by an e-mail's link", (id: string) => openNotice({ ctx: world.ctx, input: { id } })],
  ])(
    "tells again of what was read %s once it has grown, and not what was read again since",
    async (_, read) => {
      const inDays = (days: number) => queueDigests(world.ctx, new Date(Date.now() + days * 24 * 3_600_000));
      const grow = (count: number) => world.raise({ kind: "conflicts_waiting", params: { count } });
      await world.db.update(users).set({ digestedUntil: at("2026-01-01T07:00:00Z") });
      await grow(3);
      const [notice] = await world.db.select().from(notices);
      await read(notice?.id ?? "");
      await grow(400);
      await read(notice?.id ?? "");
      expect(await inDays(2)).toEqual({ queued: 0 });
      await world.db.update(users).set({ digestedUntil: at("2026-01-01T07:00:00Z") });
      await grow(401);
      expect(await inDays(3)).toEqual({ queued: 1 });
    },
  );

  it("gathers all workspaces of a person, each under its name, and none that they left", async () => {
    const person = await world.person({ locale: "pt-BR" });
    const others = [];
    for (const name of ["Second", "Left"]) {
      const [workspace] = await world.db.insert(workspaces).values({ name }).returning();
      const workspaceId = workspace?.id ?? "";
      const [connection] = await world.db.select().from(connections);
      if (!connection) throw new Error("no connection");
      const [copied] = await world.db
        .insert(connections)
        .values({ ...connection, id: undefined, workspaceId, accountName: `Account of ${name}` })
        .returning();
      const [integration] = await world.db.query.integrations.findMany({ limit: 1 });
      if (!integration || !copied) throw new Error("no integration");
      const [added] = await world.db
        .insert(integrations)
        .values({
          ...integration,
          id: undefined,
          workspaceId,
          connectionId: copied.id,
          receivingListId: null,
        })
        .returning();
      await world.db.insert(members).values({ workspaceId, userId: person.id, role: "member" });
      await fails("2026-03-09T12:00:00Z", { workspaceId, integrationId: added?.id ?? "" });
      others.push(workspaceId);
    }
    await world.db.update(members).set({ createdAt: at("2026-01-01T00:00:00Z") });
    await fails("2026-03-09T12:00:00Z");
    await digest("2026-03-10T07:05:00Z");
    await world.db.delete(members).where(eq(members.workspaceId, others[1] ?? ""));
    await sendMails(world.ctx);
    const received = server.received.find(({ to }) => to[0] === person.email);
    expect(headerOf(received, "Subject")).toContain("2_avisos_das_suas_integrações");
    expect(received?.source).toContain("Espaço de trabalho Second");
    expect(received?.source).toContain("3 registros de Account of Second estão falhando");
    expect(received?.source).toContain("Espaço de trabalho Test");
    expect(received?.source).not.toContain("Account of Left");
  });

  it("is one for each person although several processes look at once", async () => {
    for (let person = 0; person < 5; person += 1) await world.person();
    await world.db.update(members).set({ createdAt: at("2026-01-01T00:00:00Z") });
    await fails("2026-03-09T12:00:00Z");
    const all = await Promise.all([1, 2, 3].map(() => digest("2026-03-10T07:05:00Z")));
    expect(all.reduce((sum, { queued }) => sum + queued, 0)).toBe(6);
    expect(await world.mails()).toHaveLength(6);
  });
});
