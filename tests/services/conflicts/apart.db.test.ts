// Two records that share an address, and a person who knows whether they are one.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { conflicts } from "@/db/schema/conflicts";
import { erasedContacts } from "@/db/schema/safety";
import { activities, pendingRecords } from "@/db/schema/sync";
import { undoResolution } from "@/services/conflicts/undo-resolution";
import { restoreProspects } from "@/services/prospects/restore-prospects";
import { trashProspects } from "@/services/prospects/trash-prospects";
import { decideConflict } from "../../support/decide-conflict";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());

async function asked(recordId: string) {
  const open = (await world.openConflicts()).find((one) => one.recordId === recordId);
  return open ?? expect.unreachable(`nothing is asked about ${recordId}`);
}

async function decide(recordId: string, kind: "link" | "apart") {
  return await resolve(await asked(recordId), kind);
}

async function resolve(
  open: { id: string; revision: number } | undefined,
  kind: "link" | "apart" | "bring_back",
) {
  return { ...(await decideConflict(world, open, { kind })), conflictId: open?.id ?? "" };
}

/** A prospect that has the address of a contact which belongs to another one. */
async function shared(name: string) {
  const email = `${name}@example.com`;
  const owner = await world.addProspect({ emails: [email], first_name: name });
  await world.reconcile();
  const spare = await world.addContact({ email: `${name}-2@example.com` });
  const contactId = await world.mergeContacts(await world.contactOf(owner), spare.id);
  await world.notice("hubspot", contactId);
  await world.reconcile();
  const id = await world.addProspect({ emails: [`${name}-2@example.com`], first_name: `${name} two` });
  await world.reconcile();
  return { id };
}

describe("a record that is kept apart (Verifies: R-64)", () => {
  it("leaves no question about its fields open", async () => {
    const [one, two] = ["merged-1@example.com", "merged-2@example.com"];
    const ids = [one, two].map((email) => world.addProspect({ emails: [email], first_name: "Ours" }));
    const [kept = "", other = ""] = await Promise.all(ids);
    await world.reconcile();
    const [lost, survivor] = [await world.contactOf(kept), await world.contactOf(other)];
    await world.editProspect(kept, "first_name", "Ours", "Ana's");
    await world.editContact(lost, { firstname: "Hugo's" });
    await world.notice("hubspot", lost);
    await world.reconcile();
    expect(await world.openConflicts()).toMatchObject([{ kind: "value", recordId: kept }]);
    await world.notice("hubspot", await world.mergeContacts(survivor, lost));
    await world.reconcile();
    const open = await world.openConflicts();
    expect(open.map(({ kind, recordId }) => [kind, recordId])).toEqual(
      expect.arrayContaining([
        ["merged", kept],
        ["value", kept],
      ]),
    );
    const merged = open.find(({ kind }) => kind === "merged");
    await resolve(merged, "apart");
    await world.reconcile();
    expect(await world.openConflicts()).toEqual([]);
    expect(await world.statusOf(kept)).toMatchObject({ status: "excluded", reason: "kept_apart" });
  });

  it("stays apart once the third one, over whom they were asked about, is gone", async () => {
    const first = await world.addContact({ email: "third-a@example.com" });
    const third = await world.addContact({ email: "third-b@example.com" });
    const emails = ["third@example.com", "third-a@example.com", "third-b@example.com"];
    const id = await world.addProspect({ emails });
    await world.reconcile();
    const open = (await world.openConflicts()).find(({ recordId }) => recordId === id);
    await decide(id, "apart");
    await world.reconcile();
    const gone = open?.otherId === first.id ? third.id : first.id;
    await world.archiveContact(gone);
    await world.notice("hubspot", gone);
    await world.notice("snov", id);
    await world.reconcile();
    expect(await world.statusOf(id)).toMatchObject({ status: "excluded", reason: "kept_apart" });
    const partner = open?.otherId ?? "";
    await world.editProspect(id, "emails", emails, ["third@example.com"]);
    await world.reconcile();
    expect(await world.statusOf(id)).toMatchObject({ status: "in_sync" });
    expect(await world.contactOf(id)).not.toBe(partner);
  });

  it("stays apart from who comes to have the address that it had when that was chosen", async () => {
    await world.addContact({ email: "later-a@example.com" });
    await world.addContact({ email: "later-b@example.com" });
    const emails = ["later@example.com", "later-a@example.com", "later-b@example.com"];
    const id = await world.addProspect({ emails });
    await world.reconcile();
    const { otherId } = await asked(id);
    await world.editProspect(id, "emails", emails, ["later@example.com"]);
    await decide(id, "apart");
    await world.editContact(otherId ?? "", { email: "later@example.com" });
    await world.notice("hubspot", otherId ?? "");
    await world.reconcile();
    expect(await world.statusOf(id)).toMatchObject({ status: "excluded", reason: "kept_apart" });
  });

  it("is looked at again once the other one is gone, though nobody touched it", async () => {
    const { id } = await shared("alone");
    await decide(id, "apart");
    await world.reconcile();
    expect(await world.statusOf(id)).toMatchObject({ reason: "kept_apart" });
    const owner = await world.prospectByEmail("alone@example.com");
    const contactId = await world.contactOf(owner?.id ?? "");
    await world.archiveContact(contactId);
    await world.notice("hubspot", contactId);
    await world.reconcile();
    expect(await world.statusOf(id)).toMatchObject({ status: "in_sync" });
  });
});

describe("a record whose address leads to another one's partner (Verifies: R-64, R-77)", () => {
  it("leaves the record out, and looks at it again once an address changes", async () => {
    const { id } = await shared("apart");
    const { answer, conflictId, resolutionId } = await decide(id, "apart");
    expect(answer).toBe("accepted");
    await world.reconcile();
    expect(await world.statusOf(id)).toMatchObject({ status: "excluded", reason: "kept_apart" });
    await world.notice("snov", id);
    await world.reconcile();
    expect(await world.openConflicts()).toEqual([]);
    const told = await world.db.select().from(activities).where(eq(activities.prospectId, id));
    expect(told.find(({ kind }) => kind === "conflict/kept_apart")?.cause).toMatchObject({ name: "Ana" });

    const taken = { integrationId: world.integrationId, resolutionId };
    expect(await undoResolution({ ctx: world.ctx, input: taken })).toMatchObject({ takenBack: 1 });
    const since = await world.db.select().from(activities).where(eq(activities.prospectId, id));
    const taking = { cause: { kind: "member", name: "Ana", conflictId, takesBack: true } };
    expect(since.filter(({ kind }) => kind === "conflict/taken_back")).toMatchObject([taking]);
    await world.reconcile();
    expect(await world.openConflicts()).toMatchObject([{ id: conflictId, kind: "same_address" }]);
    await decide(id, "apart");
    await world.editProspect(id, "emails", ["apart-2@example.com"], ["apart-new@example.com"]);
    await world.reconcile();
    expect(await world.statusOf(id)).toMatchObject({ status: "in_sync" });
    const [closed] = await world.db.select().from(conflicts).where(eq(conflicts.id, conflictId));
    expect(closed?.outcome).toBe("applied");
  });

  it("is not made a pair with a contact that has a partner", async () => {
    const { id } = await shared("taken");
    expect((await decide(id, "link")).answer).toBe("invalid");
    await decide(id, "apart");
    await world.reconcile();
  });
});

describe("two that are kept apart, once nobody else has their address (Verifies: R-64)", () => {
  /** A prospect that has the addresses of two contacts, and one of its own. */
  async function metByTwo(name: string) {
    const one = await world.addContact({ email: `${name}-1@example.com` });
    const two = await world.addContact({ email: `${name}-2@example.com` });
    const emails = ["own", "1", "2"].map((which) => `${name}-${which}@example.com`);
    const id = await world.addProspect({ emails, first_name: name });
    for (const contact of [one, two]) await world.notice("hubspot", contact.id);
    await world.reconcile();
    return { one, two, id };
  }

  /** One that was kept apart from the one of the two that is left. */
  async function leftWithOne(name: string) {
    const { one, two, id } = await metByTwo(name);
    const { resolutionId } = await decide(id, "apart");
    await world.archiveContact(two.id);
    await world.notice("hubspot", two.id);
    await world.notice("snov", id);
    await world.reconcile();
    return { id, contactId: one.id, resolutionId };
  }

  it("are no pair, and each of them says so, whichever of them is looked at", async () => {
    const { id, contactId, resolutionId } = await leftWithOne("lone");
    const leftOut = { status: "excluded", reason: "kept_apart" };
    expect(await world.statusOf(id)).toMatchObject({ ...leftOut, side: "snov" });
    expect(await world.statusOf(contactId)).toMatchObject({ ...leftOut, side: "hubspot" });
    const asked = (await world.openConflicts()).map(({ recordId }) => recordId);
    expect(asked.filter((one) => one === id || one === contactId)).toEqual([]);
    await world.notice("hubspot", contactId);
    await world.reconcile();
    expect(await world.statusOf(id)).toMatchObject(leftOut);
    expect(await world.statusOf(contactId)).toMatchObject(leftOut);

    await undoResolution({ ctx: world.ctx, input: { integrationId: world.integrationId, resolutionId } });
    await world.reconcile();
    expect(await world.contactOf(id)).toBe(contactId);
    expect(await world.statusOf(contactId)).toBeUndefined();
  });

  it("are each given a partner of their own, once the prospect has another address", async () => {
    const { id, contactId } = await leftWithOne("moved");
    const emails = ["own", "1", "2"].map((which) => `moved-${which}@example.com`);
    await world.editProspect(id, "emails", emails, ["moved-own@example.com"]);
    await world.reconcile();
    const theirs = await world.prospectByEmail("moved-1@example.com");
    expect(theirs?.id).not.toBe(id);
    expect(await world.contactOf(theirs?.id ?? "")).toBe(contactId);
    expect(await world.contactOf(id)).not.toBe(contactId);
    expect(await world.statusOf(id)).toMatchObject({ status: "in_sync" });
  });

  it("stay no pair where the prospect is linked by hand with another one that is deleted already", async () => {
    const { one, two, id } = await metByTwo("late");
    const apart = (await asked(id)).otherId ?? "";
    const lost = apart === one.id ? two.id : one.id;
    await decide(id, "apart");
    await world.reconcile();
    await world.archiveContact(lost);
    expect((await decide(lost, "link")).answer).toBe("accepted");
    await world.reconcile();
    const question = await asked(id);
    expect(question.kind).toBe("removed_and_edited");
    await resolve(question, "bring_back");
    await world.reconcile();
    expect([apart, ""]).not.toContain(await world.contactOf(id));
  });

  it("are looked at again once the one is erased, though nobody touched the other", async () => {
    const { one, two, id } = await metByTwo("erased");
    const apart = (await asked(id)).otherId ?? "";
    const partner = apart === one.id ? two.id : one.id;
    await decide(id, "apart");
    await world.reconcile();
    await decide(partner, "link");
    await world.reconcile();
    expect(await world.statusOf(apart)).toMatchObject({ reason: "kept_apart" });
    await world.eraseContact(partner);
    await world.db.insert(erasedContacts).values({ integrationId: world.integrationId, contactId: partner });
    await world.notice("hubspot", partner);
    await world.reconcile();
    expect(await world.statusOf(id)).toBeUndefined();
    expect(await world.statusOf(apart)).toMatchObject({ reason: "erased" });
  });

  it("do not have each other looked at for ever, once the one is in the trash and the other has a new address", async () => {
    const { id, contactId } = await leftWithOne("round");
    await trashProspects({ ctx: world.ctx, input: { ids: [id] } });
    await world.reconcile();
    await world.editContact(contactId, { email: "round-new@example.com" });
    await world.notice("hubspot", contactId);
    for (let page = 0; page < 4; page += 1) await world.reconcile();
    expect(await world.db.$count(pendingRecords)).toBe(0);
    expect(await world.prospectByEmail("round-new@example.com")).toBeDefined();
  });

  it("stay no pair where the prospect was in the trash meanwhile", async () => {
    const { id, contactId } = await leftWithOne("trashed");
    await world.configure({ syncType: "to_hubspot" });
    await trashProspects({ ctx: world.ctx, input: { ids: [id] } });
    await world.reconcile();
    await restoreProspects({ ctx: world.ctx, input: { ids: [id] } });
    await world.reconcile();
    expect(await world.contactOf(id)).not.toBe(contactId);
    expect(await world.statusOf(id)).toMatchObject({ status: "excluded", reason: "kept_apart" });
    await world.configure({ syncType: "both" });
  });

  it("are not one because the contact's own prospect goes to the trash: that removal travels", async () => {
    const { id } = await shared("travels");
    await decide(id, "apart");
    await world.reconcile();
    const owner = await world.prospectByEmail("travels@example.com");
    const contactId = await world.contactOf(owner?.id ?? "");
    await trashProspects({ ctx: world.ctx, input: { ids: [owner?.id ?? ""] } });
    await world.reconcile();
    expect(await world.contact(contactId)).toMatchObject({ archived: true });
    expect([contactId, ""]).not.toContain(await world.contactOf(id));
    expect(await world.statusOf(id)).toMatchObject({ status: "in_sync" });
  });

  it("leave what is said of the contact's own prospect, which is in the trash, as it is", async () => {
    await world.configure({ removals: "keep" });
    const { id } = await shared("rests");
    await decide(id, "apart");
    await world.reconcile();
    const owner = await world.prospectByEmail("rests@example.com");
    const ownerId = owner?.id ?? "";
    await trashProspects({ ctx: world.ctx, input: { ids: [ownerId] } });
    await world.reconcile();
    for (const one of [id, ownerId]) await world.notice("snov", one);
    await world.reconcile();
    expect(await world.statusOf(id)).toMatchObject({ status: "excluded", reason: "kept_apart" });
    expect(await world.statusOf(ownerId)).toMatchObject({ status: "excluded", reason: "removed_in_snov" });
    await world.configure({ removals: "propagate" });
  });
});

describe("a record whose addresses lead to two (Verifies: R-64)", () => {
  it("makes a pair of two that are free, which is then brought together as at first link", async () => {
    await world.configure({ syncType: "to_hubspot" });
    await world.addContact({ email: "two-a@example.com", jobtitle: "CEO" });
    await world.addContact({ email: "two-b@example.com" });
    const id = await world.addProspect({
      emails: ["two@example.com", "two-a@example.com", "two-b@example.com"],
      first_name: "Two",
    });
    await world.reconcile();
    const open = (await world.openConflicts()).find(({ recordId }) => recordId === id);
    expect(open?.kind).toBe("same_address");
    expect((await decide(id, "link")).answer).toBe("accepted");
    await world.reconcile();
    expect(await world.contactOf(id)).toBe(open?.otherId);
    expect((await world.contact(open?.otherId ?? "")).properties.firstname).toBe("Two");
    const [closed] = await world.db
      .select()
      .from(conflicts)
      .where(eq(conflicts.id, open?.id ?? ""));
    expect(closed).toMatchObject({ outcome: "applied", resolvedBy: world.ctx.userId });
  });
});
