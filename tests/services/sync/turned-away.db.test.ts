// A gateway before HubSpot answers 403 where it takes the text of one record for an attack. That record alone is shown;
// where nothing of the account is let in, no record is made to look as if it were its own fault, but a few.
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { itemsOf, previewAll, transferAll, transferOf } from "../transfers/transfer";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());
afterEach(async () => {
  vi.restoreAllMocks();
  await world.db.execute("delete from pending_records");
  await world.db.execute("delete from record_statuses");
});

/** Turns away the calls whose body holds this; returns how many that were. */
function turnAway(word: string) {
  const send = globalThis.fetch;
  const calls: string[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
    if (!String(init?.body ?? "").includes(word)) return send(url, init);
    calls.push(new URL(String(url)).pathname);
    const headers = { "content-type": "text/html" };
    return new Response("<html>Attention Required!</html>", { status: 403, headers });
  });
  return calls;
}
let people = 0;
const addPeople = (count: number, firstName: string) =>
  Promise.all(
    Array.from({ length: count }, () => {
      people += 1;
      return world.addProspect({ emails: [`p${people}@example.com`], first_name: firstName });
    }),
  );
const statusesOf = (ids: string[]) =>
  Promise.all(ids.map(async (id) => (await world.statusOf(id))?.status ?? null));
const turnedAway = { status: "failing", reason: "turned_away" };

// Verifies: R-77
describe("a record that a gateway turns away", () => {
  it("is shown as that after one page, and the others of its page are in step", async () => {
    const [bad = ""] = await addPeople(1, "<script>");
    const others = await addPeople(5, "Good");
    turnAway("<script>");
    await world.page();
    expect(await statusesOf(others)).toEqual(Array(5).fill("in_sync"));
    expect(await world.statusOf(bad)).toMatchObject(turnedAway);
    expect(await world.pending()).toEqual([]);
  });

  it("is shown as that once it has been tried nine times where no other one is let in beside it", async () => {
    const [bad = ""] = await addPeople(1, "<script>");
    turnAway("<script>");
    await expect(world.page()).rejects.toMatchObject({ kind: "forbidden" });
    expect(await world.pending()).toMatchObject([{ recordId: bad, attempts: 1 }]);
    expect(await world.statusOf(bad)).toBeUndefined();
    await world.db.execute("update pending_records set attempts = 8, due_at = now()");
    await expect(world.page()).rejects.toMatchObject({ kind: "forbidden" });
    expect(await world.pending()).toEqual([]);
    expect(await world.statusOf(bad)).toMatchObject(turnedAway);
  });

  it("fails alone in a transfer as well", async () => {
    const [bad = ""] = await addPeople(1, "<svg>");
    await addPeople(3, "Good");
    await world.db.execute("delete from pending_records");
    const runId = await previewAll(world);
    turnAway("<svg>");
    await transferAll(world, runId);
    expect((await transferOf(world, runId)).state).toBe("finished");
    const failing = await itemsOf(world, runId, "failing");
    expect(failing.map(({ recordId, detail }) => [recordId, detail.reason])).toEqual([[bad, "turned_away"]]);
  });
});

// Verifies
describe("an account that is turned away as a whole", () => {
  it("is asked for ten records of a page at most, and all of them wait", async () => {
    const ids = await addPeople(15, "Anyone");
    const calls = turnAway("Anyone");
    await expect(world.page()).rejects.toMatchObject({ kind: "forbidden" });
    expect(calls).toHaveLength(1 + 10);
    expect(await statusesOf(ids)).toEqual(Array(15).fill(null));
    expect(await world.pending()).toHaveLength(15);
  });

  it("has ten records shown for it in an hour, and the next ones wait", async () => {
    await addPeople(12, "Anyone");
    turnAway("example.com");
    for (let page = 0; page < 12; page += 1) {
      await world.db.execute("update pending_records set attempts = 8, due_at = now()");
      await expect(world.page()).rejects.toMatchObject({ kind: "forbidden" });
    }
    expect(await world.pending()).toHaveLength(2);
    await world.db.execute("update record_statuses set at = now() - interval '61 minutes'");
    await world.db.execute("update pending_records set attempts = 8, due_at = now()");
    await expect(world.page()).rejects.toMatchObject({ kind: "forbidden" });
    expect(await world.pending()).toHaveLength(1);
  });
});
