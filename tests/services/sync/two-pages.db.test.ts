// Two pages that look at one pair at the same time: one holds the prospect's notice, the other the contact's.
import { eq, ne } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { prospects } from "@/db/schema/prospects";
import { activities, recordLinks } from "@/db/schema/sync";
import { slowPage } from "../../support/slow-page";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());

const titleOf = async (id: string) =>
  (await world.db.select().from(prospects).where(eq(prospects.id, id)))[0]?.jobTitle;

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
