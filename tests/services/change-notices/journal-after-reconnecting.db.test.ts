// An account that our app had left is heard in the journal again once it is connected anew, and until then left in peace.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { connections } from "@/db/schema/connections";
import { integrations } from "@/db/schema/integrations";
import { journalPositions, journalSubscriptions } from "@/db/schema/journal";
import { notices } from "@/db/schema/notices";
import { changeNotices } from "@/db/schema/sync";
import en from "@/messages/en.json";
import ptBr from "@/messages/pt-BR.json";
import { readJournal } from "@/services/change-notices/read-journal";
import { openConnection } from "@/services/connections/open-connection";
import type { Ctx } from "@/services/context";
import { type ContactBody, clientOf } from "../../sandbox/test-sandbox";
import { NORTHWIND, startWorld, type World } from "../connections/connected-world";

let world: World;
let ctx: Ctx;
let integrationId: string;
beforeAll(async () => {
  world = await startWorld();
  await control("PATCH", "/settings", { journalDelayMs: 0 });
});
beforeEach(async () => {
  await world.db.delete(integrations);
  await world.db.delete(connections);
  ctx = await world.newCtx();
  integrationId = await world.connect(ctx);
  await world.launch(integrationId);
  await readJournal(ctx);
});
afterAll(() => world.close());

const control = <T>(method: string, path: string, body?: object) =>
  clientOf(world.url).control<T>(method, path, body);
const subscribed = () => world.sandbox.journal.subscriptions.of("OBJECT", NORTHWIND).length;
const contacts = `/accounts/${NORTHWIND}/contacts`;
let made = 0;

/** Whether the journal brings a contact that somebody makes now. */
async function isHeard(): Promise<boolean> {
  made += 1;
  const properties = { email: `person${made}@example.com` };
  const { body } = await control<ContactBody>("POST", contacts, { properties });
  await readJournal(ctx);
  return (await world.db.$count(changeNotices, eq(changeNotices.recordId, body.id))) > 0;
}

it("has not been read where there was no account to read it for", async () => {
  await world.db.delete(integrations);
  await world.db.delete(journalPositions);
  await readJournal(ctx);
  expect(await world.db.select().from(journalPositions)).toEqual([]);
});

describe("the journal of an account (Verifies: R-72)", () => {
  it("tells again of one that had uninstalled our app and was connected anew", async () => {
    expect(await isHeard()).toBe(true);
    await control("POST", `/accounts/${NORTHWIND}/uninstall`);
    const hubspot = await openConnection(ctx, (await world.read(integrationId)).connection.id);
    await expect(hubspot.properties.list()).rejects.toMatchObject({ kind: "unauthorized" });
    expect((await world.read(integrationId)).connection.brokenReason).toBe("revoked");
    expect(await isHeard()).toBe(false);
    expect(await world.connect(ctx, NORTHWIND, integrationId)).toBe(integrationId);
    await readJournal(ctx);
    expect(await isHeard()).toBe(true);
  });

  it("tells, beside webhooks, of what is removed between its hourly readings, however new the account is in it", async () => {
    const lost = (await control<ContactBody>("POST", contacts, { properties: { email: "lost@example.com" } }))
      .body.id;
    await readJournal(ctx, "removals");
    await control("POST", `/accounts/${NORTHWIND}/uninstall`);
    const hubspot = await openConnection(ctx, (await world.read(integrationId)).connection.id);
    await expect(hubspot.properties.list()).rejects.toMatchObject({ kind: "unauthorized" });
    expect(await world.connect(ctx, NORTHWIND, integrationId)).toBe(integrationId);
    expect(subscribed()).toBe(0);
    const [before] = await world.db.select().from(journalPositions);
    // The minute after, in the hour in which nothing of it is read.
    await readJournal(ctx, "nothing");
    expect(subscribed()).toBeGreaterThan(0);
    expect(await world.db.select().from(journalPositions)).toMatchObject([
      { readAt: before?.readAt, offset: before?.offset },
    ]);
    const asked = vi.spyOn(globalThis, "fetch");
    await readJournal(ctx, "nothing");
    expect(asked).not.toHaveBeenCalled();
    asked.mockRestore();
    await control("DELETE", `${contacts}/${lost}`);
    await readJournal(ctx, "removals");
    expect(await world.db.$count(changeNotices, eq(changeNotices.recordId, lost))).toBeGreaterThan(0);
  });

  it("is not asked for while every connection to the account is broken, and what it still tells counts", async () => {
    const { connection } = await world.read(integrationId);
    const broken = (reason: "revoked" | null) =>
      world.db.update(connections).set({ brokenReason: reason }).where(eq(connections.id, connection.id));
    await broken("revoked");
    expect(await isHeard()).toBe(true);
    await world.db.delete(journalSubscriptions);
    world.sandbox.journal.subscriptions.removeAll(NORTHWIND);
    expect(await isHeard()).toBe(false);
    expect(subscribed()).toBe(0);
    await broken(null);
    await readJournal(ctx);
    expect(subscribed()).toBe(1);
  });
});

describe("an app that is uninstalled in HubSpot (Verifies: R-12)", () => {
  const uninstall = () => control("POST", `/accounts/${NORTHWIND}/uninstall`);
  const reason = async () => (await world.read(integrationId)).connection.brokenReason;
  const told = async () =>
    (await world.db.select().from(notices).where(eq(notices.integrationId, integrationId))).map(
      ({ kind, params, endedAt }) => [kind, params.reason, endedAt],
    );

  it("ends the connection as soon as the journal tells of it, with that as its reason", async () => {
    await uninstall();
    expect(await reason()).toBeNull();
    await readJournal(ctx);
    const { integration, connection } = await world.read(integrationId);
    expect([integration.state, connection.brokenReason]).toEqual(["broken", "uninstalled"]);
    expect(await told()).toEqual([["connection_broken", "uninstalled", null]]);
    for (const { overview } of [en, ptBr]) expect(overview.broken.uninstalled).toMatch(/recon/);
  });

  it("is told from access that was revoked, which its token service calls by the same name", async () => {
    const otherApp = "app of another installation";
    await world.db.insert(journalPositions).values({ appId: otherApp });
    await world.db.update(journalPositions).set({ readAt: new Date() });
    await uninstall();
    const hubspot = await openConnection(ctx, (await world.read(integrationId)).connection.id);
    await expect(hubspot.properties.list()).rejects.toMatchObject({ kind: "unauthorized" });
    expect(await told()).toEqual([["connection_broken", "revoked", null]]);
    // It is read within a minute, and not within the hour, where notices are pushed.
    const positions = await world.db.select().from(journalPositions).orderBy(journalPositions.appId);
    expect(positions).toMatchObject([{ readAt: null }, { appId: otherApp, readAt: expect.any(Date) }]);
    await world.db.delete(journalPositions).where(eq(journalPositions.appId, otherApp));
    await readJournal(ctx);
    expect(await reason()).toBe("uninstalled");
    expect(await told()).toEqual([["connection_broken", "uninstalled", null]]);

    expect(await world.connect(ctx, NORTHWIND, integrationId)).toBe(integrationId);
    await readJournal(ctx);
    world.sandbox.grants.revokeAll(NORTHWIND);
    await world.expire((await world.read(integrationId)).connection.id);
    await expect(hubspot.properties.list()).rejects.toMatchObject({ kind: "unauthorized" });
    await readJournal(ctx);
    expect(await reason()).toBe("revoked");
  });

  const silence = (status: number) => {
    const send = globalThis.fetch;
    return vi
      .spyOn(globalThis, "fetch")
      .mockImplementation(async (url, init) =>
        String(init?.body ?? "").includes("grant_type=refresh_token")
          ? new Response("", { status })
          : send(url, init),
      );
  };

  it.each([429, 503])(
    "is asked about again by the next reading where HubSpot's token service answers %i",
    async (status) => {
      await uninstall();
      const silent = silence(status);
      await readJournal(ctx);
      silent.mockRestore();
      expect(await reason()).toBeNull();
      await readJournal(ctx);
      expect(await reason()).toBeNull();
      await world.letAskAgain((await world.read(integrationId)).connection.id);
      await readJournal(ctx);
      expect(await reason()).toBe("uninstalled");
      expect(await told()).toEqual([["connection_broken", "uninstalled", null]]);
    },
  );

  it("is known to the next renewal where HubSpot's token service said nothing when the journal told of it", async () => {
    await uninstall();
    const silent = silence(503);
    await readJournal(ctx);
    silent.mockRestore();
    await world.db.update(journalPositions).set({ readAt: new Date() });
    const { id } = (await world.read(integrationId)).connection;
    await world.letAskAgain(id);
    await world.expire(id);
    const hubspot = await openConnection(ctx, id);
    await expect(hubspot.properties.list()).rejects.toMatchObject({ kind: "unauthorized" });
    expect(await reason()).toBe("uninstalled");
    expect(await told()).toEqual([["connection_broken", "uninstalled", null]]);
    // Nothing is left to learn from the journal.
    expect(await world.db.select().from(journalPositions)).toMatchObject([{ readAt: expect.any(Date) }]);
  });

  it("is not forgotten by a crash after the file that told of it was taken in", async () => {
    await control("POST", contacts, { properties: { email: "crash@example.com" } });
    await uninstall();
    const before = await world.db.select().from(journalPositions);
    const crash = new Error("crash");
    await expect(readJournal({ ...ctx, wake: () => Promise.reject(crash) })).rejects.toBe(crash);
    const [after] = await world.db.select().from(journalPositions);
    expect(after?.offset).not.toBe(before[0]?.offset);
    expect(await reason()).toBeNull();
    await readJournal(ctx);
    expect(await reason()).toBe("uninstalled");
  });

  it("that nobody could confirm is forgotten once the account is connected anew", async () => {
    await uninstall();
    const silent = silence(503);
    await readJournal(ctx);
    silent.mockRestore();
    expect(await world.connect(ctx, NORTHWIND, integrationId)).toBe(integrationId);
    world.sandbox.grants.revokeAll(NORTHWIND);
    const { id } = (await world.read(integrationId)).connection;
    await world.expire(id);
    const hubspot = await openConnection(ctx, id);
    await expect(hubspot.properties.list()).rejects.toMatchObject({ kind: "unauthorized" });
    expect(await reason()).toBe("revoked");
  });

  it("leaves a connection alone that was made anew since", async () => {
    await uninstall();
    expect(await world.connect(ctx, NORTHWIND, integrationId)).toBe(integrationId);
    await readJournal(ctx);
    const { integration, connection } = await world.read(integrationId);
    expect([integration.state, connection.brokenReason]).toEqual(["active", null]);
  });

  it("costs no account its changes where HubSpot does not tell our app of it", async () => {
    await world.db.delete(journalSubscriptions);
    await world.db.update(journalPositions).set({ uninstallsAskedAt: null });
    const send = globalThis.fetch;
    vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) =>
      String(init?.body ?? "").includes("APP_LIFECYCLE_EVENT")
        ? Response.json({ status: "error", category: "VALIDATION_ERROR", message: "no" }, { status: 400 })
        : send(url, init),
    );
    expect(await isHeard()).toBe(true);
    vi.restoreAllMocks();
  });
});
