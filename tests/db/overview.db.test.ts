import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listIntegrations } from "@/db/queries/integrations-list";
import { integrations } from "@/db/schema/integrations";
import { rateBudgets } from "@/db/schema/rates";
import { activities, pendingRecords } from "@/db/schema/sync";
import { accountBudget } from "@/services/connections/account-budget";
import { readOverview } from "@/services/integrations/read-overview";
import { openSyncWorld, type SyncWorld } from "../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());

const overview = () => readOverview({ ctx: world.ctx, input: { id: world.integrationId } });
const stranger = () => ({ db: world.db, workspaceId: crypto.randomUUID() });

describe("the overview of an integration", () => {
  it("is empty before the first change", async () => {
    expect(await overview()).toMatchObject({
      state: "active",
      accountName: "Sandbox",
      brokenReason: null,
      figures: {
        counts: { in_sync: 0, failing: 0, in_conflict: 0, excluded: 0 },
        waiting: 0,
        waitingSince: null,
        medianLatencyMs: null,
      },
      reasons: [],
      changes: [],
      conflicts: [],
    });
  });

  it("counts records by status and names the reasons of those left behind", async () => {
    await world.addProspect({ emails: ["ana@example.com"], first_name: "Ana", last_name: "Reis" });
    await world.addProspect({ first_name: "Sem", last_name: "Endereço" });
    const contact = await world.addContact({ firstname: "Nobody" });
    await world.notice("hubspot", contact.id);
    await world.reconcile();
    const { figures, reasons } = await overview();
    expect(figures).toMatchObject({ counts: { in_sync: 1, excluded: 2, failing: 0 }, waiting: 0 });
    expect(reasons).toEqual([{ status: "excluded", reason: "no_email", count: 2 }]);
  });

  it("shows the last changes with before and after, and how long they took", async () => {
    const id = await world.addProspect({
      emails: ["caio@example.com"],
      first_name: "Caio",
      job_title: "CEO",
    });
    await world.reconcile();
    await world.editProspect(id, "job_title", "CEO", "CTO");
    await world.reconcile();
    const { changes, fields, figures } = await overview();
    expect(changes[0]).toMatchObject({
      side: "hubspot",
      kind: "contact/edited",
      recordName: "Caio",
      prospectId: id,
      changes: [{ field: "jobtitle", before: "CEO", after: "CTO" }],
      cause: { kind: "sync", from: "snov" },
    });
    expect(fields.hubspot.jobtitle).toMatchObject({ type: "text", label: expect.any(String) });
    const latencies = changes.flatMap(({ latencyMs }) => latencyMs ?? []).sort((a, b) => a - b);
    expect(figures.medianLatencyMs).toBeGreaterThanOrEqual(latencies[0] ?? Number.NaN);
    // Read from classes of times: at most a tenth too high.
    expect(figures.medianLatencyMs).toBeLessThanOrEqual(1.1 * (latencies.at(-1) ?? Number.NaN));
  });

  it("leaves out changes of settings and writes without a field", async () => {
    const row = { workspaceId: world.ctx.workspaceId, integrationId: world.integrationId };
    const before = (await overview()).changes.length;
    await world.db.insert(activities).values([
      { ...row, kind: "integration/paused", cause: { kind: "system" } },
      {
        ...row,
        kind: "integration/changed",
        changes: [{ field: "syncType", label: "syncType", before: "both", after: "to_snov" }],
        cause: { kind: "system" },
      },
      { ...row, kind: "contact/edited", side: "hubspot", cause: { kind: "sync", from: "snov" } },
    ]);
    expect((await overview()).changes).toHaveLength(before);
  });

  it("shows both values of a conflict and what they were before", async () => {
    const id = await world.addProspect({ emails: ["duda@example.com"], first_name: "Duda", city: "Natal" });
    await world.reconcile();
    const contact = (await world.contacts()).find(
      ({ properties }) => properties.email === "duda@example.com",
    );
    await world.editProspect(id, "city", "Natal", "Recife");
    await world.editContact(contact?.id ?? "", { city: "Olinda" });
    await world.reconcile();
    const { conflicts, figures } = await overview();
    expect(figures).toMatchObject({ openConflicts: 1, counts: { in_conflict: 1 } });
    expect(conflicts).toEqual([
      expect.objectContaining({
        recordName: "Duda",
        side: "snov",
        recordId: id,
        kind: "value",
        fields: { snov: "city", hubspot: "city" },
        base: "Natal",
        values: { snov: "Recife", hubspot: "Olinda" },
        other: null,
      }),
    ]);
  });

  it("counts a pair of which both sides wait as one record", async () => {
    const id = await world.addProspect({ emails: ["elsa@example.com"] });
    await world.reconcile();
    await world.notice("snov", id);
    await world.notice("hubspot", await world.contactOf(id));
    await world.notice("hubspot", "999");
    expect((await overview()).figures).toMatchObject({ waiting: 2 });
    await world.db.delete(pendingRecords);
  });

  it("tells how many records wait, how many are in hand, and since when", async () => {
    const { integrationId } = world;
    const at = (minutes: number) => new Date(Date.now() + minutes * 60_000);
    await world.db.insert(pendingRecords).values([
      { integrationId, side: "snov", recordId: "a", noticedAt: at(-5), dueAt: at(-5), leasedUntil: at(1) },
      { integrationId, side: "snov", recordId: "b", noticedAt: at(-9), dueAt: at(9) },
    ]);
    const { figures } = await overview();
    expect(figures).toMatchObject({ waiting: 2, inHand: 1 });
    expect(Date.parse(figures.waitingSince ?? "")).toBeCloseTo(at(-5).getTime(), -4);
    await world.db.delete(pendingRecords);
  });

  it("shows how much of HubSpot's limit the account's calls use, and until when and why they rest", async () => {
    const { accountId } = await overview();
    const budget = accountBudget(world.ctx, accountId);
    const before = (await overview()).limits;
    expect(before.search).toMatchObject({ allowed: 5, windowMs: 1000, paused: null });
    const release = await budget.take("general", "bulk");
    const { general } = (await overview()).limits;
    expect(general).toMatchObject({ allowed: 110, windowMs: 10_000, foreign: 0, paused: null });
    expect(general.used).toBeGreaterThan(0);
    release();

    await budget.pause("search", { ms: 60_000, reason: "second" });
    const { limits } = await overview();
    expect(limits.general.paused).toBeNull();
    expect(limits.search.paused).toMatchObject({ reason: "second" });
    expect(limits.search.paused?.ms).toBeCloseTo(60_000, -4);
    await world.db.delete(rateBudgets);
  });

  it("is not found from another workspace, by a malformed id, or once disconnected", async () => {
    const { integrationId: id } = world;
    const notFound = { code: "not_found" };
    await expect(readOverview({ ctx: stranger(), input: { id } })).rejects.toMatchObject(notFound);
    await expect(readOverview({ ctx: world.ctx, input: { id: "x" } })).rejects.toMatchObject(notFound);
    expect(await listIntegrations(world.db, stranger().workspaceId)).toEqual([]);
    expect(await listIntegrations(world.db, world.ctx.workspaceId)).toMatchObject([
      { id, state: "active", disconnected: false },
    ]);

    await world.db.update(integrations).set({ disconnectedAt: new Date() }).where(eq(integrations.id, id));
    await expect(readOverview({ ctx: world.ctx, input: { id } })).rejects.toMatchObject(notFound);
    expect(await listIntegrations(world.db, world.ctx.workspaceId)).toMatchObject([
      { id, disconnected: true },
    ]);
  });
});
