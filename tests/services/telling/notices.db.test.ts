// What lasts is one notice for as long as it lasts, raised with what it tells of and ended with its end.
import { randomUUID } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readAsked } from "@/db/queries/transfers";
import { conflicts } from "@/db/schema/conflicts";
import { connections } from "@/db/schema/connections";
import { fieldMappings } from "@/db/schema/integrations";
import { notices } from "@/db/schema/notices";
import { prospectEmails } from "@/db/schema/prospects";
import { runs } from "@/db/schema/runs";
import { harmCounts } from "@/db/schema/safety";
import { pendingRecords, recordStatuses } from "@/db/schema/sync";
import type { NoticeKind } from "@/lib/notice-kinds";
import { markBroken } from "@/services/connections/mark-broken";
import { answerFuse } from "@/services/integrations/answer-fuse";
import { trashProspects } from "@/services/prospects/trash-prospects";
import { keepNotices } from "@/services/telling/keep-notices";
import { markRead } from "@/services/telling/mark-read";
import { readUnread } from "@/services/telling/read-notices";
import { answerTransfer } from "@/services/transfers/answer-transfer";
import { retryFailed } from "@/services/transfers/retry-failed";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { itemsOf, previewAll, runAll, transferAll } from "../transfers/transfer";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.db.delete(notices);
  await world.db.delete(conflicts);
  await world.db.delete(recordStatuses);
  await world.db.delete(pendingRecords);
  await world.db.delete(harmCounts);
  await world.db.delete(runs);
  await world.db.update(connections).set({ brokenReason: null, refreshFault: null });
  await world.configure({
    state: "active",
    fuses: {},
    fuseStop: null,
    fuseAnswers: [],
    disconnectedAt: null,
  });
});

const told = () => world.db.select().from(notices).orderBy(notices.raisedAt);
const open = () => world.db.select().from(notices).where(isNull(notices.endedAt)).orderBy(notices.kind);
const keep = () => keepNotices(world.ctx);
const breakConnection = async () => {
  const [connection] = await world.db.select().from(connections);
  await markBroken(
    world.ctx,
    { connectionId: world.connectionId, tokenVersion: connection?.tokenVersion ?? 0 },
    "revoked",
  );
};
const fail = async () => {
  const recordId = randomUUID();
  await world.db
    .insert(recordStatuses)
    .values({ integrationId: world.integrationId, side: "snov", recordId, status: "failing" });
  return recordId;
};

describe("a broken connection", () => {
  it("is told at the moment it breaks, once however often it is found, and until it is mended", async () => {
    await breakConnection();
    expect(await told()).toMatchObject([
      { kind: "connection_broken", params: { reason: "revoked" }, endedAt: null },
    ]);
    await breakConnection();
    expect((await keep()).kept).toBe(0);
    expect(await told()).toHaveLength(1);

    await world.db.update(connections).set({ brokenReason: null });
    await world.configure({ state: "active" });
    await keep();
    expect(await told()).toMatchObject([{ endedAt: expect.any(Date) }]);
    await breakConnection();
    expect(await told()).toHaveLength(2);
  });

  it("is told by the next look where it was marked without a notice, as after an upgrade", async () => {
    await world.db.update(connections).set({ brokenReason: "account_gone" });
    await keep();
    expect(await open()).toMatchObject([{ kind: "connection_broken", params: { reason: "account_gone" } }]);
  });

  it("is told also where HubSpot does not know our app, and anew once the connection ends after all", async () => {
    const { ctx } = world;
    const at = new Date().toISOString();
    await world.db.update(connections).set({ refreshFault: { kind: "unknown", code: "BAD", at } });
    await keep();
    const [fault] = await open();
    await world.db.update(connections).set({ refreshFault: { kind: "credentials", code: "BAD", at } });
    await keep();
    expect(await open()).toMatchObject([{ id: fault?.id, params: { reason: "credentials" } }]);
    await markRead({ ctx, input: { ids: "all" } });

    await breakConnection();
    expect(await told()).toMatchObject([
      { params: { reason: "credentials" }, endedAt: expect.any(Date) },
      { params: { reason: "revoked" }, endedAt: null },
    ]);
    expect((await keep()).kept).toBe(0);
    expect(await readUnread(ctx)).toMatchObject({ count: 1, unread: [{ kind: "connection_broken" }] });
  });

  it("leaves nobody told of anything that lasts once the account is disconnected", async () => {
    await breakConnection();
    await fail();
    await keep();
    expect(await open()).toHaveLength(2);
    await world.configure({ disconnectedAt: new Date() });
    await keep();
    expect(await open()).toEqual([]);
  });
});

it("a blown fuse is told with what stopped it, until somebody answers", async () => {
  await world.configure({ fuses: { removals: 1 } });
  const ids = [];
  for (const name of ["ana", "bia"])
    ids.push(await world.addProspect({ emails: [`${name}@fuse.example`], first_name: name }));
  await world.reconcile();
  await trashProspects({ ctx: world.ctx, input: { ids } });
  await world.page();
  expect(await told()).toMatchObject([{ kind: "fuse_blown", params: { fuse: "removals", planned: 2 } }]);
  expect((await keep()).kept).toBe(0);

  const { ctx, integrationId } = world;
  await answerFuse({ ctx, input: { integrationId, answer: "discard" } });
  expect(await told()).toMatchObject([{ kind: "fuse_blown", endedAt: expect.any(Date) }]);
});

describe("what is counted", () => {
  it("is one notice from the first failing record to the last, with how many there are now", async () => {
    await keep();
    expect(await told()).toEqual([]);
    const first = await fail();
    await keep();
    const [raised] = await told();
    expect(raised).toMatchObject({ kind: "records_failing", params: { count: 1 }, endedAt: null });

    await fail();
    await keep();
    const [grown] = await told();
    expect(grown).toMatchObject({ id: raised?.id, params: { count: 2 } });
    expect(grown?.newsAt.getTime()).toBeGreaterThan(raised?.newsAt.getTime() ?? 0);
    expect(grown?.raisedAt).toEqual(raised?.raisedAt);

    await world.db.delete(recordStatuses).where(eq(recordStatuses.recordId, first));
    await keep();
    expect(await told()).toMatchObject([{ id: raised?.id, params: { count: 1 }, newsAt: grown?.newsAt }]);

    await world.db.delete(recordStatuses);
    await keep();
    expect(await told()).toMatchObject([{ id: raised?.id, endedAt: expect.any(Date) }]);
    await fail();
    await keep();
    expect(await told()).toHaveLength(2);
  });

  it("takes conflicts as waiting while nobody has chosen", async () => {
    const [waiting] = await world.db
      .insert(conflicts)
      .values({ integrationId: world.integrationId, side: "snov", recordId: randomUUID() })
      .returning();
    await keep();
    expect(await open()).toMatchObject([{ kind: "conflicts_waiting", params: { count: 1 } }]);
    await world.db
      .update(conflicts)
      .set({ resolution: { choice: { kind: "leave" } } })
      .where(eq(conflicts.id, waiting?.id ?? ""));
    await keep();
    expect(await open()).toEqual([]);
  });

  it("takes no conflict as waiting whose field is synced no more, as the conflict page does", async () => {
    const [mapping] = await world.db.select().from(fieldMappings).where(eq(fieldMappings.snovField, "city"));
    const stop = (stoppedReason: "hubspot_property_gone" | null) =>
      world.db
        .update(fieldMappings)
        .set({ stoppedReason })
        .where(eq(fieldMappings.id, mapping?.id ?? ""));
    await world.db.insert(conflicts).values({
      integrationId: world.integrationId,
      side: "snov",
      recordId: randomUUID(),
      mappingId: mapping?.id ?? "",
    });
    await stop("hubspot_property_gone");
    await keep();
    expect(await openOf("conflicts_waiting")).toEqual([]);
    await stop(null);
    await keep();
    expect(await open()).toMatchObject([{ kind: "conflicts_waiting", params: { count: 1 } }]);
  });

  it("is raised once by two looks at the same time", async () => {
    await fail();
    await Promise.all([keep(), keep(), keep()]);
    expect(await told()).toHaveLength(1);
  });
});

describe("a transfer", () => {
  it("is told when it ends, with how many records it reached and how many failed, and anew when they are tried again", async () => {
    await world.addProspect({ emails: ["good@transfer.example"], first_name: "Good" });
    const bad = await world.addProspect({ emails: ["bad@transfer.example"], first_name: "Bad" });
    await world.db
      .update(prospectEmails)
      .set({ email: "no address", matchKey: "no address" })
      .where(eq(prospectEmails.prospectId, bad));
    const runId = await previewAll(world, { fromHubspot: false });
    expect(await told()).toEqual([]);
    await transferAll(world, runId);
    const [ended] = await told();
    const failing = (await itemsOf(world, runId, "failing")).length;
    expect(ended).toMatchObject({
      kind: "transfer_ended",
      runId,
      params: { count: (await itemsOf(world, runId)).length, failing, isUndo: false },
      endedAt: null,
    });
    expect(failing).toBe(1);
    await keep();
    expect(await open()).toMatchObject([{ kind: "records_failing" }, { kind: "transfer_ended" }]);

    await retryFailed({ ctx: world.ctx, input: { runId } });
    expect(await openOf("transfer_ended")).toEqual([]);
    await runAll(world, runId);
    expect(await openOf("transfer_ended")).toMatchObject([{ runId, params: { failing: 1 } }]);
  });

  it("is told while it asks, until it is answered", async () => {
    await world.db
      .insert(runs)
      .values({ integrationId: world.integrationId, kind: "transfer", state: "asking" });
    await keep();
    const [asking] = await world.db.select().from(runs);
    expect(await open()).toMatchObject([{ kind: "transfer_asking", runId: asking?.id }]);
    await world.db.update(runs).set({ state: "running" });
    await keep();
    expect(await open()).toEqual([]);
  });

  it("is told anew where it asks again at once after it was answered", async () => {
    const { ctx } = world;
    await world.configure({ policy: "snov_wins" });
    const id = await world.addProspect({
      emails: ["ada@asks.example"],
      first_name: "Ada",
      job_title: "CEO",
      city: "Porto",
    });
    const contact = await world.addContact({ email: "ada@asks.example", firstname: "Ada", city: "Porto" });
    const runId = await previewAll(world);
    await world.editContact(contact.id, { jobtitle: "Typed since" });
    await transferAll(world, runId);
    await keep();
    await markRead({ ctx, input: { ids: "all" } });
    const { key: seen } = await readAsked(world.db, runId);
    await answerTransfer({ ctx, input: { runId, answer: "continue", seen } });
    await world.editContact(contact.id, { city: "Lisboa" });
    await world.editProspect(id, "city", "Porto", "Faro");
    await runAll(world, runId);
    expect(await world.db.select().from(runs)).toMatchObject([{ state: "asking" }]);
    await keep();
    expect(await openOf("transfer_asking")).toMatchObject([{ runId }]);
    expect((await readUnread(ctx)).unread).toMatchObject([{ kind: "transfer_asking", runId }]);
  });
});

const openOf = (kind: NoticeKind) =>
  world.db
    .select()
    .from(notices)
    .where(and(eq(notices.kind, kind), isNull(notices.endedAt)));
