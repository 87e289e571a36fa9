// A policy answers where both sides differ, by the times of both, for the integration or for one field.
import { and, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { fieldMappings } from "@/db/schema/integrations";
import { activities } from "@/db/schema/sync";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());
afterEach(() => world.configure({ policy: "ask", syncType: "both" }));

async function linked(name: string) {
  const id = await world.addProspect({
    emails: [`${name.toLowerCase()}@example.com`],
    first_name: name,
    job_title: "CEO",
  });
  await world.reconcile();
  return { id, contactId: await world.contactOf(id) };
}

describe("a policy (Verifies: R-61)", () => {
  it("lets the most recent change win, by HubSpot's history and our own times", async () => {
    await world.configure({ policy: "most_recent" });
    for (const [name, last] of [
      ["Dora", "snov"],
      ["Elio", "hubspot"],
    ] as const) {
      const { id, contactId } = await linked(name);
      const edits = {
        snov: () => world.editProspect(id, "job_title", "CEO", "CTO"),
        hubspot: () => world.editContact(contactId, { jobtitle: "Founder" }),
      };
      await edits[last === "snov" ? "hubspot" : "snov"]();
      await new Promise((resolve) => setTimeout(resolve, 5));
      await edits[last]();
      await world.reconcile();
      expect((await world.contact(contactId)).properties.jobtitle).toBe(last === "snov" ? "CTO" : "Founder");
      expect((await world.openConflicts()).filter(({ recordId }) => recordId === id)).toEqual([]);
    }
    const why = (await world.db.select().from(activities)).flatMap(({ changes }) =>
      changes.flatMap((change) => (change.why ? [[change.before, change.after]] : [])),
    );
    expect(why).toContainEqual(["Founder", "CTO"]);
    expect(why).toContainEqual(["CTO", "Founder"]);
  });

  it("of one field goes before the integration's", async () => {
    await world.configure({ policy: "snov_wins" });
    const mapping = await world.addMapping({
      snovField: await world.addCustomField("Tier"),
      hubspotProperty: "mobilephone",
      policy: "hubspot_wins",
    });
    const { id, contactId } = await linked("Fabio");
    await world.editProspect(id, mapping.snovField, null, "ours");
    await world.editContact(contactId, { mobilephone: "theirs", jobtitle: "Founder" });
    await world.editProspect(id, "job_title", "CEO", "CTO");
    await world.reconcile();
    expect((await world.contact(contactId)).properties).toMatchObject({
      mobilephone: "theirs",
      jobtitle: "CTO",
    });
  });
});

describe("a policy of a name (Verifies: R-61)", () => {
  const setPolicy = (policy: "hubspot_wins" | null) =>
    world.db
      .update(fieldMappings)
      .set({ policy })
      .where(
        and(eq(fieldMappings.integrationId, world.integrationId), eq(fieldMappings.snovField, "first_name")),
      );
  afterEach(() => setPolicy(null));
  const renamedOnBothSides = async (name: string) => {
    const { id, contactId } = await linked(name);
    await world.editProspect(id, "first_name", name, `${name} Maria`);
    await world.editContact(contactId, { firstname: `${name} Rosa` });
    await world.reconcile();
    const asked = (await world.openConflicts()).filter(({ recordId }) => recordId === id);
    return {
      asked,
      here: (await world.prospectByEmail(`${name.toLowerCase()}@example.com`))?.firstName,
      there: (await world.contact(contactId)).properties,
    };
  };

  it("settles what would be asked about without it", async () => {
    expect((await renamedOnBothSides("Julia")).asked).toMatchObject([
      { snovValue: "Julia Maria", hubspotValue: "Julia Rosa" },
    ]);
    await setPolicy("hubspot_wins");
    expect(await renamedOnBothSides("Karin")).toMatchObject({
      asked: [],
      here: "Karin Rosa",
      there: { firstname: "Karin Rosa" },
    });
  });
});
