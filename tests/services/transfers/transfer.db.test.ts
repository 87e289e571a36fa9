// A transfer does what its preview showed, once.
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { prospectEmails } from "@/db/schema/prospects";
import { runs } from "@/db/schema/runs";
import { activities } from "@/db/schema/sync";
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
import { peopleOf } from "./people";
import { itemsOf, previewAll, runAll, transferAll, transferOf } from "./transfer";

let world: SyncWorld;
let people: ReturnType<typeof peopleOf>;
beforeAll(async () => {
  world = await openSyncWorld();
  people = peopleOf(world);
});
afterAll(() => world.close());
afterEach(() => people.clean());

describe("a transfer (Verifies: R-51, R-52)", () => {
  it("does what was shown, to each record once, and tells of it", async () => {
    const ours = await people.prospect("Ours", { job_title: "CEO" });
    const theirs = await people.contact("Theirs");
    await people.prospect("Fills", { job_title: "CEO" });
    const filled = await people.contact("Fills");
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
    const id = await people.prospect("Ada");
    await people.contact("Ada");
    await people.prospect("Late");
    const runId = await previewAll(world);
    await people.contact("Late");
    await world.editProspect(id, "job_title", null, "CEO");
    await transferAll(world, runId);
    expect((await itemsOf(world, runId)).map(({ name, outcome, detail }) => [name, outcome, detail])).toEqual(
      [
        ["Ada", "updated", { changed: "true" }],
        ["Late", "unchanged", { changed: "true" }],
      ],
    );
    expect(await transferOf(world, runId)).toMatchObject({ changed: 2 });
    expect(await world.contacts()).toHaveLength(2);
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
    const id = await people.prospect("Ada");
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

  it("waits while the integration is paused, is told as standing still, and goes on with it", async () => {
    await people.prospect("Ada");
    const runId = await previewAll(world);
    await allowTransfer({ ctx: world.ctx, input: { runId } });
    const shown = () => readTransfer({ ctx: world.ctx, input: { runId } });
    expect(await shown()).toMatchObject({ state: "running", standsStill: false });
    await world.configure({ state: "paused" });
    expect(await transferPage(world.ctx, runId)).toEqual({ worked: 0, more: false });
    expect(await shown()).toMatchObject({ state: "running", standsStill: true });
    await world.configure({ state: "active" });
    await runAll(world, runId);
    expect(await itemsOf(world, runId)).toMatchObject([{ outcome: "created" }]);
    await world.configure({ state: "paused" });
    expect(await shown()).toMatchObject({ state: "finished", standsStill: false });
    await world.configure({ state: "active" });
  });

  it("tells what failed and why, and tries it again when asked", async () => {
    await people.prospect("Ada", { job_title: "CEO" });
    const bia = await people.prospect("Bia");
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
    expect(await retryFailed({ ctx: world.ctx, input: { runId } })).toMatchObject({ records: 0 });
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
