import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordStatuses } from "@/db/schema/sync";
import { type RecordFilter, readRecords } from "@/services/integrations/read-records";
import { openSyncWorld, type SyncWorld } from "@/tests/support/sync-world";
import { compareAll } from "../reconcile/compare";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld({ integration: { existingLinkedAt: new Date() } });
});
afterAll(() => world.close());

const read = (filter: RecordFilter = {}) =>
  readRecords({ ctx: world.ctx, input: { id: world.integrationId, filter } });
const only = async (filter: RecordFilter) => {
  const { records } = await read(filter);
  expect(records).toHaveLength(1);
  return records[0];
};

describe("the records of an integration", () => {
  it("of a pair it is told when both sides were last equal, also once they differ", async () => {
    const id = await world.addProspect({
      emails: ["ana@example.com"],
      first_name: "Ana",
      last_name: "Reis",
      city: "Natal",
    });
    await world.reconcile();
    const equal = await only({ status: "in_sync" });
    expect(equal).toMatchObject({
      recordId: id,
      prospect: { name: "Ana Reis", trashed: false },
      contact: { id: await world.contactOf(id), name: "Ana Reis", email: "ana@example.com" },
    });
    expect(equal?.verifiedAt).toBe(equal?.at);

    await world.editProspect(id, "city", "Natal", "Recife");
    await world.editContact(await world.contactOf(id), { city: "Olinda" });
    await world.reconcile();
    const apart = await only({ status: "in_conflict", search: "ana@example.com" });
    expect(apart?.verifiedAt).toBe(equal?.verifiedAt);
    expect(Date.parse(apart?.at ?? "")).toBeGreaterThan(Date.parse(equal?.verifiedAt ?? ""));
  });

  it("a comparison verifies anew those that it finds equal, and no others", async () => {
    const id = await world.addProspect({ emails: ["bia@example.com"], first_name: "Bia" });
    await world.reconcile();
    const before = await only({ status: "in_sync" });
    const differing = await only({ status: "in_conflict" });
    await compareAll(world);
    const after = await only({ status: "in_sync" });
    expect(after).toMatchObject({ recordId: id, at: before?.at });
    expect(Date.parse(after?.verifiedAt ?? "")).toBeGreaterThan(Date.parse(before?.verifiedAt ?? ""));
    expect((await only({ status: "in_conflict" }))?.verifiedAt).toBe(differing?.verifiedAt);
  });

  it("a contact without a prospect is found by its name and its address", async () => {
    await world.configure({ syncType: "to_hubspot" });
    const contact = await world.addContact({
      email: "nobody@else.example",
      firstname: "Zé",
      lastname: "Ninguém",
    });
    await world.notice("hubspot", contact.id);
    await world.reconcile();
    await world.configure({ syncType: "both" });
    for (const search of ["ze ning", "nobody@else.example"])
      expect(await only({ status: "excluded", reason: "direction", search })).toMatchObject({
        side: "hubspot",
        recordId: contact.id,
        prospect: null,
        contact: { name: "Zé Ninguém", email: "nobody@else.example" },
      });
  });

  it("of a contact whose person asked to be forgotten no name stays", async () => {
    const [contact] = (await read({ search: "ninguem" })).records;
    await world.eraseContact(contact?.recordId ?? "");
    await world.notice("hubspot", contact?.recordId ?? "");
    await world.reconcile();
    expect((await read({ search: "ninguem" })).records).toEqual([]);
    const kept = await world.db.select().from(recordStatuses);
    expect(JSON.stringify(kept)).not.toContain("Ningu");
  });

  it("what nobody has looked at waits, without a status", async () => {
    await world.notice("hubspot", "4711");
    const { records, counts, next } = await read();
    expect(records[0]).toMatchObject({
      recordId: "4711",
      status: null,
      waitingSince: expect.any(String),
    });
    expect(records).toHaveLength(counts.all);
    expect(counts.waiting).toBe(1);
    expect(next).toBeNull();
  });

  it("is not found from another workspace, or by a malformed id", async () => {
    const stranger = { db: world.db, workspaceId: crypto.randomUUID() };
    const { integrationId: id } = world;
    for (const [ctx, input] of [
      [stranger, { id }],
      [world.ctx, { id: "x" }],
    ] as const)
      await expect(readRecords({ ctx, input })).rejects.toMatchObject({ code: "not_found" });
  });
});
