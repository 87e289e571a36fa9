// What HubSpot refuses was never agreed on: it stays the prospect's own change, and nothing tells that it travelled.
// The rest of its record is none the worse for it.
import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { RemoteError } from "@/connectors/hubspot/remote-error";
import { activities, recordLinks } from "@/db/schema/sync";
import { markHeldBack } from "@/services/pending/mark-held-back";
import { rereadProperties } from "@/services/properties/reread-properties";
import { slowPage } from "../../support/slow-page";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { mapTextProperty } from "./map-property";

/** HubSpot takes 65,536 characters. */
const tooLong = "x".repeat(65_537);
const said = "The value is longer than 65536 characters";

let world: SyncWorld;
let note: { id: string; snovField: string };
beforeAll(async () => {
  world = await openSyncWorld();
  note = await mapTextProperty(world, "note");
});
afterAll(() => world.close());

const linkOf = async (prospectId: string) => {
  const [link] = await world.db.select().from(recordLinks).where(eq(recordLinks.prospectId, prospectId));
  return link;
};
const propertiesOf = async (prospectId: string) =>
  (await world.contact(await world.contactOf(prospectId))).properties;
const edit = async (id: string, ...change: [string, string | null, string | null]) => {
  await world.editProspect(id, ...change);
  await lookAt(id);
};
/** Longer than our forms allow; an older value may be. */
const writeTooLong = async (id: string) => {
  const custom = JSON.stringify({ [note.snovField.replace("custom:", "")]: tooLong });
  await world.db.execute(
    sql`update prospects set custom = custom || ${custom}::jsonb, version = version + 1 where id = ${id}`,
  );
};
const lookAt = async (id: string) => {
  await world.notice("snov", id);
  return await world.reconcile();
};
/** How often HubSpot was asked to write contacts meanwhile. */
async function writesDuring(act: () => Promise<unknown>): Promise<number> {
  await world.sandbox.control("DELETE", "/counters");
  await act();
  const { body } = await world.sandbox.control<{ requests: Record<string, { requests: number }> }>(
    "GET",
    "/state",
  );
  return Object.entries(body.requests)
    .filter(([call]) => /PATCH|batch\/(update|create)|POST \S*contacts$/.test(call))
    .reduce((sum, [, { requests }]) => sum + requests, 0);
}

// Verifies
describe("a property that HubSpot refuses", () => {
  let id: string;
  let names = 0;
  beforeEach(async () => {
    names += 1;
    id = await world.addProspect({
      emails: [`gil${names}@example.com`],
      first_name: "Gil",
      job_title: "CEO",
    });
    await world.reconcile();
  });

  it("is left out, and the rest of its record travels in the same page", async () => {
    await writeTooLong(id);
    await world.editProspect(id, "job_title", "CEO", "CTO");
    await world.notice("snov", id);
    expect(await world.page()).toMatchObject({ toHubspot: 1, again: 0 });
    expect(await propertiesOf(id)).toMatchObject({ jobtitle: "CTO" });
    expect(await world.statusOf(id)).toMatchObject({
      status: "failing",
      reason: "field_rejected",
      detail: { field: "Our note", message: said },
    });
    const link = await linkOf(id);
    expect(Object.values(link?.base ?? {})).toContain("CTO");
    expect(link?.base[note.id] ?? null).toBeNull();
    expect(link?.refused).toEqual({ [note.id]: { on: "hubspot", value: tooLong, message: said } });
    const told = await world.db
      .select()
      .from(activities)
      .where(and(eq(activities.prospectId, id), eq(activities.kind, "contact/edited")));
    expect(told.flatMap(({ changes }) => changes.map(({ field }) => field))).toEqual(["jobtitle"]);
  });

  it("is not sent again as long as it is the same, and says so at every look", async () => {
    await writeTooLong(id);
    await lookAt(id);
    const writes = await writesDuring(() => lookAt(id));
    expect(writes).toBe(0);
    expect(await world.statusOf(id)).toMatchObject({ status: "failing", detail: { message: said } });
    await edit(id, "job_title", "CEO", "CTO");
    expect(await propertiesOf(id)).toMatchObject({ jobtitle: "CTO" });
  });

  it("keeps the reference of HubSpot's answer as long as the refusal is the same", async () => {
    await writeTooLong(id);
    await lookAt(id);
    await world.db.execute(
      sql`update record_statuses set detail = detail || '{"reference":"c-9"}' where record_id = ${id}`,
    );
    await lookAt(id);
    expect(await world.statusOf(id)).toMatchObject({ detail: { message: said, reference: "c-9" } });
    await edit(id, note.snovField, tooLong, "short");
    expect((await world.statusOf(id))?.detail).toEqual({});
  });

  it("is sent once it has another value", async () => {
    await writeTooLong(id);
    await lookAt(id);
    await edit(id, note.snovField, tooLong, "short");
    expect(await propertiesOf(id)).toMatchObject({ note: "short" });
    expect(await world.statusOf(id)).toMatchObject({ status: "in_sync" });
    expect((await linkOf(id))?.refused).toEqual({});
  });

  it("still takes the other side's change where nobody asks about it", async () => {
    await edit(id, note.snovField, null, "first");
    await writeTooLong(id);
    await lookAt(id);
    await world.configure({ policy: "hubspot_wins" });
    const contactId = await world.contactOf(id);
    await world.editContact(contactId, { note: "theirs" });
    await world.notice("hubspot", contactId);
    await world.reconcile();
    await world.configure({ policy: "ask" });
    expect(await world.statusOf(id)).toMatchObject({ status: "in_sync" });
    expect((await linkOf(id))?.base[note.id]).toBe("theirs");
  });

  it("sinks none of the other records of its page", async () => {
    const other = await world.addProspect({ emails: [`lia${names}@example.com`], first_name: "Lia" });
    await writeTooLong(id);
    await world.notice("snov", id);
    await world.reconcile();
    expect(await world.statusOf(other)).toMatchObject({ status: "in_sync" });
    expect(await propertiesOf(other)).toMatchObject({ firstname: "Lia" });
  });

  it("is tried again when its definition changes, and when somebody changes the settings", async () => {
    await writeTooLong(id);
    await lookAt(id);
    await world.sandbox.call("PATCH", "/crm/properties/2026-03/contacts/note", { label: "Their note" });
    await rereadProperties(world.ctx, world.connectionId);
    expect((await linkOf(id))?.refused).toEqual({});
    expect(await writesDuring(() => world.reconcile())).toBeGreaterThan(0);
    expect((await linkOf(id))?.refused).toHaveProperty(note.id);
    await world.db.transaction((tx) => markHeldBack(tx, world.integrationId));
    expect(await writesDuring(() => world.reconcile())).toBeGreaterThan(0);
    await world.sandbox.call("PATCH", "/crm/properties/2026-03/contacts/note", { label: "Our note" });
    await rereadProperties(world.ctx, world.connectionId);
    await world.reconcile();
  });

  it("may be the e-mail address of a contact: its other fields travel", async () => {
    await world.db.execute(
      `update prospect_emails set email = 'no address', match_key = 'no address' where prospect_id = '${id}'`,
    );
    await edit(id, note.snovField, null, "travels");
    expect(await world.statusOf(id)).toMatchObject({ status: "failing", reason: "email_rejected" });
    expect(await propertiesOf(id)).toMatchObject({ email: `gil${names}@example.com`, note: "travels" });
  });
});

describe("a contact that is new to the sync (Verifies: R-73, R-77)", () => {
  it("is created without the property that HubSpot refuses", async () => {
    const id = await world.addProspect({ emails: ["new@example.com"], first_name: "New" });
    await writeTooLong(id);
    await world.reconcile();
    expect(await propertiesOf(id)).toMatchObject({ email: "new@example.com" });
    expect((await linkOf(id))?.base[note.id]).toBeUndefined();
    expect(await writesDuring(() => lookAt(id))).toBe(0);
    expect(await world.statusOf(id)).toMatchObject({ reason: "field_rejected", detail: { message: said } });
    await edit(id, note.snovField, tooLong, "short");
    expect(await propertiesOf(id)).toMatchObject({ note: "short" });
  });

  it("is not created without its e-mail address", async () => {
    const id = await world.addProspect({ emails: ["later@example.com"], first_name: "Later" });
    await writeTooLong(id);
    await world.db.execute(
      `update prospect_emails set email = 'nowhere', match_key = 'nowhere' where prospect_id = '${id}'`,
    );
    await world.reconcile();
    expect(await linkOf(id)).toBeUndefined();
    expect(await world.statusOf(id)).toMatchObject({ status: "failing", reason: "email_rejected" });
  });

  it("is given its first status later where HubSpot refused that", async () => {
    await world.configure({ statusProperty: "hs_lead_status", statusValue: "NO_SUCH" });
    const id = await world.addProspect({ emails: ["status@example.com"], first_name: "Sam" });
    await world.reconcile();
    expect(await world.statusOf(id)).toMatchObject({ status: "failing", reason: "field_rejected" });
    await world.configure({ statusValue: "NEW" });
    await edit(id, "first_name", "Sam", "Samuel");
    await world.configure({ statusProperty: null, statusValue: null });
    expect(await propertiesOf(id)).toMatchObject({ firstname: "Samuel", hs_lead_status: "NEW" });
  });

  it("is given it later also where it was there already, and its status was refused with an edit", async () => {
    await world.configure({ statusProperty: "hs_lead_status", statusValue: "NO_SUCH" });
    await world.addContact({ email: "there@example.com" });
    const id = await world.addProspect({ emails: ["there@example.com"], first_name: "Tea" });
    await world.reconcile();
    expect(await propertiesOf(id)).toMatchObject({ firstname: "Tea" });
    await world.configure({ statusValue: "NEW" });
    await edit(id, "first_name", "Tea", "Teresa");
    await world.configure({ statusProperty: null, statusValue: null });
    expect(await propertiesOf(id)).toMatchObject({ firstname: "Teresa", hs_lead_status: "NEW" });
  });
});

describe("a record that HubSpot refuses as a whole, naming no field (Verifies: R-73)", () => {
  it("keeps what its sides agreed on before, so that the change is still the prospect's own", async () => {
    const id = await world.addProspect({ emails: ["whole@example.com"], first_name: "Wilma", city: "Lima" });
    await world.reconcile();
    const { base } = (await linkOf(id)) ?? {};
    await world.editProspect(id, "city", "Lima", "Cusco");
    const { works, commit } = await slowPage(world);
    const refusal = { ok: false as const, error: new RemoteError("rejected", "No, without a reason") };
    await commit(new Map(works.map((work) => [work, refusal])));

    expect(await linkOf(id)).toMatchObject({ base });
    expect(await world.statusOf(id)).toMatchObject({ status: "failing", reason: "rejected_silently" });
    const told = await world.db.select().from(activities).where(eq(activities.prospectId, id));
    expect(JSON.stringify(told.filter(({ side }) => side === "hubspot"))).not.toContain("Cusco");
    await lookAt(id);
    expect(await propertiesOf(id)).toMatchObject({ city: "Cusco" });
  });
});
