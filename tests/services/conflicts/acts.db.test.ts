// An act is one person's: whoever takes it back takes back what that person has decided in it, and nobody else's choice.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { resolveConflicts } from "@/services/conflicts/resolve-conflicts";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { conflictsIn } from "./conflicts-in";

let world: SyncWorld;
let at: ReturnType<typeof conflictsIn>;
beforeAll(async () => {
  world = await openSyncWorld();
  at = conflictsIn(world);
});
afterAll(() => world.close());

describe("an act that is sent in several parts (Verifies: R-62)", () => {
  it("goes on with a part only of whoever began it, and under no name that nobody was given", async () => {
    const [own, strange, unknown] = [
      await at.conflicted("ActOwn"),
      await at.conflicted("ActStrange"),
      await at.conflicted("ActUnknown"),
    ];
    const bea = await at.colleague("BeaOfActs", "member");
    const { resolutionId } = await at.resolve(own.conflict, { kind: "take", side: "snov" });
    const under = async (act: string, { id, revision }: typeof own.conflict) => {
      const resolutions = [{ conflictId: id, seen: revision, choice: { kind: "leave" } as const }];
      const input = { integrationId: world.integrationId, resolutionId: act, resolutions };
      const decided = await resolveConflicts({ ctx: bea, input });
      expect(decided).toMatchObject({ answers: [{ answer: "accepted" }] });
      expect(await at.conflictById(id)).toMatchObject({ resolutionId: decided.resolutionId });
      return decided.resolutionId;
    };
    const made = randomUUID();
    expect(await under(made, unknown.conflict)).not.toBe(made);
    const theirs = await under(resolutionId, strange.conflict);
    expect(theirs).not.toBe(resolutionId);
    expect(await at.undo(resolutionId)).toMatchObject({ takenBack: 1 });
    expect(await at.conflictById(strange.conflict.id)).toMatchObject({ resolvedBy: bea.userId });
    await world.reconcile();
  });
});
