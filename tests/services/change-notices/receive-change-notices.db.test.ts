import { createHmac } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { changeNotices, pendingRecords, seenContacts } from "@/db/schema/sync";
import { receiveChangeNotices } from "@/services/change-notices/receive-change-notices";
import { disconnectIntegration } from "@/services/connections/disconnect-integration";
import type { Ctx } from "@/services/context";
import { countStatements } from "../../support/between-statements";
import { NORTHWIND, startWorld, type World } from "../connections/connected-world";

const URL_OF_OURS = "http://127.0.0.1:3999/api/hubspot/webhooks";
const OWN_APP = 4321;

let world: World;
let ctx: Ctx;
let integrationId: string;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(async () => {
  await world.db.execute("truncate change_notices");
  await world.db.execute("delete from integrations");
  await world.db.execute("delete from connections");
  ctx = await world.newCtx();
  integrationId = await world.connect(ctx);
  await world.launch(integrationId);
});
afterAll(() => world.close());

let eventId = 100;
function event(more: Record<string, unknown> = {}) {
  return {
    eventId: ++eventId,
    subscriptionId: 1,
    portalId: NORTHWIND,
    appId: OWN_APP,
    occurredAt: 1_742_175_136_625,
    subscriptionType: "contact.propertyChange",
    attemptNumber: 0,
    objectId: 501,
    changeSource: "CRM_UI",
    sourceId: "userId:7",
    propertyName: "city",
    propertyValue: "Recife",
    ...more,
  };
}

type Tampering = { sentBody?: string; offsetMs?: number; url?: string; secret?: string; headers?: object };
function deliver(
  events: unknown,
  { sentBody, offsetMs = 0, url = URL_OF_OURS, secret = "test-secret", headers }: Tampering = {},
) {
  const timestamp = Date.now() + offsetMs;
  const body = typeof events === "string" ? events : JSON.stringify(events);
  const signature = createHmac("sha256", secret).update(`POST${url}${body}${timestamp}`).digest("base64");
  const input = { body: Buffer.from(sentBody ?? body), signature, timestamp: String(timestamp), ...headers };
  return receiveChangeNotices({ deps: ctx, input });
}

const pending = (id = integrationId) =>
  world.db
    .select()
    .from(pendingRecords)
    .where(eq(pendingRecords.integrationId, id))
    .orderBy(pendingRecords.recordId);
const stored = () => world.db.select().from(changeNotices);

// Verifies: R-72
describe("what HubSpot tells", () => {
  test("is stored with one pending row per contact, due at once, and wakes the integration", async () => {
    const receipt = await deliver([event(), event({ propertyName: "phone" }), event({ objectId: 502 })]);
    expect(receipt).toEqual({ kind: "stored", notices: 3, wake: [integrationId] });
    expect(await stored()).toHaveLength(3);
    const rows = await pending();
    expect(rows.map(({ recordId, side }) => [side, recordId])).toEqual([
      ["hubspot", "501"],
      ["hubspot", "502"],
    ]);
    expect(rows.every(({ dueAt }) => dueAt.getTime() <= Date.now())).toBe(true);
  });

  test("told again, with another attempt number, it marks nothing again", async () => {
    const same = event();
    await deliver([same, same]);
    const before = await pending();
    expect(await deliver([{ ...same, attemptNumber: 3 }])).toEqual({ kind: "stored", notices: 0, wake: [] });
    expect(await pending()).toEqual(before);
    expect(await stored()).toHaveLength(1);
  });

  test("our own write is looked at a second later and wakes nobody", async () => {
    const receipt = await deliver([event({ changeSource: "INTEGRATION", sourceId: String(OWN_APP) })]);
    expect(receipt).toMatchObject({ wake: [] });
    const [row] = await pending();
    expect(row?.dueAt.getTime()).toBeGreaterThan(Date.now() + 300);
  });

  test("a write of our app is another workspace's news where several have it on one account", async () => {
    const other = await world.newCtx();
    const theirs = await world.connect(other);
    await world.launch(theirs);
    const occurredAt = Date.now();
    const echo = { changeSource: "INTEGRATION", sourceId: String(OWN_APP), occurredAt };
    // This one has seen the contact as it was after the write.
    await world.db
      .insert(seenContacts)
      .values({ integrationId, contactId: "501", contactUpdatedAt: new Date(occurredAt) });
    expect(await deliver([event(echo)])).toMatchObject({ wake: [theirs] });
    const now = Date.now();
    expect((await pending()).map(({ dueAt }) => dueAt.getTime() > now)).toEqual([true]);
    expect((await pending(theirs)).map(({ dueAt }) => dueAt.getTime() <= now)).toEqual([true]);
    // Which of them made a later one nobody knows.
    const later = await deliver([event({ ...echo, occurredAt: occurredAt + 1 })]);
    expect(later).toMatchObject({ wake: expect.arrayContaining([integrationId, theirs]) });
  });

  test("an echo never moves an earlier look to later", async () => {
    await deliver([event()]);
    const [before] = await pending();
    await deliver([event({ changeSource: "INTEGRATION", sourceId: String(OWN_APP) })]);
    const [after] = await pending();
    expect(after?.dueAt).toEqual(before?.dueAt);
    expect(after?.generation).toBe((before?.generation ?? 0) + 1);
  });

  test("another app's write, and a deletion whoever made it, are news", async () => {
    const own = { changeSource: "INTEGRATION", sourceId: String(OWN_APP) };
    expect(await deliver([event({ changeSource: "INTEGRATION", sourceId: "999" })])).toMatchObject({
      wake: [integrationId],
    });
    expect(await deliver([event({ ...own, subscriptionType: "contact.deletion" })])).toMatchObject({
      wake: [integrationId],
    });
  });

  test("a merge marks the primary, the merged and the new contact", async () => {
    await deliver([
      event({
        subscriptionType: "contact.merge",
        objectId: 11,
        primaryObjectId: 11,
        mergedObjectIds: [12, 13],
        newObjectId: 14,
      }),
    ]);
    expect((await pending()).map(({ recordId }) => recordId)).toEqual(["11", "12", "13", "14"]);
  });

  test("every launched integration of the account is marked, in any state but draft", async () => {
    const others = [];
    for (const state of ["paused", "broken", "draft"] as const) {
      const id = await world.connect(await world.newCtx());
      await world.db.execute(`update integrations set state = '${state}' where id = '${id}'`);
      others.push(id);
    }
    const gone = await world.newCtx();
    const goneId = await world.connect(gone);
    await world.launch(goneId);
    await disconnectIntegration({ ctx: gone, input: { integrationId: goneId } });
    await deliver([event()]);
    const counts = await Promise.all(
      [integrationId, ...others, goneId].map(async (id) => (await pending(id)).length),
    );
    expect(counts).toEqual([1, 1, 1, 0, 0]);
  });

  test("another account's and unknown kinds of events are taken and mark nobody", async () => {
    const receipt = await deliver([
      event({ portalId: 1 }),
      event({ subscriptionType: "company.propertyChange" }),
      event({ subscriptionType: "object.creation", objectTypeId: "0-3" }),
      event({ subscriptionType: "contact.somethingNew", objectId: 77 }),
      { nonsense: true },
    ]);
    expect(receipt).toMatchObject({ kind: "stored", notices: 4 });
    expect((await pending()).map(({ recordId }) => recordId)).toEqual(["77"]);
  });
});

// Verifies: R-72
describe("whatever happens meanwhile", () => {
  test("a notice is never kept without its mark: where one fails, the repeat brings both", async () => {
    const told = event();
    await world.db.execute(`create function no_marks() returns trigger language plpgsql as
      $$ begin raise exception 'the database went away'; end $$`);
    await world.db.execute(
      "create trigger no_marks before insert on pending_records execute function no_marks()",
    );
    try {
      await expect(deliver([told])).rejects.toThrow();
    } finally {
      await world.db.execute("drop function no_marks cascade");
    }
    expect(await stored()).toEqual([]);
    expect(await deliver([{ ...told, attemptNumber: 1 }])).toMatchObject({
      notices: 1,
      wake: [integrationId],
    });
    expect((await pending()).map(({ recordId }) => recordId)).toEqual(["501"]);
  });

  test("posts about the same contacts, each in its own order, are all taken", async () => {
    const ids = Array.from({ length: 100 }, (_, i) => 2000 + i);
    const posts = Array.from({ length: 10 }, (_, at) => (at % 2 ? ids : [...ids].reverse()));
    const repeated = ids.map((objectId) => event({ objectId }));
    const receipts = await Promise.all([
      ...posts.map((order) => deliver(order.map((objectId) => event({ objectId })))),
      deliver(repeated),
      deliver([...repeated].reverse()),
    ]);
    expect(receipts.reduce((sum, receipt) => sum + ("notices" in receipt ? receipt.notices : 0), 0)).toBe(
      1100,
    );
    expect((await pending()).map(({ generation }) => generation)).toEqual(ids.map(() => 11));
  });
});

describe("what is refused, with nothing stored", () => {
  const refused: [string, Tampering, object][] = [
    ["another secret", { secret: "guess" }, { kind: "forged" }],
    ["a body that was changed", { sentBody: JSON.stringify([{ portalId: NORTHWIND }]) }, { kind: "forged" }],
    [
      "the same JSON written anew",
      { sentBody: JSON.stringify([event({ eventId: 1 })], null, 1) },
      { kind: "forged" },
    ],
    ["another address", { url: "https://proxy.example/api/hubspot/webhooks" }, { kind: "forged" }],
    ["a time five minutes ago", { offsetMs: -301_000 }, { kind: "stale", offMs: expect.any(Number) }],
    ["a time five minutes ahead", { offsetMs: 305_000 }, { kind: "ahead", offMs: expect.any(Number) }],
    ["no signature", { headers: { signature: null } }, { kind: "unsigned" }],
    ["no time", { headers: { timestamp: null } }, { kind: "unsigned" }],
    ["an empty signature", { headers: { signature: "" } }, { kind: "unsigned" }],
    ["a time that is no time", { headers: { timestamp: "soon" } }, { kind: "unsigned" }],
  ];
  test.each(refused)("%s", async (_name, tampering, receipt) => {
    expect(await deliver([event({ eventId: 1 })], tampering)).toEqual(receipt);
    expect(await stored()).toEqual([]);
    expect(await pending()).toEqual([]);
  });

  test("well signed, but no list of events", async () => {
    for (const body of ["{not json", "{}", "null", '"text"'])
      expect(await deliver(body)).toEqual({ kind: "malformed" });
    expect(await deliver("[]")).toMatchObject({ kind: "stored", notices: 0 });
  });
});

test("a hundred notices take no more statements than one", async () => {
  const count = countStatements(world.db);
  await deliver([event({ objectId: 1000 })]);
  const ofOne = count.sent;
  await deliver(Array.from({ length: 100 }, (_, i) => event({ objectId: 1000 + i })));
  expect(count.sent - ofOne).toBe(ofOne);
  expect(ofOne).toBeGreaterThan(0);
});
