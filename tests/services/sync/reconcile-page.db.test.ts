import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { integrations } from "@/db/schema/integrations";
import { prospects } from "@/db/schema/prospects";
import { activities, recordLinks, unconfirmedWrites } from "@/db/schema/sync";
import { slowPage } from "../../support/slow-page";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());

const people = (name: string) => ({
  email: `${name.toLowerCase()}@example.com`,
  firstname: name,
  lastname: "Silva",
  jobtitle: "CEO",
});
const prospectOf = (name: string) => ({
  emails: [`${name.toLowerCase()}@example.com`],
  first_name: name,
  last_name: "Silva",
  job_title: "CEO",
});

describe("a page of records", () => {
  it("creates a contact for a new prospect, once, however often it is noticed", async () => {
    const id = await world.addProspect(prospectOf("Bruno"));
    await world.reconcile();
    await world.notice("snov", id);
    await world.notice("snov", id);
    await world.reconcile();
    const found = (await world.contacts()).filter(
      ({ properties }) => properties.email === "bruno@example.com",
    );
    expect(found).toHaveLength(1);
    expect(found[0]?.properties).toMatchObject({ firstname: "Bruno", jobtitle: "CEO" });
    expect(await world.statusOf(id)).toMatchObject({ status: "in_sync", side: "snov" });
  });

  it("creates a prospect for a new contact in the receiving list", async () => {
    const contact = await world.addContact(people("Carla"));
    await world.notice("hubspot", contact.id);
    await world.reconcile();
    const prospect = await world.prospectByEmail("carla@example.com");
    expect(prospect).toMatchObject({ firstName: "Carla", jobTitle: "CEO" });
    const members = await world.db.query.listMembers.findMany({
      where: (m) => eq(m.prospectId, prospect?.id ?? ""),
    });
    expect(members.map(({ listId }) => listId)).toEqual([world.listId]);
    expect(prospect?.fieldChanges.job_title?.by).toEqual({ kind: "integration", id: world.integrationId });
  });

  it("carries an edit either way, writes only what differs, and is quiet afterwards", async () => {
    const id = await world.addProspect(prospectOf("Diego"));
    await world.reconcile();
    const [link] = await world.db.select().from(recordLinks).where(eq(recordLinks.prospectId, id));
    const contactId = link?.contactId ?? "";

    await world.editProspect(id, "job_title", "CEO", "CTO");
    expect(await world.reconcile()).toMatchObject({ toHubspot: 1, toSnov: 0 });
    expect((await world.contact(contactId)).properties.jobtitle).toBe("CTO");

    await world.editContact(contactId, { city: "Recife" });
    await world.notice("hubspot", contactId);
    expect(await world.reconcile()).toMatchObject({ toHubspot: 0, toSnov: 1 });
    expect(await world.prospectByEmail("diego@example.com")).toMatchObject({
      city: "Recife",
      jobTitle: "CTO",
    });

    await world.notice("hubspot", contactId);
    await world.notice("snov", id);
    expect(await world.reconcile()).toMatchObject({ toHubspot: 0, toSnov: 0 });
    const [edit] = await world.db.select().from(activities).where(eq(activities.kind, "contact/edited"));
    expect(edit).toMatchObject({
      changes: [{ field: "jobtitle", before: "CEO", after: "CTO" }],
      cause: { kind: "sync", from: "snov" },
    });
  });

  it("holds back a field that both sides changed, lets the others travel, and closes when they meet", async () => {
    const id = await world.addProspect(prospectOf("Elena"));
    await world.reconcile();
    const [link] = await world.db.select().from(recordLinks).where(eq(recordLinks.prospectId, id));
    const contactId = link?.contactId ?? "";
    await world.editProspect(id, "job_title", "CEO", "CTO");
    await world.editContact(contactId, { jobtitle: "CFO", city: "Natal" });
    await world.notice("hubspot", contactId);
    await world.reconcile();
    expect(await world.openConflicts()).toMatchObject([
      { baseValue: "CEO", snovValue: "CTO", hubspotValue: "CFO" },
    ]);
    expect(await world.prospectByEmail("elena@example.com")).toMatchObject({
      jobTitle: "CTO",
      city: "Natal",
    });
    expect((await world.contact(contactId)).properties.jobtitle).toBe("CFO");
    expect(await world.statusOf(id)).toMatchObject({ status: "in_conflict" });

    await world.editContact(contactId, { jobtitle: "CTO" });
    await world.notice("hubspot", contactId);
    await world.reconcile();
    expect(await world.openConflicts()).toEqual([]);
    expect(await world.statusOf(id)).toMatchObject({ status: "in_sync" });
  });

  it("pairs an existing contact by a secondary address instead of creating a second one", async () => {
    const one = await world.addContact({ ...people("Fabio"), email: "fabio@old.example" });
    const two = await world.addContact({ email: "fabio@new.example" });
    await world.sandbox.control("POST", "/accounts/24000001/contacts/merge", {
      primaryId: two.id,
      otherId: one.id,
    });
    const before = (await world.contacts()).length;
    await world.addProspect({ emails: ["Fabio@OLD.example"], first_name: "Fabio" });
    await world.reconcile();
    expect(await world.contacts()).toHaveLength(before);
  });

  it("shows a record that HubSpot refuses as failing, with the reason, while the others go on", async () => {
    const bad = await world.addProspect({ emails: ["refused@invalid-address.example"], first_name: "Bad" });
    const good = await world.addProspect(prospectOf("Gil"));
    await world.db.execute(
      `update prospect_emails set email = 'not an address', match_key = 'not an address' where prospect_id = '${bad}'`,
    );
    await world.reconcile();
    expect(await world.statusOf(bad)).toMatchObject({ status: "failing", reason: "email_rejected" });
    expect(await world.statusOf(good)).toMatchObject({ status: "in_sync" });
  });

  it("asks about a prospect that was edited while its contact was archived, and creates no other contact", async () => {
    const id = await world.addProspect(prospectOf("Hugo"));
    await world.reconcile();
    const [link] = await world.db.select().from(recordLinks).where(eq(recordLinks.prospectId, id));
    await world.sandbox.control("DELETE", `/accounts/24000001/contacts/${link?.contactId}`);
    await world.editProspect(id, "job_title", "CEO", "CTO");
    await world.reconcile();
    expect(await world.statusOf(id)).toMatchObject({ status: "in_conflict", reason: "removed_and_edited" });
    expect(
      (await world.contacts()).filter(({ properties }) => properties.email === "hugo@example.com"),
    ).toEqual([]);
  });

  it("keeps a notice that comes while a page is at work", async () => {
    const id = await world.addProspect(prospectOf("Ines"));
    await world.reconcile();
    await world.editProspect(id, "job_title", "CEO", "CTO");
    await Promise.all([world.page(), world.editProspect(id, "city", null, "Belém")]);
    await world.reconcile();
    const contact = (await world.contacts()).find(
      ({ properties }) => properties.email === "ines@example.com",
    );
    expect((await world.contact(contact?.id ?? "")).properties).toMatchObject({
      jobtitle: "CTO",
      city: "Belém",
    });
  });

  it("finds its own unfinished work after a crash between HubSpot's write and the commit", async () => {
    const id = await world.addProspect(prospectOf("Joana"));
    await world.db.execute(
      "create function refuse() returns trigger language plpgsql as $$ begin raise 'crash'; end $$",
    );
    await world.db.execute(
      "create trigger crash before insert on record_links for each row execute function refuse()",
    );
    await expect(world.page()).rejects.toThrow();
    await world.db.execute("drop trigger crash on record_links");
    const created = async () =>
      (await world.contacts()).filter(({ properties }) => properties.email === "joana@example.com");
    expect(await created()).toHaveLength(1);
    expect(await world.pending()).toMatchObject([{ recordId: id, lease: null }]);
    await world.db.execute("update pending_records set due_at = now()");
    await world.reconcile();
    expect(await created()).toHaveLength(1);
    expect(await world.statusOf(id)).toMatchObject({ status: "in_sync" });
  });

  it("takes its own write for its own when the prospect is edited again after the crash", async () => {
    const id = await world.addProspect(prospectOf("Noel"));
    await world.reconcile();
    const contactId =
      (await world.contacts()).find(({ properties }) => properties.email === "noel@example.com")?.id ?? "";
    await world.db.execute(
      "create trigger crash before update on record_links for each row execute function refuse()",
    );
    for (const [seen, value] of [
      ["CEO", "CTO"],
      ["CTO", "CFO"],
    ] as const) {
      await world.editProspect(id, "job_title", seen, value);
      await expect(world.page()).rejects.toThrow();
      expect((await world.contact(contactId)).properties.jobtitle).toBe(value);
    }
    await world.db.execute("drop trigger crash on record_links");
    await world.editProspect(id, "job_title", "CFO", "COO");
    await world.reconcile();
    expect(await world.statusOf(id)).toMatchObject({ status: "in_sync" });
    expect((await world.contact(contactId)).properties.jobtitle).toBe("COO");
    expect(await world.db.select().from(unconfirmedWrites)).toEqual([]);
    const told = (await world.db.select().from(activities).where(eq(activities.prospectId, id)))
      .filter(({ kind }) => kind === "contact/edited")
      .flatMap(({ changes }) => changes.map(({ before, after }) => `${before} → ${after}`));
    expect(told).toEqual(["CEO → CTO", "CTO → CFO", "CFO → COO"]);
  });

  it("still asks where a person changed the contact after such a crash", async () => {
    const id = await world.addProspect(prospectOf("Olga"));
    await world.reconcile();
    const contactId =
      (await world.contacts()).find(({ properties }) => properties.email === "olga@example.com")?.id ?? "";
    await world.db.execute(
      "create trigger crash before update on record_links for each row execute function refuse()",
    );
    await world.editProspect(id, "job_title", "CEO", "CTO");
    await expect(world.page()).rejects.toThrow();
    await world.db.execute("drop trigger crash on record_links");
    await world.editContact(contactId, { jobtitle: "Founder" });
    await world.editProspect(id, "job_title", "CTO", "COO");
    await world.reconcile();
    const open = (await world.openConflicts()).filter(({ hubspotValue }) => hubspotValue === "Founder");
    expect(open).toMatchObject([{ snovValue: "COO", baseValue: "CTO" }]);
  });

  it("gives its records back when HubSpot is down and works them off when it is up again", async () => {
    const id = await world.addProspect(prospectOf("Karen"));
    await world.sandbox.control("PUT", "/faults", { failNext: { count: 1, status: 503 } });
    await expect(world.page()).rejects.toMatchObject({ name: "RemoteError", kind: "transient" });
    expect(await world.pending()).toMatchObject([{ recordId: id, lease: null }]);
    await world.sandbox.control("PUT", "/faults", {});
    await world.reconcile();
    expect(await world.statusOf(id)).toMatchObject({ status: "in_sync" });
  });

  it("commits nothing once another page took its records over, and goes round again at once", async () => {
    const id = await world.addProspect(prospectOf("Kleber"));
    await world.sandbox.control("PUT", "/faults", { latencyMs: 300 });
    const slow = world.page();
    await expect.poll(async () => (await world.pending())[0]?.lease ?? null).not.toBeNull();
    await world.db.execute("update pending_records set lease = gen_random_uuid()");
    expect(await slow).toEqual({ claimed: 1, toHubspot: 0, toSnov: 0, again: 1 });
    await world.sandbox.control("PUT", "/faults", {});
    expect(await world.statusOf(id)).toBeUndefined();
    await world.db.execute("update pending_records set lease = null, leased_until = null");
    await world.reconcile();
    expect(
      (await world.contacts()).filter(({ properties }) => properties.email === "kleber@example.com"),
    ).toHaveLength(1);
  });

  it("keeps what changes while paused and applies it on resume (Verifies: R-46)", async () => {
    const id = await world.addProspect(prospectOf("Lia"));
    await world.reconcile();
    await world.db
      .update(integrations)
      .set({ state: "paused" })
      .where(eq(integrations.id, world.integrationId));
    await world.editProspect(id, "job_title", "CEO", "CTO");
    expect(await world.page()).toMatchObject({ claimed: 0 });
    expect(await world.pending()).toMatchObject([{ recordId: id }]);
    await world.db
      .update(integrations)
      .set({ state: "active" })
      .where(eq(integrations.id, world.integrationId));
    expect(await world.reconcile()).toMatchObject({ toHubspot: 1 });
  });

  it("does not write a prospect that somebody edited since it was read", async () => {
    const id = await world.addProspect(prospectOf("Mara"));
    await world.reconcile();
    const [link] = await world.db.select().from(recordLinks).where(eq(recordLinks.prospectId, id));
    await world.editContact(link?.contactId ?? "", { city: "Olinda" });
    await world.notice("hubspot", link?.contactId ?? "");
    const page = await slowPage(world);
    await world.editProspect(id, "city", null, "Natal");
    expect((await page.commit()).counts).toMatchObject({ toSnov: 0, again: 1 });
    await world.reconcile();
    const [row] = await world.db.select().from(prospects).where(eq(prospects.id, id));
    expect(row).toMatchObject({ city: "Natal" });
    expect((await world.openConflicts()).filter(({ linkId }) => linkId === link?.id)).toMatchObject([
      { snovValue: "Natal", hubspotValue: "Olinda" },
    ]);
  });
});
