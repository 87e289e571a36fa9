// A HubSpot property may have a name that every object seems to know.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hubspotProperties } from "@/db/schema/connections";
import { unconfirmedWrites } from "@/db/schema/sync";
import { previewRule } from "@/services/conflicts/preview-rule";
import { claimPending, releaseClaim } from "@/services/sync/claim-pending";
import { loadPageContext } from "@/services/sync/load-page-context";
import { observePage } from "@/services/sync/observe-page";
import { planPage } from "@/services/sync/plan-page";
import { noteUnconfirmed } from "@/services/sync/unconfirmed-writes";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());

describe("a property called constructor (Verifies: R-33)", () => {
  it("is written, noted and shown only where it is the one that travels", async () => {
    const definition = await world.hubspot.properties.create({
      name: "constructor",
      label: "Constructor",
      type: "text",
      options: [],
    });
    const { connectionId } = world;
    await world.db.insert(hubspotProperties).values({ connectionId, name: "constructor", definition });
    const snovField = await world.addCustomField("Builder");
    const mapping = await world.addMapping({ snovField, hubspotProperty: "constructor" });
    const id = await world.addProspect({ emails: ["ana@builders.example"], job_title: "CEO" });
    await world.reconcile();
    const contactId = await world.contactOf(id);

    await world.editProspect(id, "job_title", "CEO", "CTO");
    const page = await loadPageContext(world.db, world.integrationId);
    if (!page) throw new Error("the integration does not sync");
    const claim = await claimPending(world.db, world.integrationId);
    const sources = { db: world.db, hubspot: world.hubspot };
    const works = await planPage(sources, page, await observePage(sources, page, claim.records), new Set());
    await noteUnconfirmed(world.db, page, works, Date.now(), async () => {});
    const [noted] = await world.db.select().from(unconfirmedWrites);
    expect(Object.keys(noted?.sent ?? {})).not.toContain(mapping.id);
    expect(Object.keys(noted?.sent ?? {})).toHaveLength(1);
    await releaseClaim(world.db, claim.lease, { blameless: true });

    await world.reconcile();
    expect((await world.contact(contactId)).properties).toMatchObject({ jobtitle: "CTO" });
    await world.editProspect(id, snovField, null, "Ana & Sons");
    await world.reconcile();
    expect((await world.contact(contactId)).properties).toMatchObject({ constructor: "Ana & Sons" });

    await world.configure({ policy: "most_recent" });
    await world.editProspect(id, "job_title", "CTO", "CFO");
    await world.editContact(contactId, { jobtitle: "COO" });
    await world.reconcile();
    expect((await world.contact(contactId)).properties).toMatchObject({ jobtitle: "COO" });

    await world.configure({ policy: "ask" });
    await world.editProspect(id, snovField, "Ana & Sons", "Ours");
    await world.editContact(contactId, { constructor: "Theirs" });
    await world.reconcile();
    const input = {
      integrationId: world.integrationId,
      mappingId: mapping.id,
      policy: "hubspot_wins" as const,
    };
    expect((await previewRule({ ctx: world.ctx, input })).samples).toMatchObject([
      { writes: [{ side: "snov", before: "Ours", after: "Theirs" }] },
    ]);
  });
});
