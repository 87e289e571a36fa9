// HubSpot has no conditional write: what somebody writes there between our read and our write is found under ours.
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { hourlyChanges } from "@/db/schema/hours";
import { activities, unconfirmedWrites } from "@/db/schema/sync";
import { trashProspects } from "@/services/prospects/trash-prospects";
import { ACCOUNT } from "../../sandbox/test-sandbox";
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

/** Somebody edits the contact at the very moment before our next update reaches HubSpot. */
function editJustBeforeUpdate(
  contactId: string,
  jobtitle: string,
  { thenLoseTheLine = false, property = "jobtitle" } = {},
) {
  const send = globalThis.fetch;
  const spy = vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
    if (!String(url).endsWith("/batch/update")) return send(url, init);
    spy.mockRestore();
    await world.editContact(contactId, { [property]: jobtitle });
    const answer = await send(url, init);
    if (thenLoseTheLine)
      vi.spyOn(globalThis, "fetch").mockImplementationOnce(() =>
        Promise.reject(new TypeError("fetch failed")),
      );
    return answer;
  });
}

/** What the chart of changes counts as written to HubSpot. */
const countedWrites = async () =>
  (await world.db.select().from(hourlyChanges)).reduce(
    (sum, { side, changes }) => sum + (side === "hubspot" ? changes : 0),
    0,
  );

const told = async (kind: string) =>
  (await world.db.select().from(activities)).filter((activity) => activity.kind === kind);

describe("a value written in HubSpot between our read and our write (Verifies: R-73)", () => {
  it("is put back and asked about, with what both people wrote", async () => {
    const { id, contactId } = await linked("Ana");
    editJustBeforeUpdate(contactId, "Founder");
    await world.editProspect(id, "job_title", "CEO", "CTO");
    const counted = await countedWrites();
    await world.reconcile();
    expect((await world.contact(contactId)).properties.jobtitle).toBe("Founder");
    expect(await world.openConflicts()).toMatchObject([
      { kind: "value", baseValue: "CEO", snovValue: "CTO", hubspotValue: "Founder" },
    ]);
    expect(await told("contact/value_put_back")).toMatchObject([
      { prospectId: id, changes: [{ field: "jobtitle", before: "CTO", after: "Founder" }] },
    ]);
    expect(await countedWrites()).toBe(counted + 1);
    expect(await world.db.select().from(unconfirmedWrites)).toEqual([]);
  });

  it("is not put back over what somebody has typed since, and an activity row holds it", async () => {
    const { id, contactId } = await linked("Bela");
    const send = globalThis.fetch;
    const spy = vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
      if (!String(url).endsWith("/batch/update")) return send(url, init);
      spy.mockRestore();
      await world.editContact(contactId, { jobtitle: "Founder" });
      const answer = await send(url, init);
      await world.editContact(contactId, { jobtitle: "Chair" });
      return answer;
    });
    await world.editProspect(id, "job_title", "CEO", "CTO");
    await world.reconcile();
    expect((await world.contact(contactId)).properties.jobtitle).toBe("Chair");
    const held = (await told("contact/value_replaced")).filter(({ prospectId }) => prospectId === id);
    expect(held.flatMap(({ changes }) => changes.map(({ before }) => before))).toEqual(["Founder"]);
  });

  it("is put back also where another value was typed there while the first was put back", async () => {
    const { id, contactId } = await linked("Gil");
    const send = globalThis.fetch;
    const typed = ["Founder", "Co-founder", "Chair"];
    const spy = vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
      const jobtitle = String(url).endsWith("/batch/update") ? typed.shift() : undefined;
      if (jobtitle) await world.editContact(contactId, { jobtitle });
      return send(url, init);
    });
    await world.editProspect(id, "job_title", "CEO", "CTO");
    await world.reconcile();
    spy.mockRestore();
    expect((await world.contact(contactId)).properties.jobtitle).toBe("Chair");
    const held = (await told("contact/value_replaced")).filter(({ prospectId }) => prospectId === id);
    expect(held.map(({ changes }) => changes[0]?.before).sort()).toEqual(["Chair", "Co-founder", "Founder"]);
    expect((await world.openConflicts()).filter(({ recordId }) => recordId === id)).toMatchObject([
      { baseValue: "CEO", snovValue: "CTO", hubspotValue: "Chair" },
    ]);
  });

  it("is put back also where somebody typed the old value there while another one was put back", async () => {
    const { id, contactId } = await linked("Ivo");
    const send = globalThis.fetch;
    const typed = ["Founder", "CEO"];
    const spy = vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
      const jobtitle = String(url).endsWith("/batch/update") ? typed.shift() : undefined;
      if (jobtitle) await world.editContact(contactId, { jobtitle });
      return send(url, init);
    });
    await world.editProspect(id, "job_title", "CEO", "CTO");
    await world.notice("snov", id);
    await world.page();
    spy.mockRestore();
    expect((await world.contact(contactId)).properties.jobtitle).toBe("CEO");
  });

  it("is put back also where HubSpot refuses another one of the same contact, which an activity row holds", async () => {
    const { id, contactId } = await linked("Hana");
    const setReadOnly = (readOnlyValue: boolean) =>
      world.sandbox.control("PATCH", `/accounts/${ACCOUNT}/properties/jobtitle`, { readOnlyValue });
    const send = globalThis.fetch;
    const meanwhile = [
      () => world.editContact(contactId, { jobtitle: "Founder", company: "theirs" }),
      () => setReadOnly(true),
    ];
    const spy = vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
      if (String(url).endsWith("/batch/update")) await meanwhile.shift()?.();
      return send(url, init);
    });
    await world.editProspect(id, "job_title", "CEO", "CTO");
    await world.editProspect(id, "company", null, "ours");
    await world.editProspect(id, "first_name", "Hana", "Hanna");
    await world.reconcile();
    spy.mockRestore();
    await setReadOnly(false);
    expect(meanwhile).toEqual([]);
    expect((await world.contact(contactId)).properties).toMatchObject({
      jobtitle: "CTO",
      company: "theirs",
      firstname: "Hanna",
    });
    const ofHana = async (kind: string) =>
      (await told(kind))
        .filter(({ prospectId }) => prospectId === id)
        .map(({ changes }) => changes[0]?.before);
    expect((await ofHana("contact/value_replaced")).sort()).toEqual(["Founder", "theirs"]);
    expect(await ofHana("contact/value_put_back")).toEqual(["ours"]);
    expect((await world.openConflicts()).filter(({ recordId }) => recordId === id)).toMatchObject([
      { snovValue: "ours", hubspotValue: "theirs" },
    ]);
  });

  it("gives way where a policy says so, and an activity row holds it", async () => {
    await world.configure({ policy: "snov_wins" });
    const { id, contactId } = await linked("Bia");
    editJustBeforeUpdate(contactId, "Owner");
    await world.editProspect(id, "job_title", "CEO", "CFO");
    await world.reconcile();
    expect((await world.contact(contactId)).properties.jobtitle).toBe("CFO");
    const replaced = await told("contact/value_replaced");
    expect(replaced.filter(({ prospectId }) => prospectId === id)).toMatchObject([
      { changes: [{ before: "Owner", after: "CFO", why: "policy" }] },
    ]);
  });

  it("is found after a crash as well", async () => {
    const { id, contactId } = await linked("Caio");
    editJustBeforeUpdate(contactId, "Partner", { thenLoseTheLine: true });
    await world.editProspect(id, "job_title", "CEO", "COO");
    await expect(world.page()).rejects.toThrow("no answer");
    expect((await world.contact(contactId)).properties.jobtitle).toBe("COO");
    await world.db.execute("update pending_records set due_at = now()");
    await world.reconcile();
    expect((await world.contact(contactId)).properties.jobtitle).toBe("Partner");
    expect((await world.openConflicts()).filter(({ recordId }) => recordId === id)).toMatchObject([
      { snovValue: "COO", hubspotValue: "Partner" },
    ]);
  });

  it("is told once where its record waits for a decision, however often it is looked at", async () => {
    const { id, contactId } = await linked("Otto");
    editJustBeforeUpdate(contactId, "Founder", { thenLoseTheLine: true });
    await world.editProspect(id, "job_title", "CEO", "COO");
    await expect(world.page()).rejects.toThrow("no answer");
    await world.editContact(contactId, { jobtitle: "Chair" });
    await trashProspects({ ctx: world.ctx, input: { ids: [id] } });
    await world.db.execute("update pending_records set due_at = now()");
    for (let look = 0; look < 3; look += 1) {
      await world.notice("hubspot", contactId);
      await world.reconcile();
    }
    expect(await world.statusOf(id)).toMatchObject({ status: "in_conflict", reason: "removed_and_edited" });
    const held = (await told("contact/value_replaced")).filter((row) => row.contactId === contactId);
    expect(held).toMatchObject([{ prospectId: id, changes: [{ before: "Founder", after: "Chair" }] }]);
  });

  it("is told also where two pages died one after the other, each over another person's value", async () => {
    await world.configure({ policy: "snov_wins" });
    const { id, contactId } = await linked("Jo");
    for (const [before, ours, theirs] of [
      ["CEO", "One", "First"],
      ["One", "Two", "Second"],
    ] as const) {
      await world.editProspect(id, "job_title", before, ours);
      const send = globalThis.fetch;
      let sent = false;
      const spy = vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
        if (sent) throw new TypeError("fetch failed");
        const writes = String(url).endsWith("/batch/update");
        if (writes) await world.editContact(contactId, { jobtitle: theirs });
        sent = writes;
        return send(url, init);
      });
      await expect(world.page()).rejects.toThrow();
      spy.mockRestore();
      await world.db.execute("update pending_records set lease = null, leased_until = null, due_at = now()");
    }
    await world.reconcile();
    expect((await world.contact(contactId)).properties.jobtitle).toBe("Two");
    const held = (await told("contact/value_replaced")).filter(({ prospectId }) => prospectId === id);
    const values = held.map(({ changes }) => changes[0]?.before);
    expect(values).toContain("First");
    expect(values).toContain("Second");
    const edits = (await told("contact/edited")).filter(({ prospectId }) => prospectId === id);
    const sent = edits.flatMap(({ changes }) => changes.map(({ after }) => after));
    expect(sent.sort()).toEqual(["One", "Two"]);
  });
});

describe("a property that only rides on a write, edited between our read and our write (Verifies: R-31, R-73)", () => {
  const late = async (name: string, property: string, value: string) => {
    const { id: contactId } = await world.addContact({ email: `${name}@example.com` });
    await world.addProspect({ emails: [`${name}@example.com`], first_name: name });
    editJustBeforeUpdate(contactId, value, { property });
    await world.reconcile();
    return { contactId, properties: (await world.contact(contactId)).properties };
  };
  afterEach(() => world.configure({ statusProperty: null, statusValue: null, constantToHubspot: null }));

  it("has a salesperson's status put back over our first one", async () => {
    await world.configure({ statusProperty: "hs_lead_status", statusValue: "NEW" });
    const { properties } = await late("wanda", "hs_lead_status", "IN_PROGRESS");
    expect(properties).toMatchObject({ firstname: "wanda", hs_lead_status: "IN_PROGRESS" });
  });

  it("tells of the value that a constant replaced", async () => {
    await world.configure({ constantToHubspot: { field: "preferred_name", value: "Imported" } });
    const { contactId, properties } = await late("xaver", "preferred_name", "Typed");
    expect(properties).toMatchObject({ firstname: "xaver", preferred_name: "Imported" });
    expect((await told("contact/value_replaced")).filter((row) => row.contactId === contactId)).toMatchObject(
      [{ changes: [{ field: "preferred_name", before: "Typed", after: "Imported", why: "policy" }] }],
    );
  });
});
