// Whoever waits for a page's commit, or it for them, waits in one direction only: docs/decisions/order-of-locks.md.
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createProspects } from "@/connectors/prospects/create-prospects";
import type { Tx } from "@/db/client";
import { lockSubject } from "@/db/lock-subject";
import { integrations } from "@/db/schema/integrations";
import { prospectEmails } from "@/db/schema/prospects";
import { pendingRecords, recordLinks, recordStatuses } from "@/db/schema/sync";
import { resolveConflicts } from "@/services/conflicts/resolve-conflicts";
import { saveSafety } from "@/services/integrations/save-safety";
import { doubtScopes } from "@/services/pending/doubt-scopes";
import { markFailing } from "@/services/pending/mark-failing";
import { markHeldBack } from "@/services/pending/mark-held-back";
import { markKnownPairs } from "@/services/pending/mark-known-pairs";
import { markRefused } from "@/services/pending/mark-refused";
import { trashProspects } from "@/services/prospects/trash-prospects";
import { LostRace } from "@/services/sync/lost-race";
import { lockLinks } from "@/services/sync/moved-links";
import { untilLockWaits, waitingForLocks } from "../../support/lock-waits";
import { slowPage } from "../../support/slow-page";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { untilTrue } from "../../support/until-true";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());

/** A transaction that holds what `take` locks, until it is let go; `then` is what it does before it ends. */
async function holding(take: (tx: Tx) => Promise<unknown>, then?: (tx: Tx) => Promise<unknown>) {
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let taken = () => {};
  const isTaken = new Promise<void>((resolve) => {
    taken = resolve;
  });
  const ended = world.db.transaction(async (tx) => {
    await take(tx);
    taken();
    await gate;
    await then?.(tx);
  });
  await isTaken;
  return {
    async end() {
      letGo();
      await ended;
    },
  };
}

async function deadlocks(): Promise<number> {
  const [row] = await world.db.execute<{ count: number }>(
    sql`select deadlocks::int as count from pg_stat_database where datname = current_database()`,
  );
  return row?.count ?? 0;
}

/** A pair whose title somebody has changed in HubSpot: its page writes the prospect. */
async function editedInHubspot(name: string) {
  const id = await world.addProspect({ emails: [`${name}@locks.example`], job_title: "Zero" });
  await world.reconcile();
  const contactId = await world.contactOf(id);
  await world.editContact(contactId, { jobtitle: "One" });
  await world.notice("hubspot", contactId);
  await world.notice("snov", id);
  return { id, contactId };
}

const ofRecord = (id: string) => eq(pendingRecords.recordId, id);
const lockPending = (tx: Tx, id: string) =>
  tx.select().from(pendingRecords).where(ofRecord(id)).for("update");

describe("a page that waits for the links to commit (Verifies: R-73)", () => {
  it.each<[string, (id: string) => Promise<unknown>]>([
    ["an edit", (id) => world.editProspect(id, "company", "", "Acme")],
    ["a removal", (id) => trashProspects({ ctx: world.ctx, input: { ids: [id] } })],
    [
      "a change of settings",
      async () => {
        const [{ updatedAt } = { updatedAt: new Date() }] = await world.db.select().from(integrations);
        return saveSafety({
          ctx: world.ctx,
          input: { integrationId: world.integrationId, seen: updatedAt.toISOString(), removals: "propagate" },
        });
      },
    ],
  ])("holds nothing that %s needs", async (name, act) => {
    const { id } = await editedInHubspot(name.replaceAll(" ", "-"));
    const page = await slowPage(world);
    const links = await holding((tx) => lockLinks(tx, world.integrationId));
    const committed = page.commit();
    await untilLockWaits(world.db);
    let isOver = false;
    const heldUp = untilTrue(async () => isOver || (await waitingForLocks(world.db)) === 2);
    const answer = await Promise.race([
      act(id).then(() => "done"),
      heldUp.then(() => "it waits for the page"),
    ]);
    isOver = true;
    await heldUp;
    await links.end();
    await committed;
    expect(answer).toBe("done");
    await world.reconcile();
  });

  it("holds none of its notices while whoever has the links marks them", async () => {
    const before = await deadlocks();
    const { id } = await editedInHubspot("noticed");
    const page = await slowPage(world);
    const links = await holding(
      (tx) => lockLinks(tx, world.integrationId),
      (tx) => lockPending(tx, id),
    );
    const committed = page.commit();
    await untilLockWaits(world.db);
    await links.end();
    expect((await committed).counts).toMatchObject({ toSnov: 1 });
    expect(await deadlocks()).toBe(before);
    await world.reconcile();
  });
});

describe("who has refused values sent once more (Verifies: R-73)", () => {
  it.each<[string, (tx: Tx) => Promise<unknown>]>([
    ["markFailing", (tx) => markFailing(tx, world.integrationId)],
    ["markHeldBack", (tx) => markHeldBack(tx, world.integrationId)],
    ["markRefused", (tx) => markRefused(tx, world.integrationId)],
    [
      "other mappings",
      async (tx) => {
        await markKnownPairs(tx, world.integrationId);
        await markHeldBack(tx, world.integrationId);
      },
    ],
    [
      "other lists",
      async (tx) => {
        await doubtScopes(tx, { id: world.integrationId, state: "active" }, { snov: true, hubspot: true });
        await markHeldBack(tx, world.integrationId);
      },
    ],
  ])("waits for a page with none of its notices in hand: %s", async (name, act) => {
    const before = await deadlocks();
    const { id } = await editedInHubspot(name.replaceAll(" ", "-"));
    const refused = { x: { on: "hubspot" as const, value: "a", message: "no" } };
    await world.db.update(recordLinks).set({ refused }).where(eq(recordLinks.prospectId, id));
    await world.db
      .update(recordStatuses)
      .set({ status: "failing", reason: "field_rejected" })
      .where(eq(recordStatuses.recordId, id));
    const links = await holding(
      (tx) => tx.select().from(recordLinks).where(eq(recordLinks.prospectId, id)).for("update"),
      (tx) => lockPending(tx, id),
    );
    const acted = world.db.transaction(act);
    await untilLockWaits(world.db);
    await links.end();
    await acted;
    expect(await deadlocks()).toBe(before);
    const [link] = await world.db.select().from(recordLinks).where(eq(recordLinks.prospectId, id));
    expect(link?.refused).toEqual({});
    await world.reconcile();
  });
});

it("links two by hand without holding their notices while a page commits", async () => {
  const before = await deadlocks();
  const emails = ["own", "a", "b"].map((which) => `${which}@hand.example`);
  for (const email of emails.slice(1)) await world.addContact({ email });
  const id = await world.addProspect({ emails });
  await world.reconcile();
  const open = (await world.openConflicts()).find(({ recordId }) => recordId === id);
  await world.notice("snov", id);
  const links = await holding(
    (tx) => lockLinks(tx, world.integrationId),
    (tx) => lockPending(tx, id),
  );
  const choice = { kind: "link" as const };
  const resolved = resolveConflicts({
    ctx: world.ctx,
    input: {
      integrationId: world.integrationId,
      resolutions: [{ conflictId: open?.id ?? "", seen: open?.revision ?? 0, choice }],
    },
  });
  await untilLockWaits(world.db);
  await links.end();
  expect((await resolved).answers).toMatchObject([{ answer: "accepted" }]);
  expect(await deadlocks()).toBe(before);
  await world.reconcile();
});

it("looks again where somebody gives the address of a prospect to be created to another one at that moment", async () => {
  const email = "moment@locks.example";
  const { id: contactId } = await world.addContact({ email, firstname: "Lia" });
  await world.notice("hubspot", contactId);
  const page = await slowPage(world);
  const theirs = "6b1f0a52-6f5c-4d0a-9a55-1f2a6d7c1f01";
  const change = { at: new Date().toISOString(), by: { kind: "member" as const, id: world.ctx.userId } };
  const creating = await holding((tx) =>
    createProspects(tx, world.ctx.workspaceId, world.listId, [{ id: theirs, fields: { email } }], change),
  );
  const committed = page.commit();
  const lost = expect(committed).rejects.toBeInstanceOf(LostRace);
  await untilLockWaits(world.db);
  await creating.end();
  await lost;
  await world.db.update(pendingRecords).set({ lease: null, leasedUntil: null });
  await world.reconcile();
  expect(await world.contactOf(theirs)).toBe(contactId);
  const owners = await world.db.select().from(prospectEmails).where(eq(prospectEmails.email, email));
  expect(owners).toHaveLength(1);
});

it("does a transaction once more that Postgres ended as two waited for each other", async () => {
  const turns: string[] = [];
  const both = ["a", "b"].map((own, at, all) =>
    world.db.transaction(async (tx) => {
      await lockSubject(tx, "test", own);
      turns.push(own);
      await untilTurns(turns, 2);
      await lockSubject(tx, "test", all[1 - at] ?? "");
      return own;
    }),
  );
  expect(await Promise.all(both)).toEqual(["a", "b"]);
  expect(turns).toHaveLength(3);
});

async function untilTurns(turns: string[], count: number): Promise<void> {
  while (turns.length < count) await new Promise((resolve) => setTimeout(resolve, 10));
}
