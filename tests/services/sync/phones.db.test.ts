// HubSpot has one phone of a contact, a prospect may have several: the first one is synced.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { integrations } from "@/db/schema/integrations";
import { harmCounts } from "@/db/schema/safety";
import { activities, pendingRecords } from "@/db/schema/sync";
import { carryOutPage } from "@/services/sync/carry-out-page";
import { claimPage } from "../../support/slow-page";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());

describe("a prospect with two phones (Verifies: R-73)", () => {
  it("a phone that is cleared in HubSpot goes from the prospect, and its next one takes the place on both sides", async () => {
    const id = await world.addProspect({ emails: ["two@phones.example"], phones: ["+55 111", "+55 222"] });
    await world.reconcile();
    const contactId = await world.contactOf(id);
    expect((await world.contact(contactId)).properties.phone).toBe("+55 111");
    await world.editContact(contactId, { phone: "" });
    await world.notice("hubspot", contactId);
    await world.reconcile();
    expect(await world.prospectByEmail("two@phones.example")).toMatchObject({ phones: ["+55 222"] });
    expect((await world.contact(contactId)).properties.phone).toBe("+55 222");
    expect(await world.statusOf(id)).toMatchObject({ status: "in_sync" });
    await world.notice("hubspot", contactId);
    expect(await world.reconcile()).toMatchObject({ toHubspot: 0, toSnov: 0 });
  });

  it("loses one past no fuse, and what its page wrote in HubSpot is told once", async () => {
    await world.configure({ fuses: { blankings: 1 } });
    await world.db.delete(harmCounts);
    for (const [name, state] of [
      ["first", "active"],
      ["second", "paused"],
    ] as const) {
      const emails = [`${name}@phones.example`];
      const id = await world.addProspect({ emails, phones: ["+55 111", "+55 222"], job_title: "A" });
      await world.reconcile();
      const contactId = await world.contactOf(id);
      await world.editContact(contactId, { phone: "" });
      await world.editProspect(id, "job_title", "A", "B");
      await world.notice("hubspot", contactId);
      await world.page();
      const [now] = await world.db.select().from(integrations);
      expect(now?.state).toBe(state);
      if (state === "paused") continue;
      await world.reconcile();
      const told = await world.db.select().from(activities).where(eq(activities.prospectId, id));
      const titles = told.filter(({ changes }) => changes.some(({ after }) => after === "B"));
      expect(titles.filter(({ side }) => side === "hubspot")).toHaveLength(1);
    }
  });

  it("whose phone moves up, is told all the same of what an earlier page wrote in HubSpot before it died", async () => {
    await world.configure({ state: "active", fuses: {} });
    const emails = ["died@phones.example"];
    const id = await world.addProspect({ emails, phones: ["+55 111", "+55 222"], job_title: "A" });
    await world.reconcile();
    const contactId = await world.contactOf(id);
    await world.editProspect(id, "job_title", "A", "B");
    const { page, claim } = await claimPage(world, world.integrationId);
    const dying = carryOutPage(world.ctx, page, {
      claim,
      records: claim.records,
      lane: "live",
      hold: async () => {},
      check: async (works) => works,
      conclude: () => Promise.reject(new Error("died")),
    });
    await expect(dying).rejects.toThrow("died");
    await world.editContact(contactId, { phone: "" });
    await world.db.update(pendingRecords).set({ lease: null, leasedUntil: null });
    await world.reconcile();
    expect(await world.prospectByEmail("died@phones.example")).toMatchObject({ phones: ["+55 222"] });
    const told = await world.db.select().from(activities).where(eq(activities.prospectId, id));
    const titles = told.filter(
      ({ side, changes }) => side === "hubspot" && changes.some(({ after }) => after === "B"),
    );
    expect(titles).toHaveLength(1);
  });
});
