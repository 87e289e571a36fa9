// HubSpot may refuse a value because of another contact, and nothing tells when that is over: the comparison tries it again.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { pendingRecords, recordLinks } from "@/db/schema/sync";
import { markRefused } from "@/services/pending/mark-refused";
import { rereadProperties } from "@/services/properties/reread-properties";
import { ACCOUNT } from "../../sandbox/test-sandbox";
import { untilLockWaits } from "../../support/lock-waits";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { compareAll, passedBySearch } from "./compare";

let world: SyncWorld;
let field: string;
beforeAll(async () => {
  world = await openSyncWorld();
  await world.configure({ state: "active", launchedAt: new Date(), existingLinkedAt: new Date() });
  await world.configure(passedBySearch());
  await world.sandbox.control("POST", `/accounts/${ACCOUNT}/properties`, {
    name: "member_number",
    label: "Member number",
    type: "string",
    fieldType: "text",
    groupName: "contactinformation",
    hasUniqueValue: true,
  });
  await rereadProperties(world.ctx, world.connectionId);
  field = await world.addCustomField("Member number");
  await world.addMapping({ snovField: field, hubspotProperty: "member_number" });
});
afterAll(() => world.close());

// Verifies
it("sends once more what another contact had, and what it still has is refused and told as before", async () => {
  const holder = await world.addContact({ email: "holder@example.com", member_number: "7" });
  const id = await world.addProspect({ emails: ["ana@example.com"], first_name: "Ana" });
  await world.reconcile();
  await world.editProspect(id, field, null, "7");
  await world.notice("snov", id);
  await world.reconcile();
  const told = await world.statusOf(id);
  expect(told).toMatchObject({
    status: "failing",
    reason: "field_rejected",
    detail: { field: "Member number" },
  });

  const first = await compareAll(world);
  expect(first.counts).toMatchObject({ failing: 1 });
  expect(await world.statusOf(id)).toMatchObject({ status: "failing", detail: told?.detail });

  await world.editContact(holder.id, { member_number: "8" });
  const second = await compareAll(world);
  expect(second.counts).toMatchObject({ failing: 0 });
  expect((await world.contact(await world.contactOf(id))).properties).toMatchObject({ member_number: "7" });
  expect(await world.statusOf(id)).toMatchObject({ status: "in_sync", reason: null });
});

it("forgets no refusal that comes while it marks", async () => {
  const idOf = async (email: string) => {
    const id = await world.addProspect({ emails: [email], first_name: "Bo" });
    await world.reconcile();
    return id;
  };
  const [early, late] = [await idOf("early@example.com"), await idOf("late@example.com")];
  const refuse = (id: string) =>
    world.db
      .update(recordLinks)
      .set({ refused: { x: { on: "hubspot", value: "1", message: "no" } } })
      .where(eq(recordLinks.prospectId, id));
  await refuse(early);
  await world.notice("snov", early);
  let marking: Promise<number> | undefined;
  await world.db.transaction(async (tx) => {
    await tx.select().from(pendingRecords).for("update");
    marking = world.db.transaction((own) => markRefused(own, world.integrationId));
    await untilLockWaits(world.db);
    await refuse(late);
  });
  expect(await marking).toBe(1);
  const links = await world.db.select().from(recordLinks);
  const refusedOf = (id: string) => links.find(({ prospectId }) => prospectId === id)?.refused;
  expect(refusedOf(early)).toEqual({});
  expect(refusedOf(late)).not.toEqual({});
});
