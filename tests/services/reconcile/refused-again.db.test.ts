// HubSpot may refuse a value because of another contact, and nothing tells when that is over: the comparison tries it again.
import { afterAll, beforeAll, expect, it } from "vitest";
import { rereadProperties } from "@/services/connections/refresh-properties";
import { ACCOUNT } from "../../sandbox/test-sandbox";
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
