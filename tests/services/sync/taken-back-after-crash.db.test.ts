// A page that died between its write and its commit left a value in HubSpot that nobody had agreed on yet, as far as we
// remember. HubSpot's history knows that it arrived: what a person does to it afterwards is their change.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { prospects } from "@/db/schema/prospects";
import { createCustomField } from "@/services/prospects/create-custom-field";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
  await world.db.execute(
    "create function die() returns trigger language plpgsql as $$ begin raise exception 'dead'; end $$",
  );
});
afterAll(() => world.close());

const prospect = async (id: string) => {
  const [row] = await world.db.select().from(prospects).where(eq(prospects.id, id));
  return row;
};

/** A page that reaches HubSpot, and whose commit never comes about. */
async function pageThatDies(): Promise<void> {
  await world.db.execute(
    "create trigger die before insert or update on record_links for each row execute function die()",
  );
  await expect(world.page()).rejects.toThrow();
  await world.db.execute("drop trigger die on record_links");
}

async function edited(contactId: string, jobtitle: string): Promise<void> {
  await world.editContact(contactId, { jobtitle });
  await world.notice("hubspot", contactId);
  await world.reconcile();
}

it.each([
  ["the value from before", "CEO", "CEO"],
  ["nothing", "", null],
  ["a third value", "Chair", "Chair"],
])("keeps %s where a person puts it over a write that was never committed", async (what, typed, kept) => {
  const email = `${what.replace(/ /g, "-")}@example.com`;
  const id = await world.addProspect({ emails: [email], first_name: "B", job_title: "CEO" });
  await world.reconcile();
  const contactId = await world.contactOf(id);
  await world.editProspect(id, "job_title", "CEO", "CTO");
  await pageThatDies();
  expect((await world.contact(contactId)).properties.jobtitle).toBe("CTO");
  await edited(contactId, typed);
  expect((await world.contact(contactId)).properties.jobtitle || null).toBe(kept);
  expect((await prospect(id))?.jobTitle).toBe(kept);
  expect(await world.openConflicts()).toEqual([]);
});

it("keeps empty what a person emptied of a contact that was created and never committed", async () => {
  const id = await world.addProspect({ emails: ["clear@example.com"], first_name: "C", job_title: "CEO" });
  await pageThatDies();
  const [created] = (await world.contacts()).filter(
    ({ properties }) => properties.email === "clear@example.com",
  );
  await edited(created?.id ?? "", "");
  expect((await world.contact(created?.id ?? "")).properties.jobtitle || null).toBeNull();
  expect((await prospect(id))?.jobTitle).toBeNull();
});

it("asks where both sides have moved on since", async () => {
  const id = await world.addProspect({ emails: ["both@example.com"], first_name: "D", job_title: "CEO" });
  await world.reconcile();
  const contactId = await world.contactOf(id);
  await world.editProspect(id, "job_title", "CEO", "CTO");
  await pageThatDies();
  await world.editProspect(id, "job_title", "CTO", "COO");
  await edited(contactId, "CEO");
  expect(await world.openConflicts()).toMatchObject([{ snovValue: "COO", hubspotValue: "CEO" }]);
});

it("leaves a long fraction as it was typed, although HubSpot keeps fewer of its digits", async () => {
  const { id: fieldId } = await createCustomField({
    ctx: world.ctx,
    input: { name: "Share", type: "number", options: [] },
  });
  const field = `custom:${fieldId}`;
  await world.addMapping({ snovField: field, hubspotProperty: "team_size" });
  const typed = "0.12345678901234567891";
  const id = await world.addProspect({ emails: ["long@example.com"], first_name: "Lo", [field]: typed });
  await world.reconcile();
  const contactId = await world.contactOf(id);
  expect((await world.contact(contactId)).properties.team_size).not.toBe(typed);
  await world.notice("hubspot", contactId);
  await world.reconcile();
  expect((await prospect(id))?.custom[fieldId]).toBe(typed);
});
