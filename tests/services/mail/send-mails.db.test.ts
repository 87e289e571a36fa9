// What is told at once is queued with the notice, and handed to the mail server until it takes it.
import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { countStuckMails } from "@/db/queries/stuck-mails";
import { connections } from "@/db/schema/connections";
import { mails, noticePreferences } from "@/db/schema/mails";
import { notices } from "@/db/schema/notices";
import { runs } from "@/db/schema/runs";
import { members, users, workspaces } from "@/db/schema/workspaces";
import { markBroken } from "@/services/connections/mark-broken";
import { sendMails } from "@/services/mail/send-mails";
import { endNotices } from "@/services/telling/end-notices";
import { keepNotices } from "@/services/telling/keep-notices";
import { markRead } from "@/services/telling/mark-read";
import { headerOf, type MailServer, startMailServer } from "../../support/mail-server";
import { type MailWorld, openMailWorld } from "./mail-world";

let world: MailWorld;
let server: MailServer;
beforeAll(async () => {
  world = await openMailWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.db.delete(mails);
  await world.db.delete(notices);
  await world.db.delete(noticePreferences);
  await world.db.delete(users).where(sql`id <> ${world.ctx.userId}`);
  server = await startMailServer();
  world.mailBy(server.url);
});
afterEach(() => server.stop());

const send = () => sendMails(world.ctx);
const ana = "ana@example.com";

describe("an e-mail at once", () => {
  it("goes to every member who wants it, in their language, with a link to what helps and one to the settings", async () => {
    const bia = await world.person({ locale: "pt-BR" });
    const caio = await world.person();
    await world.prefer(caio.id, "connection_broken", "never");
    await world.raise();
    expect(await send()).toEqual({ sent: 2, failed: 0 });
    expect(server.received.flatMap(({ to }) => to).sort()).toEqual([ana, bia.email].sort());
    const [toAna, toBia] = [ana, bia.email].map((address) =>
      server.received.find(({ to }) => to[0] === address),
    );
    const [notice] = await world.db.select().from(notices);
    expect(toAna?.from).toBe("notices@example.org");
    expect(headerOf(toAna, "Subject")).toBe("The connection to Sandbox has ended");
    expect(headerOf(toAna, "From")).toBe("Instep <notices@example.org>");
    expect(headerOf(toAna, "Auto-Submitted")).toBe("auto-generated");
    expect(toAna?.source).toContain("HubSpot no longer accepts our access.");
    expect(toAna?.source).toContain(
      `See the connection: http://127.0.0.1:3999/api/notices/${notice?.id}/open`,
    );
    expect(toAna?.source).toContain("http://127.0.0.1:3999/settings/notices");
    expect(toBia?.source).toContain("O HubSpot não aceita mais o nosso acesso.");
    expect(await send()).toEqual({ sent: 0, failed: 0 });
    expect(server.received).toHaveLength(2);
  });

  it("is one for a condition that lasts, and another when it comes again", async () => {
    await world.raise();
    await world.raise({ params: { reason: "account_gone" } });
    await send();
    expect(server.received).toHaveLength(1);
    const { integrationId } = world;
    await world.db.transaction((tx) => endNotices(tx, { integrationId, kinds: ["connection_broken"] }));
    await world.raise();
    await send();
    expect(server.received).toHaveLength(2);
  });

  it("is sent anew where a connection ends that so far could only not be renewed", async () => {
    const refreshFault = { kind: "unknown" as const, code: "BAD", at: new Date().toISOString() };
    await world.db.update(connections).set({ refreshFault });
    await keepNotices(world.ctx);
    await send();
    const failed = { connectionId: world.connectionId, tokenVersion: 1 };
    await markBroken(world.ctx, failed, "missing_scopes");
    await send();
    expect(server.received.map((mail) => headerOf(mail, "Subject"))).toEqual([
      "The app cannot renew its access to Sandbox",
      "The connection to Sandbox has ended",
    ]);
    await world.db.update(connections).set({ brokenReason: null });
    await world.configure({ state: "active" });
  });

  it("is not sent about what is over or read by then", async () => {
    await world.raise();
    await world.raise({ kind: "fuse_blown", params: { fuse: "removals", planned: 9 } });
    const fuse = await world.db.select().from(notices).where(eq(notices.kind, "fuse_blown"));
    await markRead({ ctx: world.ctx, input: { ids: fuse.map(({ id }) => id) } });
    const { integrationId } = world;
    await world.db.transaction((tx) => endNotices(tx, { integrationId, kinds: ["connection_broken"] }));
    expect(await send()).toEqual({ sent: 0, failed: 0 });
    expect((await world.mails()).map(({ state }) => state)).toEqual(["dropped", "dropped"]);
  });

  it("is not sent to who has chosen since then to have none of its kind, and to the others still is", async () => {
    const bea = await world.person();
    await world.raise();
    await server.stop();
    expect(await send()).toEqual({ sent: 0, failed: 1 });
    await world.prefer(world.ctx.userId, "connection_broken", "never");
    await world.prefer(bea.id, "connection_broken", "daily");
    server = await startMailServer();
    world.mailBy(server.url);
    await world.makeDue();
    expect(await send()).toEqual({ sent: 1, failed: 0 });
    expect(server.received.flatMap(({ to }) => to)).toEqual([bea.email]);
    expect((await world.mails()).map(({ state }) => state).sort()).toEqual(["dropped", "sent"]);
  });

  it("is not sent to who has left, nor about another workspace's integrations", async () => {
    const former = await world.person();
    const [elsewhere] = await world.db.insert(workspaces).values({ name: "Elsewhere" }).returning();
    const stranger = await world.person({}, elsewhere?.id);
    await world.raise();
    expect((await world.mails()).map(({ userId }) => userId)).not.toContain(stranger.id);
    await world.db.delete(members).where(eq(members.userId, former.id));
    await send();
    expect(server.received.flatMap(({ to }) => to)).toEqual([ana]);
  });

  it("about a transfer goes to whoever started it", async () => {
    const starter = await world.person();
    const [run] = await world.db
      .insert(runs)
      .values({
        integrationId: world.integrationId,
        kind: "transfer",
        state: "finished",
        startedBy: starter.id,
      })
      .returning();
    await world.raise({ kind: "transfer_ended", runId: run?.id ?? "", params: { count: 12, failing: 2 } });
    await send();
    expect(server.received.flatMap(({ to }) => to)).toEqual([starter.email]);
    expect(server.received[0]?.source).toContain("12 records have had their turn. 2 of them failed.");
  });

  it("is not even queued while no mail server is named", async () => {
    world.mailBy(undefined);
    await world.raise();
    expect(await world.mails()).toEqual([]);
    expect(await send()).toEqual({ sent: 0, failed: 0 });
  });

  it("is not queued where the transaction that raised it fails", async () => {
    await expect(
      world.db.transaction(async (tx) => {
        const { raiseNotices } = await import("@/services/telling/raise-notices");
        const { workspaceId } = world.ctx;
        await raiseNotices(tx, [{ workspaceId, integrationId: world.integrationId, kind: "fuse_blown" }]);
        throw new Error("the process dies here");
      }),
    ).rejects.toThrow("the process dies here");
    expect([await world.mails(), await world.db.select().from(notices)]).toEqual([[], []]);
  });
});

describe("a mail server", () => {
  it("that is down loses nothing: all wait, longer each time, and are sent once it is up", async () => {
    await world.person();
    await world.raise();
    await server.stop();
    expect(await send()).toEqual({ sent: 0, failed: 1 });
    const waits: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      await world.makeDue();
      await world.db.update(mails).set({ attempts: round * 4 });
      await send();
      const [tried] = (await world.mails()).filter(({ lastError }) => lastError);
      expect(tried).toMatchObject({ state: "waiting", lastError: expect.stringMatching(/^unreachable: /) });
      waits.push(Math.round(((tried?.dueAt.getTime() ?? 0) - Date.now()) / 60_000));
    }
    expect(waits).toEqual([1, 16, 60]);
    expect(await countStuckMails(world.db)).toBe(2);

    server = await startMailServer({ port: server.port });
    await world.makeDue();
    expect(await send()).toEqual({ sent: 2, failed: 0 });
    expect((await world.mails()).map(({ state }) => state)).toEqual(["sent", "sent"]);
    expect(await countStuckMails(world.db)).toBe(0);
    expect(server.received).toHaveLength(2);
  });

  it("that does not know a recipient is not asked again for them, and takes the others'", async () => {
    const bia = await world.person();
    server.refuse(ana);
    await world.raise();
    expect(await send()).toEqual({ sent: 1, failed: 1 });
    expect(server.received.flatMap(({ to }) => to)).toEqual([bia.email]);
    await world.makeDue();
    expect(await send()).toEqual({ sent: 0, failed: 0 });
    expect((await world.mails()).find(({ userId }) => userId === world.ctx.userId)).toMatchObject({
      state: "refused",
      lastError: expect.stringContaining("550"),
    });
  });

  it("that refuses a recipient for now is asked again, and not for ever", async () => {
    server.refuse(ana, 451);
    await world.raise();
    expect(await send()).toEqual({ sent: 0, failed: 1 });
    expect(await world.mails()).toMatchObject([{ state: "waiting", attempts: 1 }]);
    await world.makeDue();
    await world.db.update(mails).set({ createdAt: sql`now() - interval '8 days'` });
    await send();
    expect(await world.mails()).toMatchObject([{ state: "refused", settledAt: expect.any(Date) }]);
  });
});

describe("several processes", () => {
  it("that send at once send each e-mail once", async () => {
    for (let person = 0; person < 8; person += 1) await world.person();
    await world.raise();
    const counts = await Promise.all([send(), send(), send()]);
    expect(counts.reduce((sum, { sent }) => sum + sent, 0)).toBe(9);
    expect(new Set(server.received.flatMap(({ to }) => to)).size).toBe(9);
    expect(server.received).toHaveLength(9);
  });

  it("of which one died before it saved that it had sent: the e-mail goes again, as the same message", async () => {
    await world.raise();
    await send();
    await world.db
      .update(mails)
      .set({ state: "waiting", settledAt: null, dueAt: sql`now() + interval '1 minute'` });
    expect(await send()).toEqual({ sent: 0, failed: 0 });
    await world.makeDue();
    await send();
    const ids = server.received.map((mail) => headerOf(mail, "Message-ID"));
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });
});

it("names in an e-mail neither headers nor markup of its own", async () => {
  const name = 'Acme"\r\nBcc: eve@example.org <b>&';
  await world.db.execute(sql`update connections set account_name = ${name}`);
  await world.raise();
  await send();
  expect(server.received.flatMap(({ to }) => to)).toEqual([ana]);
  expect(headerOf(server.received[0], "Bcc")).toBe("");
  const html = server.received[0]?.source.split("text/html")[1] ?? "";
  expect(html).toContain("&#60;b&#62;&#38;");
  expect(html).not.toContain("<b>");
});
