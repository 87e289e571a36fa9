// An undo whose process dies after HubSpot did as it was told goes on, and nothing is done twice or done again.
import { and, eq, isNotNull } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { activities, unconfirmedWrites } from "@/db/schema/sync";
import { cancelTransfer } from "@/services/transfers/cancel-transfer";
import { transferPage } from "@/services/transfers/transfer-page";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { diesAt } from "./dying";
import { runAll, transferOf } from "./transfer";
import { undoing } from "./undo";

const dayMs = 24 * 3_600_000;

let world: SyncWorld;
let story: ReturnType<typeof undoing>;
beforeAll(async () => {
  world = await openSyncWorld();
  story = undoing(world);
});
afterAll(() => world.close());
afterEach(() => story.clean());

describe("an undo whose process dies between HubSpot's answer and its commit (Verifies: R-52, R-78)", () => {
  const dies = (call: string, runId: string, meanwhile?: () => Promise<unknown>) =>
    diesAt(world, call, runId, meanwhile);
  const told = async (runId: string) =>
    (
      await world.db
        .select({ kind: activities.kind, changes: activities.changes })
        .from(activities)
        .where(and(eq(activities.runId, runId), isNotNull(activities.side)))
    ).map(({ kind, changes }) => [kind, changes[0]?.before, changes[0]?.after]);

  /** The previewed undo of a transfer that has made one contact. */
  async function undoOfContact() {
    const id = await story.prospect("Ours");
    const runOf = await story.transferred();
    return { id, contactId: await world.contactOf(id), runId: await story.undoPreviewed(runOf) };
  }

  it("has put a field back once, and the ordinary line does not take it for a person's change", async () => {
    const id = await story.prospect("Ada", { job_title: "CEO" });
    const { id: contactId } = await story.contact("Ada");
    const runId = await story.undoPreviewed(await story.transferred());
    await dies("/batch/update", runId);
    expect(await story.contactTitle(contactId)).toBe("");
    expect(await story.look(id, contactId)).toMatchObject({ toHubspot: 0, toSnov: 0 });

    await runAll(world, runId);
    expect(await story.outcomes(runId)).toEqual([["Ada", "put_back", undefined]]);
    expect(await transferOf(world, runId)).toMatchObject({ changed: 0 });
    expect(await told(runId)).toEqual([["contact/edited", "CEO", null]]);
    expect(await story.look(id, contactId)).toMatchObject({ toHubspot: 0, toSnov: 0 });
    expect(await story.rowOf(id)).toMatchObject({ jobTitle: "CEO" });
    expect(await world.db.select().from(unconfirmedWrites)).toEqual([]);
  });

  it("is told by the ordinary line as the undo's, also where it is cancelled after that", async () => {
    const id = await story.prospect("Ada", { job_title: "CEO" });
    const { id: contactId } = await story.contact("Ada");
    const runId = await story.undoPreviewed(await story.transferred());
    await dies("/batch/update", runId);
    await cancelTransfer({ ctx: world.ctx, input: { runId } });
    expect(await story.look(id, contactId)).toMatchObject({ toHubspot: 0, toSnov: 0 });
    expect(await told(runId)).toEqual([["contact/edited", "CEO", null]]);
    expect(await story.look(id, contactId)).toMatchObject({ toHubspot: 0, toSnov: 0 });
    expect(await told(runId)).toHaveLength(1);
  });

  /** A title and a city went from Snov.io to HubSpot today: HubSpot has the former ones again, Snov.io has not yet. */
  const halfUndone = async (meanwhile?: (contactId: string) => Promise<unknown>) => {
    const id = await story.prospect("Ada", { job_title: "CEO", city: "Porto" });
    await world.reconcile();
    const contactId = await world.contactOf(id);
    await world.db.update(activities).set({ at: new Date(Date.now() - 2 * dayMs) });
    await world.editProspect(id, "job_title", "CEO", "CTO");
    await world.editProspect(id, "city", "Porto", "Lisboa");
    await world.reconcile();
    const day = {
      from: new Date(Date.now() - dayMs / 2).toISOString(),
      to: new Date(Date.now() + dayMs / 2).toISOString(),
    };
    const runId = await story.changePreviewed(await story.lastOn("hubspot", id), day);
    await dies("/batch/update", runId, async () => meanwhile?.(contactId));
    expect(await story.contactTitle(contactId)).toBe("CEO");
    return { id, contactId, runId };
  };

  it("keeps its fields to itself until both sides are back, and the others of the record travel", async () => {
    const { id, contactId, runId } = await halfUndone();
    await world.editProspect(id, "first_name", "Ada", "Augusta");
    expect(await story.look(id, contactId)).toMatchObject({ toHubspot: 1, toSnov: 0 });
    expect((await world.contact(contactId)).properties).toMatchObject({
      firstname: "Augusta",
      city: "Porto",
    });
    expect(await story.contactTitle(contactId)).toBe("CEO");

    await runAll(world, runId);
    expect(await story.rowOf(id)).toMatchObject({ jobTitle: "CEO", city: "Porto", firstName: "Augusta" });
    expect(await story.look(id, contactId)).toMatchObject({ toHubspot: 0, toSnov: 0 });
    expect(await story.contactTitle(contactId)).toBe("CEO");
    expect(await world.db.select().from(unconfirmedWrites)).toEqual([]);
  });

  it("keeps them also while it goes round again for what somebody typed at that moment", async () => {
    const { id, contactId, runId } = await halfUndone((typed) => world.editContact(typed, { city: "Faro" }));
    expect(await transferPage(world.ctx, runId)).toMatchObject({ more: true });
    expect((await world.contact(contactId)).properties.city).toBe("Faro");
    await story.look(id, contactId);
    expect(await story.contactTitle(contactId)).toBe("CEO");

    await runAll(world, runId);
    expect(await story.rowOf(id)).toMatchObject({ jobTitle: "CEO" });
    expect(await story.look(id, contactId)).toMatchObject({ toHubspot: 0, toSnov: 0 });
    expect(await story.contactTitle(contactId)).toBe("CEO");
  });

  it("gives them back where it is cancelled half way: both sides have one value again", async () => {
    const { id, contactId, runId } = await halfUndone();
    expect(await story.look(id, contactId)).toMatchObject({ toHubspot: 0, toSnov: 0 });
    await cancelTransfer({ ctx: world.ctx, input: { runId } });
    expect(await world.reconcile()).toMatchObject({ toHubspot: 1, toSnov: 0 });
    expect(await story.contactTitle(contactId)).toBe("CTO");
    expect(await story.rowOf(id)).toMatchObject({ jobTitle: "CTO", city: "Lisboa" });
  });

  it("has archived a contact once, and the ordinary line does not make it again", async () => {
    const { id, contactId, runId } = await undoOfContact();
    await dies("/batch/archive", runId);
    expect(await world.contacts()).toEqual([]);
    expect(await story.look(id, contactId)).toMatchObject({ toHubspot: 0, toSnov: 0 });

    await runAll(world, runId);
    expect(await story.outcomes(runId)).toEqual([["Ours", "taken_back", undefined]]);
    expect((await told(runId)).map(([kind]) => kind)).toEqual(["contact/archived"]);
    expect(await story.look(id, contactId)).toMatchObject({ toHubspot: 0, toSnov: 0 });
    expect(await world.contacts()).toEqual([]);
    expect((await story.rowOf(id))?.deletedAt).toBeNull();
  });

  it("tells that it has archived a contact though its prospect was edited since, and may not be made one again", async () => {
    const { id, contactId, runId } = await undoOfContact();
    await dies("/batch/archive", runId);
    await world.editProspect(id, "first_name", "Ours", "Edited");
    await world.editProspect(id, "emails", ["ours@example.com"], null);
    expect(await story.look(id, contactId)).toMatchObject({ toHubspot: 0, toSnov: 0 });

    await runAll(world, runId);
    expect(await story.outcomes(runId)).toEqual([["Ours", "taken_back", undefined]]);
    expect((await told(runId)).map(([kind]) => kind)).toEqual(["contact/archived"]);
  });

  it("tells that it has archived a contact though the ordinary line has made its prospect another one since", async () => {
    const { id, contactId, runId } = await undoOfContact();
    await dies("/batch/archive", runId);
    await world.editProspect(id, "first_name", "Ours", "Edited");
    expect(await story.look(id, contactId)).toMatchObject({ toHubspot: 1, toSnov: 0 });

    await runAll(world, runId);
    expect(await story.outcomes(runId)).toEqual([["Ours", "excluded", "pair_changed"]]);
    expect((await told(runId)).map(([kind]) => kind)).toEqual(["contact/archived"]);
  });

  it("tells of no contact that somebody merged into another one and archived before it could", async () => {
    const { id, contactId, runId } = await undoOfContact();
    await dies("/batch/archive", runId, () => Promise.reject(new TypeError("no answer")));
    const { id: otherId } = await story.contact("Other");
    const mergedId = await world.mergeContacts(otherId, contactId);
    await world.archiveContact(mergedId);
    await story.look(id, contactId);

    await runAll(world, runId);
    expect(await story.outcomes(runId)).toEqual([["Ours", "excluded", "pair_changed"]]);
    expect(await told(runId)).toEqual([]);
  });

  it("gives way to what somebody types at that moment, whatever the policy", async () => {
    await world.configure({ policy: "snov_wins" });
    await story.prospect("Ada", { job_title: "CEO" });
    const { id } = await story.contact("Ada", { jobtitle: "CTO" });
    const runId = await story.undoPreviewed(await story.transferred());
    await dies("/batch/update", runId, () => world.editContact(id, { jobtitle: "Typed now" }));
    expect(await story.contactTitle(id)).toBe("CTO");
    await runAll(world, runId);
    expect(await story.contactTitle(id)).toBe("Typed now");
    expect(await story.outcomes(runId)).toEqual([["Ada", "excluded", "changed_since"]]);
  });
});
