// A prospect that is given another primary address loses none that its contact still has.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { readEmails } from "@/connectors/prospects/read-emails";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { conflictsIn } from "../conflicts/conflicts-in";

let world: SyncWorld;
let at: ReturnType<typeof conflictsIn>;
beforeAll(async () => {
  world = await openSyncWorld();
  at = conflictsIn(world);
});
afterAll(() => world.close());
afterEach(() => world.configure({ policy: "ask" }));

const mail = (name: string) => `${name}@example.com`;
const emailsOf = async (id: string) => (await readEmails(world.db, [id])).get(id);

async function look(...contactIds: string[]) {
  for (const id of contactIds) await world.notice("hubspot", id);
  await world.reconcile();
}

/** A pair of which both sides have two addresses. */
async function withTwo(name: string) {
  const id = await world.addProspect({ emails: [mail(name)], first_name: name });
  await world.reconcile();
  const spare = await world.addContact({ email: mail(`${name}-b`) });
  const first = await world.contactOf(id);
  const contactId = await world.mergeContacts(first, spare.id);
  await look(contactId, first, spare.id);
  const emails = [mail(name), mail(`${name}-c`), mail(`${name}-b`)];
  await world.editProspect(id, "emails", [mail(name)], emails);
  await world.reconcile();
  return { id, contactId };
}

describe("a further address that becomes the primary one in HubSpot (Verifies: R-35, R-75)", () => {
  it("trades places with the former one here as well", async () => {
    const { id, contactId } = await withTwo("ada");
    await world.editContact(contactId, { email: mail("ada-b") });
    await look(contactId);
    expect(await emailsOf(id)).toEqual([mail("ada-b"), mail("ada-c"), mail("ada")]);
    await world.editContact(contactId, { email: mail("ada") });
    await look(contactId);
    expect(await emailsOf(id)).toEqual([mail("ada"), mail("ada-c"), mail("ada-b")]);
  });

  it("trades places where a person chose it, and back where that is taken back", async () => {
    const { id, contactId } = await withTwo("bea");
    const seen = [mail("bea"), mail("bea-c"), mail("bea-b")];
    await world.editProspect(id, "emails", seen, [mail("bea-d"), mail("bea-c"), mail("bea-b")]);
    await world.editContact(contactId, { email: mail("bea-b") });
    await look(contactId);
    const { resolutionId } = await at.resolve(await at.openOf(id), { kind: "take", side: "hubspot" });
    await world.reconcile();
    expect(await emailsOf(id)).toEqual([mail("bea-b"), mail("bea-c"), mail("bea-d")]);
    await at.undo(resolutionId);
    await world.reconcile();
    expect(await emailsOf(id)).toEqual([mail("bea-d"), mail("bea-c"), mail("bea-b")]);
  });
});

describe("an address that is given up in HubSpot (Verifies: R-35)", () => {
  it("goes from the prospect too", async () => {
    const id = await world.addProspect({ emails: [mail("cea"), mail("cea-c")], first_name: "Cea" });
    await world.reconcile();
    const contactId = await world.contactOf(id);
    await world.editContact(contactId, { email: mail("cea-b") });
    await look(contactId);
    expect(await emailsOf(id)).toEqual([mail("cea-b"), mail("cea-c")]);
  });
});

describe("two that meet by a further address (Verifies: R-61, R-75)", () => {
  it("keep the prospect's own primary address as a further one where HubSpot wins", async () => {
    await world.configure({ policy: "hubspot_wins" });
    await world.addContact({ email: mail("dea-b"), firstname: "Dea" });
    const id = await world.addProspect({ emails: [mail("dea"), mail("dea-b")], first_name: "Dea" });
    await world.reconcile();
    expect(await emailsOf(id)).toEqual([mail("dea-b"), mail("dea")]);
  });
});
