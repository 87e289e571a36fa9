// The status that a new pair gets is given once, and never over what a salesperson did.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld({ integration: { statusProperty: "hs_lead_status", statusValue: "NEW" } });
});
afterAll(() => world.close());

const statusOf = async (id: string) => (await world.contact(id)).properties.hs_lead_status || null;

describe("the first status (Verifies: R-31)", () => {
  it("is not given to a contact that had one when the two met, also once that is taken away", async () => {
    const email = "stat@status.example";
    const { id: contactId } = await world.addContact({ email, firstname: "Stat", hs_lead_status: "OPEN" });
    const id = await world.addProspect({ emails: [email], first_name: "Stat" });
    await world.reconcile();
    await world.editContact(contactId, { hs_lead_status: "" });
    await world.editProspect(id, "job_title", null, "CEO");
    await world.reconcile();
    expect((await world.contact(contactId)).properties.jobtitle).toBe("CEO");
    expect(await statusOf(contactId)).toBeNull();
  });

  it("is given with the first write to one that had none", async () => {
    const email = "nova@status.example";
    const { id: contactId } = await world.addContact({ email, firstname: "Nova" });
    const id = await world.addProspect({ emails: [email], first_name: "Nova" });
    await world.reconcile();
    await world.editProspect(id, "job_title", null, "CEO");
    await world.reconcile();
    expect(await statusOf(contactId)).toBe("NEW");
  });
});
