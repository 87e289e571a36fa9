// Erased stays erased: nothing of a person is left in any table, whichever way the page went.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { conflicts } from "@/db/schema/conflicts";
import { type FuseSample, integrations } from "@/db/schema/integrations";
import { prospects } from "@/db/schema/prospects";
import { erasedAddresses, erasedContacts } from "@/db/schema/safety";
import { activities, recordLinks, recordStatuses } from "@/db/schema/sync";
import { trashProspects } from "@/services/prospects/trash-prospects";
import { checkFuses } from "@/services/sync/check-fuses";
import { claimPending, releaseClaim } from "@/services/sync/claim-pending";
import { loadPageContext } from "@/services/sync/load-page-context";
import { observePage } from "@/services/sync/observe-page";
import { planPage } from "@/services/sync/plan-page";
import { rowsTelling } from "../../support/rows-telling";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());

const trash = (id: string) => trashProspects({ ctx: world.ctx, input: { ids: [id] } });
const liveContacts = async (email: string) =>
  (await world.contacts()).filter(({ properties }) => properties.email === email);

const historyOf = (id: string) =>
  world.db.select().from(activities).where(eq(activities.prospectId, id)).orderBy(activities.id);

async function linked(name: string) {
  const email = `${name.toLowerCase()}@example.com`;
  const id = await world.addProspect({ emails: [email], first_name: name, job_title: "CEO" });
  await world.reconcile();
  return { id, email, contactId: await world.contactOf(id) };
}

describe("a privacy deletion (Verifies: R-70)", () => {
  it("erases the prospect and what was told of it, and its address never comes back", async () => {
    const { id, email, contactId } = await linked("Hilda");
    await erase(contactId);
    expect(await world.db.select().from(prospects).where(eq(prospects.id, id))).toEqual([]);
    expect(await world.db.select().from(recordLinks).where(eq(recordLinks.contactId, contactId))).toEqual([]);
    const told = JSON.stringify(await world.db.select().from(activities));
    expect(told).not.toContain("Hilda");
    expect(told).not.toContain(email);
    expect(JSON.stringify(await world.db.select().from(erasedAddresses))).not.toContain("hilda");

    const anew = await world.addProspect({ emails: [email.toUpperCase()], first_name: "Hilda" });
    await world.reconcile();
    expect(await world.statusOf(anew)).toMatchObject({ status: "excluded", reason: "erased" });
    expect(await liveContacts(email)).toEqual([]);
  });

  it("leaves its name and addresses in no table, disputes and examples of a stop included", async () => {
    const { contactId: keeps } = await linked("Fred");
    const spare = await world.addContact({ email: "second@erased.example" });
    await world.notice("hubspot", await world.mergeContacts(keeps, spare.id));
    await world.reconcile();
    const id = await world.addProspect({ emails: ["second@erased.example"], first_name: "Gilberto" });
    await world.reconcile();
    expect(await world.statusOf(id)).toMatchObject({ status: "in_conflict", reason: "same_address" });
    await world.editProspect(id, "emails", ["second@erased.example"], ["gil@erased.example"]);
    await world.reconcile();
    const contactId = await world.contactOf(id);
    const kept = {
      prospectId: null,
      contactId: keeps,
      recordName: "Fred",
      side: "hubspot" as const,
      field: "city",
    };
    const samples = [
      { ...kept, before: null, after: "Rio" },
      { ...kept, prospectId: id, contactId, recordName: "Gilberto", before: null, after: "Rio" },
    ];
    await stopped(world.integrationId, samples);
    expect(await rowsTelling(world.db, "gilberto")).not.toEqual([]);

    await erase(contactId);
    expect(await rowsTelling(world.db, "gilberto")).toEqual([]);
    expect(await rowsTelling(world.db, "gil@erased.example")).toEqual([]);
    const [integration] = await world.db
      .select()
      .from(integrations)
      .where(eq(integrations.id, world.integrationId));
    expect(integration?.fuseStop?.samples).toEqual(samples.slice(0, 1));
    await world.configure({ fuseStop: null });
  });

  it("keeps the activities that tell of it, without name, values or who gave them, and the others as they are", async () => {
    const { id, contactId } = await linked("Bia");
    const { id: other } = await linked("Caio");
    const givers = { job_title: { at: new Date().toISOString(), source: "CRM_UI", userId: "7" } };
    await world.db.update(activities).set({ givers });
    const kindsBefore = (await historyOf(id)).map(({ kind }) => kind);
    await erase(contactId);
    const told = await historyOf(id);
    expect(told.map(({ kind }) => kind)).toEqual([...kindsBefore, "prospect/erased"]);
    for (const activity of told)
      expect(activity).toMatchObject({ recordName: null, changes: [], givers: {} });
    const ofOthers = await historyOf(other);
    for (const activity of ofOthers) expect(activity).toMatchObject({ recordName: "Caio", givers });
    expect(ofOthers.flatMap(({ changes }) => changes)).toContainEqual(
      expect.objectContaining({ after: "CEO" }),
    );
  });

  it("reaches a prospect that lies in the trash", async () => {
    const { id, contactId } = await linked("Ivo");
    await trash(id);
    await world.reconcile();
    await erase(contactId);
    expect(await world.db.select().from(prospects).where(eq(prospects.id, id))).toEqual([]);
  });

  it("leaves nothing of its prospect in the workspace's other integrations, and nothing of others is lost", async () => {
    const { id, contactId } = await linked("Marta");
    const other = await world.addIntegration(24_000_002);
    const partner = { integrationId: other, contactId: "501" };
    await world.db.insert(recordLinks).values({ ...partner, prospectId: id });
    const told = {
      workspaceId: world.ctx.workspaceId,
      kind: "contact/updated",
      cause: { kind: "system" as const },
    };
    await world.db.insert(activities).values([
      { ...told, ...partner, recordName: "Marta" },
      { ...told, integrationId: world.integrationId, contactId: "501", recordName: "Somebody else" },
    ]);
    const about = { integrationId: other, side: "hubspot" as const, recordId: "501" };
    await world.db
      .insert(conflicts)
      .values({ ...about, kind: "same_address", detail: { recordName: "Marta" } });
    await world.db.insert(recordStatuses).values({
      ...about,
      status: "failing",
      reason: "field_rejected",
      detail: { message: "Marta is no city" },
    });
    const sample = {
      prospectId: null,
      contactId: "501",
      side: "hubspot" as const,
      field: "city",
      before: null,
    };
    await stopped(other, [{ ...sample, recordName: "Marta", after: "Rio" }]);
    await stopped(world.integrationId, [{ ...sample, recordName: "Somebody else", after: "Rio" }]);

    await erase(contactId);
    expect(await rowsTelling(world.db, "marta")).toEqual([]);
    expect(await rowsTelling(world.db, "Somebody else")).toHaveLength(2);
    await world.configure({ fuseStop: null });
  });

  it("of a contact that never had a prospect leaves nothing of its dispute", async () => {
    const { id, email } = await linked("Nelson");
    await world.editProspect(id, "emails", [email], [email, "second@nelson.example"]);
    await world.reconcile();
    const { id: contactId } = await world.addContact({ email: "second@nelson.example", firstname: "Odete" });
    await world.notice("hubspot", contactId);
    await world.reconcile();
    expect(await world.statusOf(contactId)).toMatchObject({ status: "in_conflict", reason: "same_address" });
    await erase(contactId);
    expect(await rowsTelling(world.db, "odete")).toEqual([]);
  });

  it("is not undone by the examples of a page that was planned before it", async () => {
    const { id, contactId } = await linked("Paula");
    await world.editProspect(id, "job_title", "CEO", "CTO");
    const page = await loadPageContext(world.db, world.integrationId);
    if (!page) throw new Error("the integration does not sync");
    const claim = await claimPending(world.db, world.integrationId);
    const sources = { db: world.db, hubspot: world.hubspot };
    const works = await planPage(sources, page, await observePage(sources, page, claim.records), new Set());
    await releaseClaim(world.db, claim.lease, { blameless: true });
    await erase(contactId);

    const strict = { ...page, fuses: { ...page.fuses, overwrites: 0 } };
    const { blown } = await checkFuses(world.db, strict, works, new Date());
    expect(blown).toMatchObject({ kind: "overwrites" });
    expect(await rowsTelling(world.db, "paula")).toEqual([]);
    await world.configure({ fuseStop: null, state: "active" });
  });
});

async function erase(contactId: string): Promise<void> {
  await world.eraseContact(contactId);
  await world.db.insert(erasedContacts).values({ integrationId: world.integrationId, contactId });
  await world.notice("hubspot", contactId);
  await world.reconcile();
}

async function stopped(integrationId: string, samples: FuseSample[]): Promise<void> {
  const fuse = { kind: "overwrites" as const, planned: 2, before: 0, limit: 1, windowMinutes: 60 };
  const fuseStop = { ...fuse, at: new Date().toISOString(), sides: [], samples, waiting: 2 };
  await world.db.update(integrations).set({ fuseStop }).where(eq(integrations.id, integrationId));
}
