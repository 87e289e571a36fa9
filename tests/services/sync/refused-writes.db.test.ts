// What HubSpot refuses was never agreed on: it stays the prospect's own change, and nothing tells that it travelled.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { activities, recordLinks } from "@/db/schema/sync";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());

describe("a refused write (Verifies: R-73, R-77)", () => {
  it("does not take a value that HubSpot refused for agreed on", async () => {
    const id = await world.addProspect({ emails: ["gil@example.com"], first_name: "Gil", job_title: "CEO" });
    await world.reconcile();
    const contactId = await world.contactOf(id);
    const mapping = await world.addMapping({
      snovField: await world.addCustomField("Only"),
      hubspotProperty: "preferred_name",
    });
    await world.db.execute(
      `update prospect_emails set email = 'no address', match_key = 'no address' where prospect_id = '${id}'`,
    );
    await world.editProspect(id, mapping.snovField, null, "held up with it");
    for (let look = 0; look < 2; look += 1) {
      await world.notice("snov", id);
      await world.reconcile();
      expect(await world.statusOf(id)).toMatchObject({ status: "failing", reason: "email_rejected" });
    }
    expect((await world.contact(contactId)).properties.email).toBe("gil@example.com");
    const [link] = await world.db.select().from(recordLinks).where(eq(recordLinks.prospectId, id));
    expect(link?.base[mapping.id]).toBeUndefined();
    const told = await world.db.select().from(activities).where(eq(activities.prospectId, id));
    expect(told.map(({ kind }) => kind)).not.toContain("contact/edited");
  });
});
