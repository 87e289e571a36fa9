// Choices that cannot be carried out for now: refused where they never will be, and taken back one by one where they wait.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fieldMappings } from "@/db/schema/integrations";
import { readConflictsPage } from "@/services/conflicts/read-page";
import { resolveConflicts } from "@/services/conflicts/resolve-conflicts";
import { resolveMatching } from "@/services/conflicts/resolve-matching";
import { undoResolution } from "@/services/conflicts/undo-resolution";
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
const read = () => readConflictsPage({ ctx: world.ctx, input: { integrationId: world.integrationId } });

describe("a choice about a field that is synced no more (Verifies: R-62)", () => {
  it("is refused alone and among all that match, until the field is synced again", async () => {
    const { conflict } = await at.conflicted("Stopped");
    const stop = (stoppedReason: "hubspot_property_gone" | null) =>
      world.db
        .update(fieldMappings)
        .set({ stoppedReason })
        .where(eq(fieldMappings.id, conflict.mappingId ?? ""));
    await stop("hubspot_property_gone");
    expect((await read()).conflicts).toMatchObject([{ id: conflict.id, stopped: true }]);
    for (const choice of [take, { kind: "leave" }, { kind: "value", value: "Typed" }] as const)
      expect((await at.resolve(conflict, choice)).answers).toMatchObject([
        { answer: "invalid", reason: "field_stopped" },
      ]);
    const { snapshot } = await read();
    const all = { integrationId: world.integrationId, filter: {}, choice: take, snapshot };
    expect(await resolveMatching({ ctx: world.ctx, input: all })).toMatchObject({ resolved: 0 });
    await stop(null);
    expect((await read()).conflicts).toMatchObject([{ id: conflict.id, stopped: false, resolution: null }]);
    await at.resolve(conflict, take);
    await world.reconcile();
  });
});

describe("choices while the integration does not run (Verifies: R-62)", () => {
  it("wait, which the page says, and are taken back one by one", async () => {
    const pairs = [await at.conflicted("Held1"), await at.conflicted("Held2")];
    await world.configure({ state: "paused" });
    const { integrationId, ctx } = world;
    const resolutions = pairs.map(({ conflict }) => ({
      conflictId: conflict.id,
      seen: conflict.revision,
      choice: take,
    }));
    const { resolutionId } = await resolveConflicts({ ctx, input: { integrationId, resolutions } });
    expect(await read()).toMatchObject({
      held: "paused",
      conflicts: [{ resolvedById: ctx.userId, resolutionId }, { resolvedById: ctx.userId }],
    });
    const conflictId = pairs[0]?.conflict.id;
    expect(await undoResolution({ ctx, input: { integrationId, resolutionId, conflictId } })).toEqual({
      takenBack: 1,
      puttingBack: 0,
      kept: 0,
      stopped: 0,
      ruled: 0,
    });
    await world.configure({ state: "active" });
    await world.reconcile();
    const [taken, other] = pairs.map(({ conflict }) => conflict.id);
    const watching = { integrationId, watched: [taken ?? "", other ?? ""] };
    expect(await readConflictsPage({ ctx, input: watching })).toMatchObject({
      held: null,
      conflicts: [{ id: conflictId, resolution: null }],
      watched: [
        { id: taken, outcome: "undone", closedAt: null },
        { id: other, outcome: "applied", closedAt: expect.any(String) },
      ],
    });
  });
});
