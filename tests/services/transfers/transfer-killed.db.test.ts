// A page of a transfer that dies after HubSpot did as it was told counts, and is told of, as one that lived.
import { and, eq, isNotNull } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { activities, pendingRecords } from "@/db/schema/sync";
import { cancelTransfer } from "@/services/transfers/cancel-transfer";
import { readTransfer } from "@/services/transfers/read-transfer";
import { startUndo } from "@/services/transfers/start-undo";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { diesAt } from "./dying";
import { itemsOf, previewAll, runAll, transferOf } from "./transfer";
import { undoing } from "./undo";

let world: SyncWorld;
let story: ReturnType<typeof undoing>;
beforeAll(async () => {
  world = await openSyncWorld();
  story = undoing(world);
});
afterAll(() => world.close());
afterEach(() => story.clean());

describe("a transfer whose process dies between HubSpot's answer and its commit (Verifies: R-52)", () => {
  const told = async (runId: string) =>
    (
      await world.db
        .select({ kind: activities.kind, cause: activities.cause })
        .from(activities)
        .where(and(eq(activities.runId, runId), isNotNull(activities.side)))
    ).map(({ kind, cause }) => [kind, cause.kind]);

  it("counts what it had created as created, as it was shown", async () => {
    await story.prospect("Ours", { job_title: "CEO" });
    const runId = await previewAll(world);
    await diesAt(world, "/batch/create", runId);
    await runAll(world, runId);
    expect(await itemsOf(world, runId)).toMatchObject([{ outcome: "created", detail: {} }]);
    expect(await transferOf(world, runId)).toMatchObject({ done: { created: 1 }, changed: 0 });
    expect(await told(runId)).toEqual([["contact/created", "sync"]]);
    expect(await world.contacts()).toHaveLength(1);
  });

  it("counts what it had updated as updated, as it was shown", async () => {
    await story.prospect("Ada", { job_title: "CEO" });
    await story.contact("Ada");
    const runId = await previewAll(world);
    await diesAt(world, "/batch/update", runId);
    await runAll(world, runId);
    expect(await itemsOf(world, runId)).toMatchObject([{ outcome: "updated", detail: {} }]);
    expect(await transferOf(world, runId)).toMatchObject({ done: { updated: 1 }, changed: 0 });
  });

  it("is undone with what the ordinary line saw of it first", async () => {
    const id = await story.prospect("Ours");
    const runOf = await previewAll(world);
    await diesAt(world, "/batch/create", runOf);
    const [made] = await world.contacts();
    await story.look(id, made?.id ?? "");
    expect(await told(runOf)).toEqual([["contact/created", "sync"]]);
    await runAll(world, runOf);
    const runId = await story.undone(runOf);
    expect(await story.outcomes(runId)).toEqual([["Ours", "taken_back", undefined]]);
    expect(await world.contacts()).toEqual([]);
  });

  it("can be undone where it is cancelled after that, though none of its records was saved as done", async () => {
    await story.prospect("Ours");
    const runOf = await previewAll(world);
    await diesAt(world, "/batch/create", runOf);
    const read = () => readTransfer({ ctx: world.ctx, input: { runId: runOf } });
    await cancelTransfer({ ctx: world.ctx, input: { runId: runOf } });
    expect(await read()).toMatchObject({ reached: 0, hasWritten: false });
    // Nothing tells the ordinary line of it.
    await world.db.delete(pendingRecords);
    await expect(startUndo({ ctx: world.ctx, input: { runId: runOf } })).rejects.toMatchObject({
      details: { reason: "undone_in_flight" },
    });
    await world.reconcile();
    expect(await read()).toMatchObject({ reached: 0, hasWritten: true });
    const runId = await story.undone(runOf);
    expect(await story.outcomes(runId)).toEqual([["Ours", "taken_back", undefined]]);
  });
});
