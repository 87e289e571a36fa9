import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordLinks } from "@/db/schema/sync";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());

const prospectOf = (name: string) => ({
  emails: [`${name.toLowerCase()}@example.com`],
  first_name: name,
  job_title: "CEO",
});

describe("a merge in HubSpot (Verifies: R-75)", () => {
  it("follows a linked contact that was merged into another, in whatever order it is told, and keeps its neighbours going", async () => {
    const id = await world.addProspect(prospectOf("Gustavo"));
    await world.reconcile();
    const [link] = await world.db.select().from(recordLinks).where(eq(recordLinks.prospectId, id));
    const other = await world.addContact({ email: "gustavo@other.example", firstname: "Gustavo" });
    const merged = await world.sandbox.control<{ id: string }>("POST", "/accounts/24000001/contacts/merge", {
      primaryId: link?.contactId,
      otherId: other.id,
    });
    const neighbour = await world.addProspect(prospectOf("Helena"));
    for (const contactId of [link?.contactId ?? "", other.id, merged.body.id])
      await world.notice("hubspot", contactId);
    await world.reconcile();
    const [followed] = await world.db.select().from(recordLinks).where(eq(recordLinks.prospectId, id));
    expect(followed).toMatchObject({ id: link?.id, contactId: merged.body.id });
    expect(await world.statusOf(id)).toMatchObject({ status: "in_sync" });
    expect(await world.statusOf(neighbour)).toMatchObject({ status: "in_sync" });
  });

  it("follows a merge of which only the new contact was told", async () => {
    const id = await world.addProspect(prospectOf("Igor"));
    await world.reconcile();
    const [link] = await world.db.select().from(recordLinks).where(eq(recordLinks.prospectId, id));
    const other = await world.addContact({ email: "igor@other.example", firstname: "Igor" });
    const merged = await world.sandbox.control<{ id: string }>("POST", "/accounts/24000001/contacts/merge", {
      primaryId: link?.contactId,
      otherId: other.id,
    });
    await world.notice("hubspot", merged.body.id);
    await world.reconcile();
    const [followed] = await world.db.select().from(recordLinks).where(eq(recordLinks.prospectId, id));
    expect(followed?.contactId).toBe(merged.body.id);
  });
});
