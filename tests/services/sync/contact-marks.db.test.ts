// Where people chose it, contacts carry the id of their prospect. It says whose a contact is that has no link, and nothing else.
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { conflicts } from "@/db/schema/conflicts";
import { prospects } from "@/db/schema/prospects";
import { activities, recordLinks, unconfirmedWrites } from "@/db/schema/sync";
import { switchMarks } from "@/services/integrations/switch-marks";
import { contactMark } from "@/sync/contact-mark";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { undoing } from "../transfers/undo";

const mark = contactMark.name;

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
  await turn(true);
});
afterAll(() => world.close());

const turn = (on: boolean) =>
  switchMarks({ ctx: world.ctx, input: { integrationId: world.integrationId, on } });
const personOf = (name: string) => ({
  emails: [`${name}@marks.example`],
  first_name: name,
  job_title: "CEO",
});
const add = async (name: string) => {
  const id = await world.addProspect(personOf(name));
  await world.reconcile();
  return id;
};
const lookAt = async (side: "snov" | "hubspot", id: string) => {
  await world.notice(side, id);
  return await world.reconcile();
};
const markOf = async (contactId: string) => (await world.contact(contactId)).properties[mark] || null;
const named = async (firstname: string) =>
  (await world.contacts()).filter(({ properties }) => properties.firstname === firstname);
const prospect = async (id: string) =>
  (await world.db.select().from(prospects).where(eq(prospects.id, id)))[0];
const unlink = (prospectId: string) =>
  world.db.delete(recordLinks).where(eq(recordLinks.prospectId, prospectId));

/** HubSpot makes the contact; its answer is lost, and the page dies. */
async function creationLost(name: string): Promise<{ id: string; contactId: string }> {
  const id = await world.addProspect(personOf(name));
  await world.sandbox.control("PUT", "/faults", {
    failNext: { count: 1, match: "batch/create", how: "apply-then-drop" },
  });
  await expect(world.page()).rejects.toThrow();
  await world.sandbox.control("PUT", "/faults", {});
  await world.db.execute("update pending_records set due_at = now()");
  const [contact] = await named(name);
  return { id, contactId: contact?.id ?? "" };
}

/** Calls to HubSpot meanwhile, by what they ask. */
async function callsDuring(act: () => Promise<unknown>): Promise<Record<string, number>> {
  await world.sandbox.control("DELETE", "/counters");
  await act();
  const { body } = await world.sandbox.control<{ requests: Record<string, { requests: number }> }>(
    "GET",
    "/state",
  );
  return Object.fromEntries(
    Object.entries(body.requests)
      .filter(([call]) => call.includes("/objects/"))
      .map(([call, { requests }]) => [call.split("/").slice(-2).join("/"), requests]),
  );
}

describe("a contact that was created without our learning of it, and renamed (Verifies: R-75)", () => {
  it("is found by the id of its prospect, and no second one is made", async () => {
    const { id, contactId } = await creationLost("ana");
    await world.editContact(contactId, { email: "renamed@marks.example" });
    await world.reconcile();
    expect(await named("ana")).toHaveLength(1);
    expect(await world.contactOf(id)).toBe(contactId);
    expect(await world.statusOf(id)).toMatchObject({ status: "in_sync" });
    // What HubSpot has taken was ours: the new address is the contact's change.
    expect(await world.prospectByEmail("renamed@marks.example")).toMatchObject({ id });
    expect(await world.db.select().from(unconfirmedWrites)).toEqual([]);
  });

  it("is asked about by its address where nobody knows any more that we made it, as whenever two meet", async () => {
    const { id, contactId } = await creationLost("bea");
    for (const noted of ["unconfirmed_writes", "pending_records"])
      await world.db.execute(`delete from ${noted}`);
    await world.editContact(contactId, { email: "bea-new@marks.example" });
    await lookAt("hubspot", contactId);
    expect(await named("bea")).toHaveLength(1);
    expect(await world.contactOf(id)).toBe(contactId);
    const open = (await world.openConflicts()).filter(({ recordId }) => recordId === id);
    expect(open).toMatchObject([
      { kind: "value", snovValue: "bea@marks.example", hubspotValue: "bea-new@marks.example" },
    ]);
  });

  it("is found as well where the contact is what is looked at", async () => {
    const { id, contactId } = await creationLost("cid");
    await world.editContact(contactId, { email: "cid-new@marks.example" });
    await world.db.execute("delete from pending_records");
    await lookAt("hubspot", contactId);
    expect(await world.contactOf(id)).toBe(contactId);
    expect(await world.prospectByEmail("cid-new@marks.example")).toMatchObject({ id });
  });

  it("is found under the id that a merge gave it", async () => {
    const { id, contactId } = await creationLost("cora");
    await world.editContact(contactId, { email: "cora-new@marks.example" });
    const other = await world.addContact({ firstname: "Other", email: "cora-other@marks.example" });
    const merged = await world.mergeContacts(other.id, contactId);
    await world.reconcile();
    expect(await world.contactOf(id)).toBe(merged);
    expect(await markOf(merged)).toBe(id);
  });

  it("is made a second time where contacts carry no such id", async () => {
    await turn(false);
    const { id, contactId } = await creationLost("dan");
    await world.editContact(contactId, { email: "dan-new@marks.example" });
    await world.reconcile();
    expect(await named("dan")).toHaveLength(2);
    expect(await world.contactOf(id)).not.toBe(contactId);
    await turn(true);
  });
});

describe("the id of a prospect in its contact (Verifies: R-30)", () => {
  it("is written with its creation, and with the next write that there is anyway", async () => {
    const id = await add("eva");
    const contactId = await world.contactOf(id);
    expect(await markOf(contactId)).toBe(id);

    await turn(false);
    const old = await add("old");
    await turn(true);
    const contact = await world.contactOf(old);
    expect(await lookAt("snov", old)).toMatchObject({ toHubspot: 0 });
    expect(await markOf(contact)).toBeNull();
    await world.editProspect(old, "job_title", "CEO", "CTO");
    await world.reconcile();
    expect(await markOf(contact)).toBe(old);
  });

  it("causes no write where somebody changes or empties it, never comes to Snov.io, and is put right in passing", async () => {
    const id = await add("fay");
    const contactId = await world.contactOf(id);
    for (const typed of ["", "something else"]) {
      await world.editContact(contactId, { [mark]: typed });
      const before = await prospect(id);
      const calls = await callsDuring(() => lookAt("hubspot", contactId));
      expect(calls).toEqual({ "batch/read": 1 });
      expect(await prospect(id)).toEqual(before);
      expect(await world.statusOf(id)).toMatchObject({ status: "in_sync" });
    }
    await world.editProspect(id, "job_title", "CEO", "CTO");
    await world.reconcile();
    expect(await markOf(contactId)).toBe(id);
    const told = await world.db
      .select({ changes: activities.changes })
      .from(activities)
      .where(eq(activities.prospectId, id));
    expect(told.flatMap(({ changes }) => changes).filter(({ field }) => field === mark)).toEqual([]);
  });

  it("asks HubSpot nothing more for records that are as they should be", async () => {
    const calls = await callsDuring(() => add("gus"));
    expect(calls).toEqual({ "batch/read": 1, "batch/create": 1 });
  });

  it("is left out alone where another contact has it, and its record is none the worse", async () => {
    const id = await add("hal");
    const contactId = await world.contactOf(id);
    await world.editContact(contactId, { [mark]: "" });
    const thief = await world.addContact({ firstname: "Thief", email: "thief@marks.example", [mark]: id });
    await world.editProspect(id, "job_title", "CEO", "CTO");
    await world.reconcile();
    const { properties } = await world.contact(contactId);
    expect([properties.jobtitle, properties[mark] || null]).toEqual(["CTO", null]);
    expect(await world.statusOf(id)).toMatchObject({ status: "in_sync", reason: null });
    expect(await markOf(thief.id)).toBe(id);
  });
});

describe("whom a contact carries the id of", () => {
  it("goes before any address, where the prospect has no other contact", async () => {
    const one = await add("ida");
    const contactId = await world.contactOf(one);
    const other = await world.addProspect({ emails: ["ida-new@marks.example"], first_name: "Other" });
    await world.db.execute("delete from pending_records");
    await unlink(one);
    await world.editContact(contactId, { email: "ida-new@marks.example" });
    await lookAt("hubspot", contactId);
    expect(await world.contactOf(one)).toBe(contactId);
    // The address that both have is a question, as it is between a linked contact and another prospect.
    await lookAt("snov", other);
    expect(await world.statusOf(other)).toMatchObject({ status: "in_conflict", reason: "same_address" });
  });

  it("says nothing against a link", async () => {
    const [one, two] = [await add("jim"), await add("joe")];
    const [first, second] = [await world.contactOf(one), await world.contactOf(two)];
    await world.editContact(first, { [mark]: "" });
    await world.editContact(second, { [mark]: one });
    for (const id of [first, second]) await world.notice("hubspot", id);
    await world.reconcile();
    expect([await world.contactOf(one), await world.contactOf(two)]).toEqual([first, second]);

    // A contact without a link whose prospect has another contact is whose its address says.
    const stray = await world.addContact({ firstname: "Stray", email: "stray@marks.example" });
    await world.editContact(second, { [mark]: "" });
    await world.editContact(stray.id, { [mark]: one });
    await lookAt("hubspot", stray.id);
    expect(await world.contactOf(one)).toBe(first);
    expect(await world.prospectByEmail("stray@marks.example")).toMatchObject({ firstName: "Stray" });
  });

  it("is made a contact all the same where the one that has its id is another prospect's", async () => {
    const holder = await add("kim");
    const contactId = await world.contactOf(holder);
    const id = await world.addProspect(personOf("lea"));
    await world.editContact(contactId, { [mark]: id });
    await world.reconcile();
    const own = await world.contactOf(id);
    expect(own).not.toBe(contactId);
    expect(await markOf(own)).toBeNull();
    expect(await world.statusOf(id)).toMatchObject({ status: "in_sync" });
    // The id is put right with the next write there is anyway, and its owner gets it with one of its own.
    await world.editProspect(holder, "job_title", "CEO", "CTO");
    await world.reconcile();
    expect(await markOf(contactId)).toBe(holder);
    await world.editProspect(id, "job_title", "CEO", "CTO");
    await world.reconcile();
    expect(await markOf(own)).toBe(id);
  });

  it("is not that prospect where a person keeps the two apart", async () => {
    const id = await world.addProspect(personOf("mia"));
    const contact = await world.addContact({ firstname: "Mia", email: "mia-2@marks.example", [mark]: id });
    await world.db.insert(conflicts).values({
      integrationId: world.integrationId,
      kind: "same_address",
      side: "snov",
      recordId: id,
      otherId: contact.id,
      outcome: "apart",
      closedAt: new Date(),
      detail: { addresses: ["mia@marks.example"] },
    });
    await lookAt("hubspot", contact.id);
    expect(await world.contactOf(id)).not.toBe(contact.id);
    expect(await markOf(await world.contactOf(id))).toBeNull();
    const other = await world.prospectByEmail("mia-2@marks.example");
    expect(await world.contactOf(other?.id ?? "")).toBe(contact.id);
  });

  it.each([
    ["a foreign id", "0b0e9a4e-3b0c-4c55-9d0f-0d9a2c6f7e11"],
    ["what somebody typed", "call her on Monday"],
  ])("is nobody where it is %s", async (what, value) => {
    const email = `${what.replace(/ /g, "-")}@marks.example`;
    const contact = await world.addContact({ firstname: "Nina", email, [mark]: value });
    await lookAt("hubspot", contact.id);
    const found = await world.prospectByEmail(email);
    expect(found).toMatchObject({ firstName: "Nina" });
    expect(await world.contactOf(found?.id ?? "")).toBe(contact.id);
  });

  it("is nobody where that prospect is in the trash", async () => {
    const gone = await add("olga");
    const contactId = await world.contactOf(gone);
    await unlink(gone);
    await world.db.update(prospects).set({ deletedAt: sql`now()` }).where(eq(prospects.id, gone));
    const next = await world.addProspect({ emails: ["next@marks.example"], first_name: "Next" });
    await world.db.execute("delete from pending_records");
    await world.editContact(contactId, { email: "next@marks.example" });
    await lookAt("hubspot", contactId);
    expect(await world.contactOf(next)).toBe(contactId);
  });
});

it("is no work of anybody's on a contact that an undo takes back (Verifies: R-78)", async () => {
  const story = undoing(world);
  await story.clean();
  const id = await story.prospect("Ours");
  const runOf = await story.transferred();
  const contactId = await world.contactOf(id);
  expect(await markOf(contactId)).toBe(id);
  await world.editContact(contactId, { [mark]: "" });
  expect(await story.outcomes(await story.undone(runOf))).toEqual([["Ours", "taken_back", undefined]]);
});
