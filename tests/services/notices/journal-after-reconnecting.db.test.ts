// An account that our app had left is heard in the journal again once it is connected anew, and until then left in peace.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connections, integrations } from "@/db/schema/integrations";
import { journalPositions, journalSubscriptions } from "@/db/schema/journal";
import { changeNotices } from "@/db/schema/sync";
import { openConnection } from "@/services/connections/open-connection";
import type { Ctx } from "@/services/context";
import { readJournal } from "@/services/notices/read-journal";
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
