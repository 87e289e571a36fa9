// What the page of an integration tells of fuses, removals and disputes about the records themselves.
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { listIntegrations } from "@/db/queries/integrations-list";
import { prospectSync } from "@/db/queries/prospects-sync";
import { type ConflictKind, conflicts } from "@/db/schema/conflicts";
import { fieldMappings } from "@/db/schema/integrations";
import { activities, recordLinks } from "@/db/schema/sync";
import { readOverview } from "@/services/integrations/read-overview";
import { trashProspects } from "@/services/prospects/trash-prospects";
import { openSyncWorld, type SyncWorld } from "../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.configure({ state: "active", fuses: {}, fuseStop: null, fuseAnswers: [] });
  await world.db.delete(conflicts);
  await world.db.delete(activities);
});

const overview = () => readOverview({ ctx: world.ctx, input: { id: world.integrationId } });
const prospect = (first: string, more: Record<string, string> = {}) =>
  world.addProspect({ emails: [`${first}.${crypto.randomUUID()}@example.com`], first_name: first, ...more });
type Row = Omit<typeof conflicts.$inferInsert, "integrationId" | "kind">;
const open = (kind: ConflictKind, row: Row) =>
  world.db.insert(conflicts).values({ integrationId: world.integrationId, kind, ...row });

describe("a fuse that waits for its answer (Verifies: R-76)", () => {
  it("is told with samples, and the fields they name", async () => {
    await world.configure({ fuses: { overwrites: 1, windowMinutes: 30 } });
    const ids = [await prospect("Ana", { city: "Natal" }), await prospect("Bia", { city: "Natal" })];
    await world.reconcile();
    for (const id of ids) await world.editProspect(id, "city", "Natal", "Recife");
    await world.page();
    const { state, fuseStop, fields } = await overview();
    expect(state).toBe("paused");
    expect(fuseStop).toMatchObject({
      kind: "overwrites",
      planned: 2,
      limit: 1,
      windowMinutes: 30,
      sides: ["hubspot"],
    });
    expect(fuseStop?.samples).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          recordName: "Ana",
          side: "hubspot",
          field: "city",
          before: "Natal",
          after: "Recife",
        }),
      ]),
    );
    expect(fields.hubspot.city).toMatchObject({ type: "text" });
    expect(await listIntegrations(world.db, world.ctx.workspaceId)).toMatchObject([{ stopped: true }]);
    expect(await prospectSync(world.db, world.ctx.workspaceId, ids[0] ?? "")).toMatchObject([
      { state: "paused", stopped: true },
    ]);
    expect((await overview()).changes[0]).toMatchObject({ kind: "integration/stopped", side: null });
  });
});

describe("the last changes", () => {
  it("tell of records that were removed although no field does (Verifies: R-70)", async () => {
    const id = await prospect("Caio");
    await world.reconcile();
    await trashProspects({ ctx: world.ctx, input: { ids: [id] } });
    await world.reconcile();
    expect((await overview()).changes[0]).toMatchObject({
      kind: "contact/archived",
      side: "hubspot",
      recordName: "Caio",
      prospectId: id,
      changes: [],
    });
  });
});

describe("open conflicts (Verifies: R-64)", () => {
  it("name the record that stands against another one, whichever side it is on", async () => {
    const [duda, eva] = [await prospect("Duda"), await prospect("Eva")];
    await open("same_address", { side: "hubspot", recordId: "77", otherSide: "snov", otherId: duda });
    await open("same_address", { side: "snov", recordId: duda, otherSide: "hubspot", otherId: "88" });
    await open("merged", { side: "snov", recordId: eva, otherSide: "snov", otherId: duda });
    const { conflicts: told, figures } = await overview();
    expect(figures.openConflicts).toBe(3);
    expect(
      told.map(({ kind, side, recordId, contactId, fields, other }) => [
        kind,
        side,
        recordId,
        contactId,
        fields,
        other,
      ]),
    ).toEqual([
      ["same_address", "hubspot", "77", "77", null, { side: "snov", id: duda, name: "Duda" }],
      ["same_address", "snov", duda, null, null, { side: "hubspot", id: "88", name: null }],
      ["merged", "snov", eva, null, null, { side: "snov", id: duda, name: "Duda" }],
    ]);
  });

  it("are counted all and shown as far as leaves room for what stands below them", async () => {
    for (let number = 0; number < 7; number += 1)
      await open("value", { side: "snov", recordId: crypto.randomUUID() });
    const { conflicts: shown, figures } = await overview();
    expect([shown.length, figures.openConflicts]).toEqual([5, 7]);
  });

  it("say where a record was removed and what was edited on the other side", async () => {
    const id = await prospect("Flora");
    await world.reconcile();
    const [link] = await world.db.select().from(recordLinks).where(eq(recordLinks.prospectId, id));
    const [city] = await world.db
      .select()
      .from(fieldMappings)
      .where(and(eq(fieldMappings.integrationId, world.integrationId), eq(fieldMappings.snovField, "city")));
    await open("removed_and_edited", {
      side: "snov",
      recordId: id,
      linkId: link?.id ?? null,
      detail: {
        recordName: "Flora",
        removedOn: "hubspot",
        absence: "archived",
        mappingIds: [city?.id ?? ""],
      },
    });
    const { conflicts: told, fields } = await overview();
    expect(told).toMatchObject([
      {
        kind: "removed_and_edited",
        recordName: "Flora",
        side: "snov",
        recordId: id,
        contactId: link?.contactId,
        detail: { removedOn: "hubspot", absence: "archived" },
        edits: [{ fields: { snov: "city", hubspot: "city" } }],
      },
    ]);
    expect(fields.hubspot.city).toBeDefined();
  });

  it("are named as they were last seen where only HubSpot has the record", async () => {
    await open("same_address", {
      side: "hubspot",
      recordId: "99",
      otherSide: "snov",
      otherId: await prospect("Gil"),
      detail: { recordName: "Gilberto" },
    });
    expect((await overview()).conflicts).toMatchObject([{ recordName: "Gilberto", contactId: "99" }]);
  });
});
