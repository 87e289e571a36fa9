// HubSpot merged the contacts of two prospects. Whose contact it is by now a person says, and nobody is given another
// person's values, or their removal, before that or after it.
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { readProspects } from "@/connectors/prospects/read-prospects";
import { conflicts } from "@/db/schema/conflicts";
import { erasedContacts } from "@/db/schema/safety";
import { recordLinks } from "@/db/schema/sync";
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
afterEach(() => world.configure({ removals: "propagate", policy: "ask" }));

const apart = { status: "excluded", reason: "kept_apart" };

type Prospect = { id: string; name: string; contactId: string };

async function linked(name: string, title: string): Promise<Prospect> {
  const values = {
    emails: [`${name}@example.com`],
    first_name: name,
    job_title: title,
    company: `${name} Inc`,
  };
  const id = await world.addProspect(values);
  await world.reconcile();
  return { id, name, contactId: await world.contactOf(id) };
}

async function look(...contactIds: string[]): Promise<void> {
  for (const id of contactIds) await world.notice("hubspot", id);
  await world.reconcile();
}

async function trash(id: string): Promise<void> {
  await trashProspects({ ctx: world.ctx, input: { ids: [id] } });
  await world.reconcile();
}

/** The second one waits, as its contact went into that of the first. */
async function waiting(name: string) {
  const first = await linked(`${name}-first`, "Boss");
  const second = await linked(`${name}-second`, "Intern");
  const merged = await world.mergeContacts(first.contactId, second.contactId);
  await look(merged, first.contactId, second.contactId);
  expect(await world.statusOf(second.id)).toMatchObject({ status: "in_conflict", reason: "merged" });
  return { first, second, merged };
}

/** Without a look at what was chosen. */
async function answerApart({ id }: Prospect): Promise<string> {
  const open = (await world.openConflicts()).find((one) => one.recordId === id && one.kind === "merged");
  const { answer, resolutionId } = await decideConflict(world, open, { kind: "apart" });
  expect(answer).toBe("accepted");
  return resolutionId;
}

async function keptApart(name: string) {
  const story = await waiting(name);
  const resolutionId = await answerApart(story.second);
  await world.reconcile();
  expect(await world.statusOf(story.second.id)).toMatchObject(apart);
  return { ...story, resolutionId };
}

/** Nothing of another person is in it. */
async function expectUntouched({ id, name }: Prospect, title = "Intern"): Promise<void> {
  const found = (await readProspects(world.db, world.ctx.workspaceId, [id])).get(id);
  const fields = { first_name: name, job_title: title, company: `${name} Inc` };
  expect(found).toMatchObject({ emails: [`${name}@example.com`], fields });
}

async function expectOwnContact(prospect: Prospect, ...others: string[]): Promise<void> {
  const contactId = await world.contactOf(prospect.id);
  expect(["", ...others]).not.toContain(contactId);
  const { properties } = await world.contact(contactId);
  expect(properties).toMatchObject({ firstname: prospect.name });
  expect(await world.statusOf(prospect.id)).toMatchObject({ status: "in_sync" });
}

async function erase(contactId: string): Promise<void> {
  await world.eraseContact(contactId);
  await world.db.insert(erasedContacts).values({ integrationId: world.integrationId, contactId });
  await look(contactId);
}

describe("a prospect that is kept apart after a merge (Verifies: R-64, R-75)", () => {
  it("is given nothing of the contact when its other prospect is deleted: that removal travels", async () => {
    const { first, second, merged } = await keptApart("heir");
    await trash(first.id);
    expect(await world.contact(merged)).toMatchObject({ archived: true });
    await expectUntouched(second);
    await expectOwnContact(second, merged, second.contactId);
    const { refused } = await restoreProspects({ ctx: world.ctx, input: { ids: [first.id] } });
    expect(refused).toEqual([]);
    await world.reconcile();
    await expectUntouched(first, "Boss");
    await expectOwnContact(first, merged);
  });

  it("is given nothing of it either where both are looked at together", async () => {
    const { first, second, merged } = await waiting("at-once");
    await answerApart(second);
    await trash(first.id);
    expect(await world.contact(merged)).toMatchObject({ archived: true });
    await expectUntouched(second);
    await expectOwnContact(second, merged, second.contactId);
  });

  it("stays apart where removals are kept to their side", async () => {
    await world.configure({ removals: "keep" });
    const { first, second, merged } = await keptApart("rests");
    await trash(first.id);
    await look(merged, second.contactId);
    expect(await world.contact(merged)).toMatchObject({ archived: false });
    expect(await world.statusOf(first.id)).toMatchObject({ reason: "removed_in_snov" });
    expect(await world.statusOf(second.id)).toMatchObject(apart);
    expect(await world.contactOf(second.id)).toBe("");
    await expectUntouched(second);
  });

  it("has it looked at again once that contact is archived, also where its prospect stays", async () => {
    const { first, second, merged } = await keptApart("bereft");
    await world.configure({ removals: "keep" });
    await world.archiveContact(merged);
    await look(merged);
    expect(await world.statusOf(first.id)).toMatchObject({ reason: "removed_in_hubspot" });
    expect(await world.statusOf(second.id)).toMatchObject({ status: "in_sync" });
    expect([merged, ""]).not.toContain(await world.contactOf(second.id));
    await world.configure({ removals: "propagate" });
  });

  it("has it looked at again as well where the other one is kept apart from a third by then", async () => {
    const { first, second, merged } = await keptApart("chain");
    const third = await linked("chain-third", "Director");
    const last = await world.mergeContacts(third.contactId, merged);
    await look(last, merged);
    await answerApart(first);
    await world.reconcile();
    expect(await world.statusOf(first.id)).toMatchObject(apart);
    expect(await world.statusOf(second.id)).toMatchObject(apart);
    await world.configure({ removals: "keep" });
    await world.archiveContact(last);
    await look(last);
    expect(await world.statusOf(first.id)).toMatchObject({ status: "in_sync" });
    expect(await world.statusOf(second.id)).toMatchObject({ status: "in_sync" });
    await world.configure({ removals: "propagate" });
  });

  it("does not go to the trash with the contact, and has one of its own", async () => {
    const { second, merged } = await keptApart("archived");
    await world.archiveContact(merged);
    await look(merged);
    expect(await world.prospectByEmail("archived-first@example.com")).toMatchObject({
      deletedAt: expect.any(Date),
    });
    await expectUntouched(second);
    await expectOwnContact(second, merged, second.contactId);
  });

  it.each(["after it was looked at", "before that"])(
    "is not erased with the contact that is deleted for privacy %s",
    async (when) => {
      const name = when === "before that" ? "early" : "late";
      const { first, second, merged } = name === "early" ? await waiting(name) : await keptApart(name);
      if (name === "early") await answerApart(second);
      await erase(merged);
      const left = await readProspects(world.db, world.ctx.workspaceId, [first.id, second.id]);
      expect([...left.keys()]).toEqual([second.id]);
      await expectUntouched(second);
      expect(await world.statusOf(second.id)).not.toMatchObject({ reason: "erased" });
    },
  );

  it.each(["after it was looked at", "before that"])(
    "has a contact of its own once it has an address that nobody has, which it was given %s",
    async (when) => {
      const name = when === "before that" ? "soon" : "then";
      const { second, merged } = name === "soon" ? await waiting(name) : await keptApart(name);
      if (name === "soon") await answerApart(second);
      await world.editProspect(second.id, "emails", [`${name}-second@example.com`], [`${name}@new.example`]);
      await world.reconcile();
      await expectOwnContact(second, merged, second.contactId);
      expect((await world.openConflicts()).filter(({ recordId }) => recordId === second.id)).toEqual([]);
    },
  );

  it("is asked about by its address where the choice is taken back", async () => {
    const { second, merged, resolutionId } = await keptApart("back");
    await undoResolution({ ctx: world.ctx, input: { integrationId: world.integrationId, resolutionId } });
    await world.reconcile();
    const asked = (await world.openConflicts()).filter(({ recordId }) => recordId === second.id);
    expect(asked).toMatchObject([{ kind: "same_address", otherId: merged }]);
    await expectUntouched(second);
  });

  it("is still apart when it comes out of the trash", async () => {
    const { second, merged } = await keptApart("trashed");
    await trash(second.id);
    expect(await world.contact(merged)).toMatchObject({ archived: false });
    await restoreProspects({ ctx: world.ctx, input: { ids: [second.id] } });
    await world.reconcile();
    expect(await world.statusOf(second.id)).toMatchObject(apart);
  });

  it("keeps its choice where it was in the trash before anybody looked", async () => {
    const { second, merged } = await waiting("unseen");
    await answerApart(second);
    await trash(second.id);
    expect(await world.contact(merged)).toMatchObject({ archived: false });
    await restoreProspects({ ctx: world.ctx, input: { ids: [second.id] } });
    await world.reconcile();
    expect(await world.statusOf(second.id)).toMatchObject(apart);
    await expectUntouched(second);
  });
});

describe("a prospect of which nobody has said yet whether the merged contact is its own (Verifies: R-64, R-75)", () => {
  it("is asked about each value once the other one is deleted, and overwritten by none", async () => {
    const { first, second, merged } = await waiting("asked");
    await trash(first.id);
    expect(await world.contactOf(second.id)).toBe(merged);
    await expectUntouched(second);
    expect(await world.contact(merged)).toMatchObject({ archived: false });
    const asked = (await world.openConflicts()).filter(({ recordId }) => recordId === second.id);
    expect(new Set(asked.map(({ kind }) => kind))).toEqual(new Set(["value"]));
    expect(asked.length).toBeGreaterThan(2);
  });

  it("is asked about as well where the other one is deleted before anybody has seen the merge", async () => {
    const first = await linked("fresh-first", "Boss");
    const second = await linked("fresh-second", "Intern");
    await world.mergeContacts(first.contactId, second.contactId);
    await trash(first.id);
    await look(second.contactId);
    await expectUntouched(second);
    const asked = (await world.openConflicts()).filter(({ recordId }) => recordId === second.id);
    expect(asked.length).toBeGreaterThan(2);
  });

  it("is given the contact's values by the policy, where that names HubSpot", async () => {
    const { first, second, merged } = await waiting("policy");
    await world.configure({ policy: "hubspot_wins" });
    await trash(first.id);
    expect(await world.contactOf(second.id)).toBe(merged);
    const found = (await readProspects(world.db, world.ctx.workspaceId, [second.id])).get(second.id);
    expect(found?.fields).toMatchObject({ job_title: "Boss" });
  });

  it("does not go to the trash with the contact: the question stays until it is answered", async () => {
    const { second, merged } = await waiting("stays");
    await world.archiveContact(merged);
    await look(merged, second.contactId);
    expect(await world.statusOf(second.id)).toMatchObject({ status: "in_conflict", reason: "merged" });
    await expectUntouched(second);
    await answerApart(second);
    await world.reconcile();
    await expectUntouched(second);
    await expectOwnContact(second, merged, second.contactId);
  });
});

describe("two prospects of whom nobody has the merged contact's address (Verifies: R-64, R-75)", () => {
  /** Both wait. */
  async function both(name: string) {
    const [one, two] = [await linked(`${name}-one`, "Boss"), await linked(`${name}-two`, "Intern")];
    const merged = await world.mergeContacts(one.contactId, two.contactId);
    for (const prospect of [one, two]) {
      const emails = [`${prospect.name}@example.com`];
      await world.editProspect(prospect.id, "emails", emails, [`${prospect.name}@else.example`]);
    }
    await look(merged);
    for (const { id } of [one, two])
      expect(await world.statusOf(id)).toMatchObject({ status: "in_conflict", reason: "merged" });
    return { one, two, merged };
  }

  it("leaves it to the other one when the first is kept apart, as at first link", async () => {
    const { one, two, merged } = await both("nobody");
    await answerApart(one);
    await world.reconcile();
    expect(await world.contactOf(two.id)).toBe(merged);
    expect(await world.statusOf(two.id)).toMatchObject({ status: "in_conflict" });
    const theirs = (await world.openConflicts()).filter(({ recordId }) => recordId === two.id);
    expect(new Set(theirs.map(({ kind }) => kind))).toEqual(new Set(["value"]));
    await expectOwnContact(one, merged);
    const links = await world.db.select().from(recordLinks).where(eq(recordLinks.prospectId, one.id));
    expect(links).toHaveLength(1);
    const [choice] = await world.db.select().from(conflicts).where(eq(conflicts.recordId, one.id));
    expect(choice).toMatchObject({ outcome: "apart", linkId: null });
  });

  it("leaves it to nobody when both are kept apart, and has nobody looked at for ever", async () => {
    const { one, two, merged } = await both("neither");
    await answerApart(one);
    await answerApart(two);
    await look(merged);
    for (const prospect of [one, two]) await expectOwnContact(prospect, merged);
    const theirs = await world.prospectByEmail("neither-one@example.com");
    expect(await world.contactOf(theirs?.id ?? "")).toBe(merged);
    await world.notice("snov", one.id);
    await world.reconcile();
    expect(await world.pending()).toEqual([]);
  });
});
