// A transfer does what its preview showed, once, and asks before it does more.
import { and, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { readAsked } from "@/db/queries/transfers";
import { conflicts } from "@/db/schema/conflicts";
import { prospectEmails, prospects } from "@/db/schema/prospects";
import { runItems, runs } from "@/db/schema/runs";
import { activities, recordLinks, recordStatuses } from "@/db/schema/sync";
import { addProspects } from "@/scripts/bench/transfer/open-bench-world";
import { allowTransfer } from "@/services/transfers/allow-transfer";
import { answerTransfer } from "@/services/transfers/answer-transfer";
import { cancelTransfer } from "@/services/transfers/cancel-transfer";
import { pauseTransfer } from "@/services/transfers/pause-transfer";
import { readTransfer } from "@/services/transfers/read-transfer";
import { resumeTransfer } from "@/services/transfers/resume-transfer";
import { retryFailed } from "@/services/transfers/retry-failed";
import { transferPage } from "@/services/transfers/transfer-page";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { itemsOf, previewAll, runAll, transferAll, transferOf } from "./transfer";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());
afterEach(async () => {
  await world.configure({ policy: "ask", state: "active" });
  for (const table of [runs, activities, recordStatuses, conflicts, prospects]) await world.db.delete(table);
  for (const { id } of await world.contacts()) await world.archiveContact(id);
});

const prospect = (name: string, more: Record<string, string> = {}) =>
  world.addProspect({ emails: [`${name.toLowerCase()}@example.com`], first_name: name, ...more });
const contact = (name: string, more: Record<string, string> = {}) =>
  world.addContact({ email: `${name.toLowerCase()}@example.com`, firstname: name, ...more });

const seenOf = async (runId: string) => (await readAsked(world.db, runId)).key;

describe("a preview (Verifies: R-51)", () => {
  it("counts what would become of every record, and writes nothing", async () => {
    await prospect("Alone");
    await prospect("Alike");
    await contact("Alike");
    const fills = await prospect("Fills", { job_title: "CEO" });
    await contact("Fills");
    await prospect("Differs", { job_title: "CEO" });
    await contact("Differs", { jobtitle: "CTO" });
    await contact("Theirs");
    await world.addProspect({ first_name: "Nameless" });
    const before = await world.contacts();

    const runId = await previewAll(world);
    const { preview, state } = await transferOf(world, runId);
    expect(state).toBe("previewed");
    expect(preview).toMatchObject({
      seen: 6,
      create: { hubspot: 1, snov: 1 },
      update: 1,
      conflict: 1,
      equal: 1,
      skip: { no_email: 1 },
      fields: { "hubspot:Job title": 1 },
      overwrites: 0,
    });
    expect((await itemsOf(world, runId)).find(({ recordId }) => recordId === fills)).toMatchObject({
      planned: "update",
      changes: [{ side: "hubspot", field: "jobtitle", before: null, after: "CEO" }],
    });
    expect(await world.contacts()).toEqual(before);
    expect(await world.db.select().from(recordLinks)).toEqual([]);
  });

  it("shows what policies would replace, apart", async () => {
    await world.configure({ policy: "snov_wins" });
    await prospect("Ada", { job_title: "CEO" });
    await contact("Ada", { jobtitle: "CTO" });
    const runId = await previewAll(world);
    expect(await transferOf(world, runId)).toMatchObject({ preview: { overwrites: 1, update: 1 } });
    expect(await itemsOf(world, runId)).toMatchObject([
      { changes: [{ side: "hubspot", before: "CTO", after: "CEO" }] },
    ]);
  });

  it("takes one direction alone, and chosen lists", async () => {
    await prospect("Ours");
    await contact("Theirs");
    const out = await previewAll(world, { fromHubspot: false });
    expect(await itemsOf(world, out)).toMatchObject([{ side: "snov", planned: "create" }]);
    const lists = await previewAll(world, {
      fromHubspot: false,
      prospects: { kind: "lists", ids: [world.listId] },
    });
    expect(await itemsOf(world, lists)).toEqual([]);
    expect(await transferOf(world, out)).toMatchObject({ state: "cancelled" });
  });

  it("leaves out a chosen HubSpot list that was deleted meanwhile, and says so", async () => {
    const lists = "/crm/lists/2026-03";
    const [deleted, kept] = await Promise.all(
      ["Deleted", "Kept"].map(async (name) => {
        const list = { name, objectTypeId: "0-1", processingType: "MANUAL" };
        const { body } = await world.sandbox.call<{ list: { listId: string } }>("POST", lists, list);
        return body.list.listId;
      }),
    );
    if (!deleted || !kept) throw new Error("expected two lists");
    await world.sandbox.call("PUT", `${lists}/${kept}/memberships/add`, [(await contact("Theirs")).id]);
    await world.sandbox.call("DELETE", `${lists}/${deleted}`);
    const runId = await previewAll(world, {
      fromSnov: false,
      contacts: { kind: "lists", ids: [deleted, kept] },
    });
    expect(await transferOf(world, runId)).toMatchObject({
      state: "previewed",
      preview: { seen: 1, create: { snov: 1 }, goneLists: [deleted] },
    });
  });
});

describe("a transfer (Verifies: R-51, R-52)", () => {
  it("does what was shown, to each record once, and tells of it", async () => {
    const ours = await prospect("Ours", { job_title: "CEO" });
    const theirs = await contact("Theirs");
    await prospect("Fills", { job_title: "CEO" });
    const filled = await contact("Fills");
    const runId = await previewAll(world);
    await transferAll(world, runId);

    expect(await transferOf(world, runId)).toMatchObject({ state: "finished", changed: 0 });
    expect((await itemsOf(world, runId)).map(({ name, outcome }) => [name, outcome])).toEqual([
      ["Fills", "updated"],
      ["Ours", "created"],
      ["Theirs", "created"],
    ]);
    expect((await world.contact(await world.contactOf(ours))).properties).toMatchObject({ jobtitle: "CEO" });
    expect((await world.contact(filled.id)).properties).toMatchObject({ jobtitle: "CEO" });
    expect(await world.prospectByEmail("theirs@example.com")).toMatchObject({ firstName: "Theirs" });
    const told = await world.db.select().from(activities).where(eq(activities.runId, runId));
    expect(told.map(({ kind }) => kind).sort()).toEqual([
      "contact/created",
      "contact/edited",
      "prospect/created",
      "transfer/started",
    ]);
    // Nothing is left for the ordinary line.
    await world.notice("snov", ours);
    await world.notice("hubspot", theirs.id);
    expect(await world.reconcile()).toMatchObject({ toHubspot: 0, toSnov: 0 });
  });

  it("marks what has changed since it was shown, and does it where it takes nothing away", async () => {
    const id = await prospect("Ada");
    await contact("Ada");
    await prospect("Late");
    const runId = await previewAll(world);
    await contact("Late");
    await world.editProspect(id, "job_title", null, "CEO");
    await transferAll(world, runId);
    expect((await itemsOf(world, runId)).map(({ name, outcome, detail }) => [name, outcome, detail])).toEqual(
      [
        ["Ada", "unchanged", {}],
        ["Late", "unchanged", { changed: "true" }],
      ],
    );
    expect(await transferOf(world, runId)).toMatchObject({ changed: 1 });
    expect(await world.contacts()).toHaveLength(2);
  });

  describe("that would replace more than was shown", () => {
    async function asking() {
      await world.configure({ policy: "snov_wins" });
      const id = await prospect("Ada", { job_title: "CEO" });
      const theirs = await contact("Ada");
      const runId = await previewAll(world);
      await world.editContact(theirs.id, { jobtitle: "Typed since" });
      await transferAll(world, runId).catch(() => {});
      return { id, theirs, runId };
    }

    it("stops and asks, with nothing written", async () => {
      const { theirs, runId } = await asking();
      expect(await transferOf(world, runId)).toMatchObject({ state: "asking", finishedAt: null });
      expect(await itemsOf(world, runId)).toMatchObject([
        { outcome: "asked", changes: [{ side: "hubspot", before: "Typed since", after: "CEO" }] },
      ]);
      expect((await world.contact(theirs.id)).properties.jobtitle).toBe("Typed since");
    });

    it.each([
      { answer: "continue" as const, value: "CEO", outcome: "updated" },
      { answer: "leave_out" as const, value: "Typed since", outcome: "left_out" },
    ])("goes on as it is told: $answer", async ({ answer, value, outcome }) => {
      const { theirs, runId } = await asking();
      await answerTransfer({ ctx: world.ctx, input: { runId, answer, seen: await seenOf(runId) } });
      await runAll(world, runId);
      expect(await itemsOf(world, runId)).toMatchObject([{ outcome }]);
      expect((await world.contact(theirs.id)).properties.jobtitle).toBe(value);
      expect(await transferOf(world, runId)).toMatchObject({ state: "finished", changed: 1 });
    });

    it.each([
      { answer: "continue" as const, value: "CEO", outcome: "updated" },
      { answer: "leave_out" as const, value: "Typed since", outcome: "left_out" },
    ])("asks no second time where the answer is for all of these fields: $answer", async (story) => {
      await world.configure({ policy: "snov_wins" });
      const names = ["Ada", "Bia"];
      for (const name of names) await prospect(name, { job_title: "CEO", city: "Porto" });
      const theirs = [];
      for (const name of names) theirs.push((await contact(name, { city: "Porto" })).id);
      const runId = await previewAll(world);
      const [first = "", second = ""] = theirs;
      await world.editContact(first, { jobtitle: "Typed since" });
      await transferAll(world, runId);
      await world.editContact(second, { jobtitle: "Typed since" });
      await answerTransfer({
        ctx: world.ctx,
        input: { runId, answer: story.answer, seen: await seenOf(runId), forAll: true },
      });
      await runAll(world, runId);
      expect(await itemsOf(world, runId)).toMatchObject([
        { outcome: story.outcome },
        { outcome: story.outcome },
      ]);
      for (const id of theirs) expect((await world.contact(id)).properties.jobtitle).toBe(story.value);
      expect(await transferOf(world, runId)).toMatchObject({ state: "finished", changed: 2 });
    });

    it("takes no answer to what was asked before", async () => {
      const { theirs, runId } = await asking();
      const before = await seenOf(runId);
      await world.db
        .update(runItems)
        .set({ changes: [] })
        .where(and(eq(runItems.runId, runId), eq(runItems.outcome, "asked")));
      const input = { runId, answer: "continue" as const, seen: before };
      await expect(answerTransfer({ ctx: world.ctx, input })).rejects.toMatchObject({
        code: "out_of_date",
        details: { reason: "transfer_asks_anew" },
      });
      expect(await transferOf(world, runId)).toMatchObject({ state: "asking" });
      expect((await world.contact(theirs.id)).properties.jobtitle).toBe("Typed since");
    });

    it("asks again about another field than the answer was for", async () => {
      const { id, theirs, runId } = await asking();
      await answerTransfer({
        ctx: world.ctx,
        input: { runId, answer: "continue", seen: await seenOf(runId), forAll: true },
      });
      await world.editProspect(id, "city", null, "Porto");
      await world.editContact(theirs.id, { city: "Lisboa" });
      await runAll(world, runId);
      expect(await transferOf(world, runId)).toMatchObject({ state: "asking" });
      expect((await world.contact(theirs.id)).properties).toMatchObject({ city: "Lisboa" });
    });

    it("is cancelled with what it asks about among those whose turn has not come", async () => {
      const { runId } = await asking();
      await cancelTransfer({ ctx: world.ctx, input: { runId } });
      expect(await itemsOf(world, runId)).toMatchObject([{ outcome: "planned" }]);
      expect(await readTransfer({ ctx: world.ctx, input: { runId } })).toMatchObject({
        asked: 0,
        reached: 0,
        total: 1,
      });
    });
  });

  it("pauses, goes on, and is cancelled within a page; what was done stays", async () => {
    await addProspects(world, 150);
    const runId = await previewAll(world);
    const input = { runId };
    await allowTransfer({ ctx: world.ctx, input });
    await pauseTransfer({ ctx: world.ctx, input });
    expect(await transferPage(world.ctx, runId)).toEqual({ worked: 0, more: false });
    expect(await world.contacts()).toEqual([]);
    await resumeTransfer({ ctx: world.ctx, input });
    expect(await transferPage(world.ctx, runId)).toEqual({ worked: 100, more: true });
    await cancelTransfer({ ctx: world.ctx, input });
    expect(await transferPage(world.ctx, runId)).toEqual({ worked: 0, more: false });
    expect(await world.contacts()).toHaveLength(100);
    expect(await itemsOf(world, runId, "created")).toHaveLength(100);
    expect(await itemsOf(world, runId, "planned")).toHaveLength(50);
    expect(await transferOf(world, runId)).toMatchObject({ state: "cancelled" });
    // To try failures again would go on with what was cancelled.
    await expect(retryFailed({ ctx: world.ctx, input })).rejects.toMatchObject({ code: "not_found" });
  });

  it("leaves a record that was removed meanwhile to the ordinary sync, and removes nothing", async () => {
    const id = await prospect("Ada");
    await world.notice("snov", id);
    await world.reconcile();
    const contactId = await world.contactOf(id);
    await world.editContact(contactId, { jobtitle: "CEO" });
    const runId = await previewAll(world);
    expect(await itemsOf(world, runId)).toMatchObject([{ planned: "update" }]);
    await world.archiveContact(contactId);
    await transferAll(world, runId);
    expect(await itemsOf(world, runId)).toMatchObject([
      { outcome: "excluded", detail: { reason: "removed_meanwhile" } },
    ]);
    expect(await world.prospectByEmail("ada@example.com")).toMatchObject({ id, deletedAt: null });
    await world.reconcile();
    expect((await world.prospectByEmail("ada@example.com"))?.deletedAt).not.toBeNull();
  });

  it("waits while the integration is paused, and goes on with it", async () => {
    await prospect("Ada");
    const runId = await previewAll(world);
    await allowTransfer({ ctx: world.ctx, input: { runId } });
    await world.configure({ state: "paused" });
    expect(await transferPage(world.ctx, runId)).toEqual({ worked: 0, more: false });
    await world.configure({ state: "active" });
    await runAll(world, runId);
    expect(await itemsOf(world, runId)).toMatchObject([{ outcome: "created" }]);
  });

  it("tells what failed and why, and tries it again when asked", async () => {
    await prospect("Ada", { job_title: "CEO" });
    const bia = await prospect("Bia");
    await world.db
      .update(prospectEmails)
      .set({ email: "no address", matchKey: "no address" })
      .where(eq(prospectEmails.prospectId, bia));
    const runId = await previewAll(world);
    await world.editProspect(bia, "job_title", null, "CEO");
    await transferAll(world, runId);
    const [failed] = await itemsOf(world, runId, "failing");
    expect(failed).toMatchObject({ name: "Bia", detail: { reason: "email_rejected" } });
    const { records } = await retryFailed({ ctx: world.ctx, input: { runId } });
    expect(records).toBe(1);
    expect(await transferOf(world, runId)).toMatchObject({ changed: 0 });
    await world.editProspect(bia, "job_title", "CEO", "CTO");
    await runAll(world, runId);
    expect(await itemsOf(world, runId, "failing")).toHaveLength(1);
    expect(await transferOf(world, runId)).toMatchObject({ changed: 1 });
    expect(await world.contacts()).toHaveLength(1);
  });

  it("is another workspace's business", async () => {
    const runId = await previewAll(world);
    const ctx = { ...world.ctx, workspaceId: crypto.randomUUID() };
    for (const verb of [allowTransfer, pauseTransfer, resumeTransfer, cancelTransfer, retryFailed])
      await expect(verb({ ctx, input: { runId } })).rejects.toMatchObject({ code: "not_found" });
    await expect(
      answerTransfer({ ctx, input: { runId, answer: "continue", seen: "" } }),
    ).rejects.toMatchObject({
      code: "not_found",
    });
    const [run] = await world.db.select().from(runs).where(eq(runs.id, runId));
    expect(run).toMatchObject({ state: "previewed" });
  });
});
