// What people have decided about a field is not lost with its mapping, whatever state the decision is in.
import { afterAll, beforeAll, expect, it } from "vitest";
import { readDecided } from "@/services/conflicts/read-decided";
import { removeMapping } from "@/services/integrations/remove-mapping";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { conflictsIn } from "./conflicts-in";

let world: SyncWorld;
let at: ReturnType<typeof conflictsIn>;
beforeAll(async () => {
  world = await openSyncWorld();
  at = conflictsIn(world);
});
afterAll(() => world.close());

const take = { kind: "take", side: "snov" } as const;

it("a removed mapping leaves what was being taken back decided, and counts choices that wait apart (Verifies: R-62)", async () => {
  const [returning, waiting, open] = [
    await at.conflicted("Returning"),
    await at.conflicted("Waiting"),
    await at.conflicted("Open"),
  ];
  const done = await at.resolve(returning.conflict, take);
  await world.reconcile();
  expect(await at.undo(done.resolutionId)).toMatchObject({ puttingBack: 1 });
  const chosen = await at.resolve(waiting.conflict, take);
  const { integrationId, ctx } = world;
  const input = { integrationId, mappingId: open.conflict.mappingId ?? "" };
  await expect(removeMapping({ ctx, input })).rejects.toMatchObject({
    details: { reason: "mapping_conflicts", values: { open: 1, waiting: 1, decided: 1 } },
  });
  await removeMapping({ ctx, input: { ...input, knowsConflicts: true } });
  expect(await at.conflictById(returning.conflict.id)).toMatchObject({
    outcome: "kept",
    resolution: { choice: take },
    resolutionId: done.resolutionId,
    closedAt: expect.any(Date),
  });
  expect((await readDecided({ ctx, input: { integrationId } })).conflicts).toMatchObject([
    { id: returning.conflict.id, outcome: "kept", choice: take, takingBackBy: null, stopped: true },
  ]);
  expect(await at.undo(done.resolutionId)).toMatchObject({ puttingBack: 0, stopped: 1 });
  expect(await at.undo(chosen.resolutionId)).toMatchObject({ takenBack: 0, puttingBack: 0 });
  for (const { conflict } of [waiting, open])
    expect(await at.conflictById(conflict.id)).toMatchObject({ outcome: "unmapped" });
});
