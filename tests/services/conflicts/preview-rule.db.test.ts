// "Always do this" says what it would settle, and no more than that, before it is made.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { previewRule } from "@/services/conflicts/preview-rule";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { conflictsIn } from "./conflicts-in";

type Policy = Parameters<typeof previewRule>[0]["input"]["policy"];

let world: SyncWorld;
let ana: Awaited<ReturnType<ReturnType<typeof conflictsIn>["conflicted"]>>;
let at: ReturnType<typeof conflictsIn>;
beforeAll(async () => {
  world = await openSyncWorld();
  at = conflictsIn(world);
  ana = await at.conflicted("Ana");
});
afterAll(() => world.close());

const preview = (policy: Policy) =>
  previewRule({
    ctx: world.ctx,
    input: { integrationId: world.integrationId, mappingId: ana.conflict.mappingId ?? "", policy },
  });

describe("a rule before there is one (Verifies: R-62)", () => {
  it("is planned with what both sides have by now, and nothing is written", async () => {
    // Nobody has told us of it yet: the conflict is stored with what HubSpot had before.
    await world.editContact(ana.contactId, { jobtitle: "Since" });
    expect(await preview("snov_wins")).toEqual({
      open: 1,
      looked: 1,
      settled: 1,
      samples: [
        {
          conflictId: ana.conflict.id,
          recordName: "Ana",
          writes: [{ side: "hubspot", before: "Since", after: "Snov" }],
        },
      ],
    });
    expect(await at.titles(ana)).toEqual(["Snov", "Since"]);
  });

  it("goes by who was last where it prefers the most recent change, on either side", async () => {
    const writes = async () => (await preview("most_recent")).samples.map((sample) => sample.writes);
    expect(await writes()).toEqual([[{ side: "snov", before: "Snov", after: "Since" }]]);
    await world.editProspect(ana.id, "job_title", "Snov", "Last");
    expect(await writes()).toEqual([[{ side: "hubspot", before: "Since", after: "Last" }]]);
    expect(await at.titles(ana)).toEqual(["Last", "Since"]);
  });

  it("settles nothing that it would ask a person about all the same", async () => {
    expect(await preview("ask")).toEqual({ open: 1, looked: 1, settled: 0, samples: [] });
  });

  it("leaves what somebody has decided, and shows as many others as there are", async () => {
    const decided = [];
    for (let n = 0; n < 10; n += 1) decided.push(await at.conflicted(`Decided${n}`));
    const bia = await at.conflicted("Bia");
    await world.configure({ state: "paused" });
    for (const { conflict } of decided) await at.resolve(conflict, { kind: "take", side: "snov" });
    const { open, looked, settled, samples } = await preview("hubspot_wins");
    expect([open, looked, settled]).toEqual([2, 2, 2]);
    expect(samples.map(({ conflictId }) => conflictId)).toEqual([ana.conflict.id, bia.conflict.id]);
    await world.configure({ state: "active" });
    await world.reconcile();
  });

  it("says so also while the integration is paused, and nothing is written", async () => {
    await world.configure({ state: "paused" });
    expect(await preview("hubspot_wins")).toMatchObject({
      settled: 2,
      samples: [{ recordName: "Ana", writes: [{ side: "snov", before: "Last", after: "Since" }] }, {}],
    });
    expect(await at.titles(ana)).toEqual(["Last", "Since"]);
    await world.configure({ state: "active" });
  });
});
