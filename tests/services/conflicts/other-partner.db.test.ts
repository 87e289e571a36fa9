// Who is kept apart from one may be linked with another, and the one may be another contact by now: the choice holds.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { conflicts } from "@/db/schema/conflicts";
import { undoResolution } from "@/services/conflicts/undo-resolution";
import { decideConflict } from "../../support/decide-conflict";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());

const apart = { status: "excluded", reason: "kept_apart" };

async function look(...contactIds: string[]): Promise<void> {
  for (const id of contactIds) await world.notice("hubspot", id);
  await world.reconcile();
}

async function decide(recordId: string, kind: "link" | "apart"): Promise<string> {
  const open = (await world.openConflicts()).find((one) => one.recordId === recordId);
  const { answer, resolutionId } = await decideConflict(world, open, { kind });
  expect(answer).toBe("accepted");
  await world.reconcile();
  return resolutionId;
}

/** A prospect that has the addresses of two contacts, and one of its own; it is asked about one of the two. */
async function between(name: string) {
  const [a, b] = await Promise.all(
    ["a", "b"].map((which) =>
      world.addContact({ email: `${name}-${which}@example.com`, company: `Company ${which}` }),
    ),
  );
  const emails = [`${name}@example.com`, `${name}-a@example.com`, `${name}-b@example.com`];
  const id = await world.addProspect({ emails, first_name: name });
  await look(a?.id ?? "", b?.id ?? "");
  const open = (await world.openConflicts()).find(({ recordId }) => recordId === id);
  const one = open?.otherId ?? "";
  return { id, one, other: (one === a?.id ? b?.id : a?.id) ?? "" };
}

async function outcomesOf(recordId: string) {
  const rows = await world.db.select().from(conflicts).where(eq(conflicts.recordId, recordId));
  return rows.map(({ outcome }) => outcome);
}

describe("a prospect that is kept apart from one contact, and linked with another (Verifies: R-64)", () => {
  it("is no pair of the one once the other was archived, however long after", async () => {
    const { id, one, other } = await between("long");
    await decide(id, "apart");
    await decide(other, "link");
    await look(other, one);
    expect(await world.contactOf(id)).toBe(other);
    await world.archiveContact(other);
    await look(other);
    expect(await world.contactOf(id)).not.toBe(one);
    expect(await outcomesOf(id)).toContain("apart");
  });

  it("is not asked about again by the one, which says the same, also where the choice is taken back", async () => {
    const { id, one, other } = await between("says");
    expect((await world.openConflicts()).some(({ recordId }) => recordId === one)).toBe(true);
    const resolutionId = await decide(id, "apart");
    expect(await world.statusOf(one)).toMatchObject(apart);
    expect((await world.openConflicts()).some(({ recordId }) => recordId === one)).toBe(false);
    await undoResolution({ ctx: world.ctx, input: { integrationId: world.integrationId, resolutionId } });
    await world.reconcile();
    expect(await world.statusOf(one)).toMatchObject({ status: "in_conflict", reason: "same_address" });
    expect(await world.statusOf(other)).toMatchObject({ status: "in_conflict" });
  });

  it("is its pair once the contact that was asked has another address, which is the prospect's as well", async () => {
    const { id, one, other } = await between("minds");
    await decide(one, "apart");
    expect(await world.statusOf(id)).toMatchObject(apart);
    await world.archiveContact(other);
    await look(other);
    expect(await world.contactOf(id)).toBe("");
    await world.editContact(one, { email: "minds@example.com" });
    await look(one);
    expect(await world.contactOf(id)).toBe(one);
    expect(await outcomesOf(one)).toContain("applied");
  });
});

describe("a contact that is kept apart, and merged in HubSpot with a nameless duplicate (Verifies: R-64, R-75)", () => {
  async function merged(name: string, whose: "the prospect" | "the contact") {
    const { id, one, other } = await between(name);
    await decide(whose === "the prospect" ? id : one, "apart");
    await world.archiveContact(other);
    await look(other);
    expect(await world.statusOf(id)).toMatchObject(apart);
    const duplicate = await world.addContact({ email: `${name}-more@example.com` });
    const survivor = await world.mergeContacts(one, duplicate.id);
    await look(survivor, one, duplicate.id);
    return { id, survivor };
  }

  it.each(["the prospect", "the contact"] as const)(
    "is kept apart under its new id, asked as %s was",
    async (whose) => {
      const name = whose === "the contact" ? "theirs" : "ours";
      const { id, survivor } = await merged(name, whose);
      expect(await world.contactOf(id)).toBe("");
      expect(await world.statusOf(id)).toMatchObject(apart);
      expect(await world.statusOf(survivor)).toMatchObject(apart);
      await world.notice("snov", id);
      await look(survivor);
      expect(await world.statusOf(id)).toMatchObject(apart);
      expect((await world.prospectByEmail(`${name}@example.com`))?.company).toBeNull();
    },
  );

  it("is no longer where that takes one of its addresses away", async () => {
    const { id, survivor } = await merged("gone", "the contact");
    const { properties } = await world.contact(survivor);
    await world.editContact(survivor, { email: "gone@example.com" });
    await look(survivor);
    await world.notice("snov", id);
    await world.reconcile();
    expect(properties.email).not.toBe("gone@example.com");
    expect(await world.contactOf(id)).toBe(survivor);
  });
});
