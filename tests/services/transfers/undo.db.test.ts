// Undoing a transfer puts back what it wrote where nobody has touched it since, and the sync leaves it so.
import { and, eq, isNotNull, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { activities } from "@/db/schema/sync";
import { rereadProperties } from "@/services/properties/reread-properties";
import { cancelTransfer } from "@/services/transfers/cancel-transfer";
import { claimItems } from "@/services/transfers/claim-items";
import { retryFailed } from "@/services/transfers/retry-failed";
import { startUndo } from "@/services/transfers/start-undo";
import { tryPreviewAgain } from "@/services/transfers/try-preview-again";
import { ACCOUNT } from "../../sandbox/test-sandbox";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { itemsOf, previewAll, previewPage, transferAll, transferOf } from "./transfer";
import { undoing } from "./undo";

let world: SyncWorld;
let story: ReturnType<typeof undoing>;
beforeAll(async () => {
  world = await openSyncWorld();
  story = undoing(world);
});
afterAll(() => world.close());
afterEach(() => story.clean());

describe("the preview of an undo (Verifies: R-78)", () => {
  it("counts fields to put back, records to remove and what stays, and writes nothing", async () => {
    await story.prospect("Ours");
    await story.contact("Theirs");
    await story.prospect("Fills", { job_title: "CEO", city: "Porto" });
    const fills = await story.contact("Fills");
    const edited = await story.prospect("Edited");
    await story.prospect("Typed", { job_title: "CEO" });
    const typed = await story.contact("Typed");
    const runOf = await story.transferred();
    await world.editContact(await world.contactOf(edited), { jobtitle: "Typed since" });
    await world.editContact(fills.id, { city: "Lisboa" });
    await world.editContact(typed.id, { jobtitle: "Typed since" });
    const before = await world.contacts();

    const runId = await story.undoPreviewed(runOf);
    const { preview, state, undoes } = await transferOf(world, runId);
    expect({ state, undoes }).toEqual({ state: "previewed", undoes: runOf });
    expect(preview).toMatchObject({
      seen: 5,
      skip: { changed_since: 2 },
      // Of records that are put back: what stays altogether is told by its own reason.
      undo: { records: 1, fields: 1, takeBack: { snov: 1, hubspot: 1 }, kept: { changed_since: 1 } },
    });
    const items = await itemsOf(world, runId);
    expect(items.map(({ name, planned }) => [name, planned])).toEqual([
      ["Edited", "skip"],
      ["Fills", "put_back"],
      ["Ours", "take_back"],
      ["Theirs", "take_back"],
      ["Typed", "skip"],
    ]);
    expect(items[1]?.changes).toEqual([
      { side: "hubspot", field: "jobtitle", label: "Job title", before: "CEO", after: null },
      {
        side: "hubspot",
        field: "city",
        label: "City",
        before: "Lisboa",
        after: "Lisboa",
        kept: "changed_since",
      },
    ]);
    expect(await world.contacts()).toEqual(before);
  });

  it("is an owner's or admin's to start, of their own workspace, and of a transfer that ran", async () => {
    await story.prospect("Ada");
    const shown = await previewAll(world);
    const input = { runId: shown };
    await expect(startUndo({ ctx: world.ctx, input })).rejects.toMatchObject({ code: "not_found" });
    await transferAll(world, shown);
    await expect(
      startUndo({ ctx: { ...world.ctx, workspaceId: crypto.randomUUID() }, input }),
    ).rejects.toMatchObject({ code: "not_found" });
    await expect(startUndo({ ctx: { ...world.ctx, role: "member" }, input })).rejects.toMatchObject({
      code: "forbidden",
    });
    const runId = await story.undone(shown);
    await expect(startUndo({ ctx: world.ctx, input: { runId } })).rejects.toMatchObject({
      details: { reason: "is_an_undo" },
    });
  });
});

describe("an undo puts back fields (Verifies: R-78)", () => {
  it("that nobody has touched since, on either side, and tells of it as a run of its own", async () => {
    const id = await story.prospect("Ada", { job_title: "CEO" });
    const { id: contactId } = await story.contact("Ada", { city: "Porto" });
    const runId = await story.undone(await story.transferred());
    expect(await story.outcomes(runId)).toEqual([["Ada", "put_back", undefined]]);
    expect(await story.contactTitle(contactId)).toBe("");
    expect(await story.rowOf(id)).toMatchObject({ city: null, jobTitle: "CEO" });
    const told = await world.db
      .select()
      .from(activities)
      .where(and(eq(activities.runId, runId), isNotNull(activities.side)));
    expect(told.map(({ kind, cause, changes }) => [kind, cause.kind, changes[0]?.after])).toEqual([
      ["prospect/edited", "undo", null],
      ["contact/edited", "undo", null],
    ]);
  });

  it("to what a policy had replaced, and leaves what was changed since", async () => {
    await world.configure({ policy: "snov_wins" });
    await story.prospect("Ada", { job_title: "CEO", city: "Porto" });
    const { id } = await story.contact("Ada", { jobtitle: "CTO", city: "Lisboa" });
    const runOf = await story.transferred();
    await world.editContact(id, { city: "Faro" });
    const runId = await story.undone(runOf);
    expect((await world.contact(id)).properties).toMatchObject({ jobtitle: "CTO", city: "Faro" });
    const [item] = await itemsOf(world, runId);
    expect(item?.changes?.map(({ field, kept }) => [field, kept])).toEqual([
      ["jobtitle", undefined],
      ["city", "changed_since"],
    ]);
  });

  it("and leaves what the other side has changed since, whether it has arrived or not", async () => {
    const id = await story.prospect("Ada", { job_title: "CEO" });
    const { id: contactId } = await story.contact("Ada");
    const runOf = await story.transferred();
    await world.editProspect(id, "job_title", "CEO", "CFO");
    const runId = await story.undone(runOf);
    expect(await story.outcomes(runId)).toEqual([["Ada", "excluded", "changed_since"]]);
    await world.reconcile();
    expect(await story.contactTitle(contactId)).toBe("CFO");
  });

  it("that the next looks leave so, until somebody changes either side", async () => {
    const id = await story.prospect("Ada", { job_title: "CEO" });
    const { id: contactId } = await story.contact("Ada");
    await story.undone(await story.transferred());
    expect(await story.look(id, contactId)).toMatchObject({ toHubspot: 0, toSnov: 0 });
    expect(await story.look(id, contactId)).toMatchObject({ toHubspot: 0, toSnov: 0 });
    expect(await story.contactTitle(contactId)).toBe("");
    expect(await world.statusOf(id)).toMatchObject({ status: "excluded", reason: "undone" });
    await world.editProspect(id, "job_title", "CEO", "CFO");
    await world.reconcile();
    expect(await story.contactTitle(contactId)).toBe("CFO");
    expect(await world.statusOf(id)).toMatchObject({ status: "in_sync" });
  });

  it.each(["both", "to_hubspot"] as const)(
    "until a new transfer, which shows it first: %s",
    async (syncType) => {
      await world.configure({ syncType });
      const oneWay = syncType === "both" ? {} : { fromHubspot: false };
      const id = await story.prospect("Ada", { job_title: "CEO" });
      const { id: contactId } = await story.contact("Ada");
      const runOf = await previewAll(world, oneWay);
      await transferAll(world, runOf);
      await story.undone(runOf);
      expect(await story.contactTitle(contactId)).toBe("");
      const runId = await previewAll(world, oneWay);
      expect(await transferOf(world, runId)).toMatchObject({
        preview: { update: 1, fields: { "hubspot:jobtitle": 1 } },
      });
      // Only shown: the sync still leaves it.
      expect(await story.look(id, contactId)).toMatchObject({ toHubspot: 0, toSnov: 0 });
      await transferAll(world, runId);
      expect(await story.contactTitle(contactId)).toBe("CEO");
      expect(await world.statusOf(id)).toMatchObject({ status: "in_sync" });
      expect(await story.look(id, contactId)).toMatchObject({ toHubspot: 0, toSnov: 0 });
    },
  );

  it("of a side that only receives, which may go its own way until its source is edited", async () => {
    await world.configure({ syncType: "to_hubspot" });
    const id = await story.prospect("Ada", { job_title: "CEO" });
    const { id: contactId } = await story.contact("Ada");
    const runId = await previewAll(world, { fromHubspot: false });
    await transferAll(world, runId);
    await story.undone(runId);
    expect(await story.contactTitle(contactId)).toBe("");
    await world.editContact(contactId, { jobtitle: "Typed there" });
    expect(await story.look(id, contactId)).toMatchObject({ toHubspot: 0, toSnov: 0 });
    await world.editProspect(id, "job_title", "CEO", "CFO");
    await world.reconcile();
    expect(await story.contactTitle(contactId)).toBe("CFO");
  });

  it("which ends its retries: what failed in it is left to a new transfer", async () => {
    await story.prospect("Ada");
    const runId = await story.transferred();
    await world.db.execute(sql`update run_items set outcome = 'failing' where run_id = ${runId}`);
    const shown = await story.undoPreviewed(runId);
    const retry = () => retryFailed({ ctx: world.ctx, input: { runId } });
    await expect(retry()).rejects.toMatchObject({ details: { reason: "transfer_open" } });
    await transferAll(world, shown);
    await expect(retry()).rejects.toMatchObject({ details: { reason: "transfer_undone" } });
    expect(await transferOf(world, runId)).toMatchObject({ state: "finished" });
  });

  it("begins its preview anew where that is tried again, so that a retry in between is in it, told or not", async () => {
    const ada = await story.prospect("Ada");
    await story.prospect("Bia");
    const runOf = await story.transferred();
    const { runId } = await startUndo({ ctx: world.ctx, input: { runId: runOf } });
    // As if it had stopped once a page of its prospects was saved, and one of those had failed in the transfer.
    await world.db.execute(sql`update runs set state = 'stopped', finished_at = now(),
      checkpoint = '{"after": "ffffffff-ffff-ffff-ffff-ffffffffffff"}' where id = ${runId}`);
    await world.db.execute(
      sql`update transfers set preview = jsonb_set(preview, '{seen}', '1') where run_id = ${runId}`,
    );
    await world.db.execute(sql`insert into run_items (run_id, side, record_id, name, planned, outcome)
      values (${runId}, 'snov', ${ada}, 'Ada', 'equal', 'unchanged')`);
    await world.db.execute(sql`update run_items set outcome = 'planned' where run_id = ${runOf}`);
    await world.db.execute(sql`update runs set state = 'running', finished_at = null where id = ${runOf}`);
    const again = () => tryPreviewAgain({ ctx: world.ctx, input: { runId } });
    await expect(again()).rejects.toMatchObject({ details: { reason: "transfer_open" } });
    await claimItems(world.db, runOf);
    await cancelTransfer({ ctx: world.ctx, input: { runId: runOf } });
    await expect(again()).rejects.toMatchObject({ details: { reason: "undone_in_flight" } });
    await world.db.execute(sql`update run_items set leased_until = now() - interval '3 minutes'`);
    await again();
    while ((await previewPage(world.ctx, runId)).more);
    expect(await transferOf(world, runId)).toMatchObject({
      state: "previewed",
      preview: { seen: 2, undo: { takeBack: { hubspot: 2 } } },
      held: 0,
    });
    expect(await itemsOf(world, runId)).toMatchObject([{ planned: "take_back" }, { planned: "take_back" }]);
  });

  it("and says so where HubSpot does not take the old value back", async () => {
    await world.configure({ policy: "snov_wins" });
    const id = await story.prospect("Ada", { job_title: "CEO", city: "Porto" });
    const { id: contactId } = await story.contact("Ada", { jobtitle: "CTO", city: "Lisboa" });
    const shown = await story.undoPreviewed(await story.transferred());
    const setReadOnly = (readOnlyValue: boolean) =>
      world.sandbox.control("PATCH", `/accounts/${ACCOUNT}/properties/jobtitle`, { readOnlyValue });
    await setReadOnly(true);
    await transferAll(world, shown);
    await setReadOnly(false);
    await rereadProperties(world.ctx, world.connectionId);
    expect((await world.contact(contactId)).properties).toMatchObject({ jobtitle: "CEO", city: "Lisboa" });
    expect(await story.outcomes(shown)).toEqual([["Ada", "failing", "field_rejected"]]);
    expect(Object.values((await story.linkOf(id))?.declined.values ?? {})).toMatchObject([
      { snov: "Porto", hubspot: "Lisboa", undone: true },
    ]);
  });
});
