// A transfer asks before it does more than its preview showed, and does as it is told.
import { and, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { readAsked } from "@/db/queries/transfers";
import { runItems } from "@/db/schema/runs";
import { answerTransfer } from "@/services/transfers/answer-transfer";
import { cancelTransfer } from "@/services/transfers/cancel-transfer";
import { readTransfer } from "@/services/transfers/read-transfer";
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

const seenOf = async (runId: string) => (await readAsked(world.db, runId)).key;

describe("a transfer that would replace more than was shown (Verifies: R-51, R-52)", () => {
  async function asking() {
    await world.configure({ policy: "snov_wins" });
    const id = await people.prospect("Ada", { job_title: "CEO" });
    const theirs = await people.contact("Ada");
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
    for (const name of names) await people.prospect(name, { job_title: "CEO", city: "Porto" });
    const theirs = [];
    for (const name of names) theirs.push((await people.contact(name, { city: "Porto" })).id);
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

  it("still tells what its preview had planned, while it asks and once it is answered", async () => {
    const id = await people.prospect("Ada", { job_title: "CEO" });
    const theirs = await people.contact("Ada", { jobtitle: "CFO" });
    const runId = await previewAll(world);
    expect(await itemsOf(world, runId)).toMatchObject([{ planned: "conflict" }]);
    await world.configure({ policy: "snov_wins" });
    await transferAll(world, runId);
    expect(await itemsOf(world, runId)).toMatchObject([
      { outcome: "asked", planned: "conflict", changes: [{ before: "CFO", after: "CEO", beyond: true }] },
    ]);
    await answerTransfer({ ctx: world.ctx, input: { runId, answer: "continue", seen: await seenOf(runId) } });
    await runAll(world, runId);
    expect(await itemsOf(world, runId)).toMatchObject([
      { recordId: id, outcome: "updated", planned: "conflict", detail: { changed: "true" } },
    ]);
    expect((await world.contact(theirs.id)).properties.jobtitle).toBe("CEO");
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

  it("takes no answer of who was slower than another person, whose answer stands", async () => {
    const { theirs, runId } = await asking();
    const seen = await seenOf(runId);
    await answerTransfer({ ctx: world.ctx, input: { runId, answer: "continue", seen } });
    await expect(
      answerTransfer({ ctx: world.ctx, input: { runId, answer: "leave_out", seen } }),
    ).rejects.toMatchObject({ code: "out_of_date", details: { reason: "transfer_moved" } });
    await runAll(world, runId);
    expect(await itemsOf(world, runId)).toMatchObject([{ outcome: "updated" }]);
    expect((await world.contact(theirs.id)).properties.jobtitle).toBe("CEO");
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
