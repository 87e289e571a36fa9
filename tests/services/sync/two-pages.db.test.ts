// Two pages that look at one pair at the same time: one holds the prospect's notice, the other the contact's.
import { eq, ne } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { prospects } from "@/db/schema/prospects";
import { activities, pendingRecords, recordLinks } from "@/db/schema/sync";
import { carryOutPage } from "@/services/sync/carry-out-page";
import { renewClaim } from "@/services/sync/claim-pending";
import { LostRace } from "@/services/sync/lost-race";
import { withMovedLinks } from "@/services/sync/moved-links";
import { claimPage, slowPage } from "../../support/slow-page";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());

const titleOf = async (id: string) =>
  (await world.db.select().from(prospects).where(eq(prospects.id, id)))[0]?.jobTitle;

/** Asked by a page that has noted what it is about to send, and sends nothing yet. */
function onceNoted(act: () => Promise<void>): () => Promise<void> {
  let asked = 0;
  return async () => {
    asked += 1;
    if (asked === 2) await act();
  };
}

describe("a page that was about to create a prospect (Verifies: R-73)", () => {
  it("looks again where somebody has given its address to another one since, and brings the rest of the page in", async () => {
    const { id: contactId } = await world.addContact({ email: "lia@people.example", firstname: "Lia" });
    const other = await world.addContact({ email: "max@people.example", firstname: "Max" });
    const id = await world.addProspect({ emails: ["old@people.example"], first_name: "Lia" });
    await world.reconcile();
    await world.db.delete(recordLinks);
    await world.db.delete(prospects).where(ne(prospects.id, id));
    for (const contact of [contactId, other.id]) await world.notice("hubspot", contact);
    const slow = await slowPage(world);
    expect(slow.works.map(({ plan }) => plan.kind)).toEqual(["create", "create"]);
    await world.editProspect(id, "emails", ["old@people.example"], ["lia@people.example"]);

    expect((await slow.commit()).counts).toMatchObject({ toSnov: 1, again: 1 });
    await world.reconcile();
    expect(await world.contactOf(id)).toBe(contactId);
    expect(await world.db.select().from(prospects)).toHaveLength(2);
  });
});

describe("a page that planned from what another page has changed since (Verifies: R-73)", () => {
  it("does not write a prospect whose pair the other page has linked", async () => {
    await world.configure({ policy: "hubspot_wins" });
    const id = await world.addProspect({ emails: ["ana@people.example"], job_title: "CEO" });
    await world.reconcile();
    await world.db.delete(recordLinks);
    const contact = (await world.contacts()).find(
      ({ properties }) => properties.email === "ana@people.example",
    );
    const contactId = contact?.id ?? "";
    await world.editContact(contactId, { jobtitle: "CTO" });

    await world.notice("hubspot", contactId);
    const slow = await slowPage(world);
    expect(slow.works).toMatchObject([{ plan: { kind: "pair", writes: { snov: { job_title: "CTO" } } } }]);
    await world.configure({ policy: "snov_wins" });
    await world.notice("snov", id);
    expect(await world.page()).toMatchObject({ claimed: 1, toHubspot: 1 });

    expect((await slow.commit()).counts).toMatchObject({ toSnov: 0, again: 1 });
    expect(await titleOf(id)).toBe("CEO");
    await world.reconcile();
    expect((await world.contact(contactId)).properties.jobtitle).toBe("CEO");
    const replaced = await world.db.select().from(activities).where(eq(activities.contactId, contactId));
    expect(replaced.flatMap(({ changes }) => changes)).toContainEqual(
      expect.objectContaining({ field: "jobtitle", before: "CTO", after: "CEO" }),
    );
  });

  it("does not put an older base over the one that the other page agreed on", async () => {
    await world.configure({ policy: "ask" });
    const id = await world.addProspect({ emails: ["bia@people.example"], job_title: "CEO" });
    await world.reconcile();
    const contactId = await world.contactOf(id);
    await world.notice("hubspot", contactId);
    const slow = await slowPage(world);
    await world.editProspect(id, "job_title", "CEO", "CTO");
    expect(await world.page()).toMatchObject({ claimed: 1, toHubspot: 1 });
    expect((await slow.commit()).counts).toMatchObject({ again: 1 });

    // Somebody takes the change back in HubSpot: against the older base that would be no change at all.
    await world.editContact(contactId, { jobtitle: "CEO" });
    await world.notice("hubspot", contactId);
    await world.reconcile();
    expect(await titleOf(id)).toBe("CEO");
  });
});

describe("a page that found a record removed, which is there again (Verifies: R-73)", () => {
  it("does not remember a removal that is to be left alone", async () => {
    await world.configure({ removals: "keep" });
    const id = await world.addProspect({ emails: ["back@people.example"], job_title: "CEO" });
    await world.reconcile();
    const contactId = await world.contactOf(id);
    await world.archiveContact(contactId);
    await world.notice("hubspot", contactId);
    const slow = await slowPage(world);
    expect(slow.works).toMatchObject([{ plan: { kind: "excluded", reason: "removed_in_hubspot" } }]);
    await world.restoreContact(contactId);
    await world.editProspect(id, "job_title", "CEO", "CTO");
    expect(await world.page()).toMatchObject({ claimed: 1, toHubspot: 1 });
    expect((await slow.commit()).counts).toMatchObject({ again: 1 });
    const [link] = await world.db.select().from(recordLinks).where(eq(recordLinks.prospectId, id));
    expect(link?.declined.removal).toBe(false);
    await world.reconcile();
    await world.configure({ removals: "propagate" });
  });
});

describe("a page of which two works want to link one contact (Verifies: R-75)", () => {
  it("leaves it to the first one", async () => {
    for (const name of ["rui", "sol"]) {
      const { id } = await world.addContact({ email: `${name}@people.example` });
      await world.notice("hubspot", id);
    }
    const { works, commit } = await slowPage(world);
    const [first, second] = works;
    if (!first || !second) throw new Error("expected two works");
    const rival = { ...second, contact: first.contact };
    const moved = await world.db.transaction((tx) => withMovedLinks(tx, world.integrationId, [first, rival]));
    expect([...moved]).toEqual([rival]);
    await commit();
  });
});

describe("a page that is overtaken by another one of the same pair, which holds its other notice (Verifies: R-73)", () => {
  it("sends nothing more, so that its older value does not come back as a change of HubSpot's", async () => {
    const id = await world.addProspect({ emails: ["race@people.example"], job_title: "Zero" });
    await world.reconcile();
    const contactId = await world.contactOf(id);
    await world.editProspect(id, "job_title", "Zero", "One");
    const { page, claim } = await claimPage(world, world.integrationId);
    const overtaken = carryOutPage(world.ctx, page, {
      claim,
      records: claim.records,
      lane: "live",
      hold: onceNoted(async () => {
        await world.editProspect(id, "job_title", "One", "Two");
        await world.notice("hubspot", contactId);
        expect(await world.page()).toMatchObject({ claimed: 1, toHubspot: 1 });
        await renewClaim(world.db, claim);
      }),
      check: async (works) => works,
    });
    await expect(overtaken).rejects.toBeInstanceOf(LostRace);
    await world.db.update(pendingRecords).set({ lease: null, leasedUntil: null });
    await world.reconcile();
    expect(await titleOf(id)).toBe("Two");
    expect((await world.contact(contactId)).properties.jobtitle).toBe("Two");
  });

  it("goes on with its other records where nothing was sent yet", async () => {
    const ids: string[] = [];
    for (const name of ["uma", "val"])
      ids.push(await world.addProspect({ emails: [`${name}@people.example`], job_title: "Zero" }));
    await world.reconcile();
    const [uma = "", val = ""] = ids;
    for (const id of ids) await world.editProspect(id, "job_title", "Zero", "One");
    const { page, claim } = await claimPage(world, world.integrationId);
    const counts = await carryOutPage(world.ctx, page, {
      claim,
      records: claim.records,
      lane: "live",
      hold: () => renewClaim(world.db, claim),
      check: async (works) => {
        await world.editProspect(uma, "job_title", "One", "Two");
        await world.notice("hubspot", await world.contactOf(uma));
        expect(await world.page()).toMatchObject({ claimed: 1, toHubspot: 1 });
        return works;
      },
    });
    expect(counts).toMatchObject({ toHubspot: 1, again: 1 });
    await world.reconcile();
    const titles = [uma, val].map(async (id) => [
      await titleOf(id),
      (await world.contact(await world.contactOf(id))).properties.jobtitle,
    ]);
    expect(await Promise.all(titles)).toEqual([
      ["Two", "Two"],
      ["One", "One"],
    ]);
  });
});

describe("a page that stalls until another one has taken its records over (Verifies: R-73)", () => {
  it("sends nothing more, so that its older value does not come back as a change of HubSpot's", async () => {
    const id = await world.addProspect({ emails: ["stalled@people.example"], job_title: "Zero" });
    await world.reconcile();
    await world.editProspect(id, "job_title", "Zero", "One");
    const { page, claim } = await claimPage(world, world.integrationId);
    const stalled = carryOutPage(world.ctx, page, {
      claim,
      records: claim.records,
      lane: "live",
      hold: onceNoted(async () => {
        await world.db.update(pendingRecords).set({ leasedUntil: new Date(0) });
        await world.editProspect(id, "job_title", "One", "Two");
        await world.page();
        await renewClaim(world.db, claim);
      }),
      check: async (works) => works,
    });
    await expect(stalled).rejects.toBeInstanceOf(LostRace);
    await world.notice("hubspot", await world.contactOf(id));
    await world.reconcile();
    expect(await titleOf(id)).toBe("Two");
    expect((await world.contact(await world.contactOf(id))).properties.jobtitle).toBe("Two");
  });
});

describe("a write whose page died (Verifies: R-73)", () => {
  it("is known for our own also where its record could not be looked at in between", async () => {
    await world.configure({ policy: "hubspot_wins" });
    const id = await world.addProspect({ emails: ["between@people.example"], job_title: "Zero" });
    await world.reconcile();
    await world.editProspect(id, "job_title", "Zero", "One");
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
    await world.db.update(pendingRecords).set({ lease: null, leasedUntil: null });
    const elsewhere = { kind: "lists" as const, ids: [world.listId] };
    await world.configure({ syncType: "to_hubspot", outgoingScope: elsewhere });
    await world.reconcile();
    expect(await world.statusOf(id)).toMatchObject({ status: "excluded", reason: "out_of_scope" });
    await world.editProspect(id, "job_title", "One", "Two");
    await world.configure({ syncType: "both", outgoingScope: { kind: "all" } });
    await world.reconcile();
    expect(await titleOf(id)).toBe("Two");
    expect((await world.contact(await world.contactOf(id))).properties.jobtitle).toBe("Two");
    const told = await world.db.select().from(activities).where(eq(activities.prospectId, id));
    expect(told.filter(({ changes }) => changes.some(({ after }) => after === "One"))).toHaveLength(2);
  });
});
