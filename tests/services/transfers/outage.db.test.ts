// Where HubSpot answers nobody, nobody is blamed: a transfer waits, says so, and is as fast afterwards as before.
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { rateBudgets } from "@/db/schema/rates";
import { addProspects } from "@/scripts/bench/transfer/open-bench-world";
import { allowTransfer } from "@/services/transfers/allow-transfer";
import { readTransfer } from "@/services/transfers/read-transfer";
import { retryFailed } from "@/services/transfers/retry-failed";
import { transferPage } from "@/services/transfers/transfer-page";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { itemsOf, previewAll, runAll, transferOf } from "./transfer";
import { undoing } from "./undo";

let world: SyncWorld;
let story: ReturnType<typeof undoing>;
beforeAll(async () => {
  world = await openSyncWorld();
  story = undoing(world);
});
afterAll(() => world.close());
afterEach(async () => {
  vi.restoreAllMocks();
  while ((await world.contacts()).length) await story.clean();
  await story.clean();
});

async function allowed(): Promise<string> {
  const runId = await previewAll(world);
  await allowTransfer({ ctx: world.ctx, input: { runId } });
  return runId;
}

/** HubSpot answers no call that holds this word. */
function failOn(word: string, headers: Record<string, string> = {}): void {
  const send = globalThis.fetch;
  vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) =>
    String(init?.body ?? "").includes(word) ? Response.json({}, { status: 503, headers }) : send(url, init),
  );
}

/** HubSpot answers who reads and nobody who writes. */
function failWrites(): void {
  const send = globalThis.fetch;
  vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
    const isWrite = init?.method === "PATCH" || /\/contacts(\/batch\/(create|update))?$/.test(String(url));
    return isWrite && init?.method !== "GET" ? Response.json({}, { status: 503 }) : send(url, init);
  });
}

const fails = (runId: string) =>
  expect(transferPage(world.ctx, runId)).rejects.toMatchObject({ kind: "transient" });
/** One that was tried has its next turn. */
const nextTurn = () =>
  world.db.execute(
    "update run_items set leased_until = null where leased_until is not null and lease is null",
  );
const shown = (runId: string) => readTransfer({ ctx: world.ctx, input: { runId } });
/** As if HubSpot had given no answer for so long already. */
const waited = (seconds: number) =>
  world.db.execute(sql`update transfers set hindered = jsonb_set(hindered, '{since}',
    to_jsonb((hindered ->> 'since')::timestamptz - make_interval(secs => ${seconds}::int)))`);

describe("a transfer to which HubSpot gives no answer (Verifies: R-52)", () => {
  it("counts that against no record, and soon takes full pages again", async () => {
    await addProspects(world, 250);
    const runId = await allowed();
    failOn("");
    for (let page = 0; page < 5; page += 1) await fails(runId);
    expect(new Set((await itemsOf(world, runId)).map(({ attempts }) => attempts))).toEqual(new Set([0]));
    vi.restoreAllMocks();
    const pages: number[] = [];
    for (let more = true; more; ) {
      const progress = await transferPage(world.ctx, runId);
      if (progress.worked) pages.push(progress.worked);
      more = progress.more;
    }
    expect(pages).toEqual([1, 2, 4, 8, 16, 32, 64, 100, 23]);
    expect(await transferOf(world, runId)).toMatchObject({ done: { created: 250 }, hindered: null });
  });

  it("does all others where it fails on one record, which is tried again", async () => {
    for (const name of ["Ana", "Bia", "Poison", "Zoe"]) await story.prospect(name);
    for (let n = 0; n < 12; n += 1) await story.prospect(`Good${n}`);
    const runId = await allowed();
    failOn("Poison");
    for (let page = 0; page < 60 && (await itemsOf(world, runId, "planned")).length > 1; page += 1)
      await transferPage(world.ctx, runId).catch((error) =>
        expect(error).toMatchObject({ kind: "transient" }),
      );
    expect((await itemsOf(world, runId, "planned")).map(({ name }) => name)).toEqual(["Poison"]);
    vi.restoreAllMocks();
    await nextTurn();
    await runAll(world, runId);
    expect(await transferOf(world, runId)).toMatchObject({ state: "finished", done: { created: 16 } });
  });

  it("gives up one that it fails on alone while it answers otherwise, says so, and tries it again when asked", async () => {
    for (const name of ["Ana", "Poison", "Zoe"]) await story.prospect(name);
    const runId = await allowed();
    failOn("Poison");
    for (let page = 0; page < 60 && (await transferOf(world, runId)).state === "running"; page += 1) {
      await transferPage(world.ctx, runId).catch((error) =>
        expect(error).toMatchObject({ kind: "transient" }),
      );
      await nextTurn();
    }
    expect(await story.outcomes(runId)).toEqual([
      ["Ana", "created", undefined],
      ["Poison", "failing", "no_answer"],
      ["Zoe", "created", undefined],
    ]);
    expect(await transferOf(world, runId)).toMatchObject({
      state: "finished",
      done: { created: 2, failing: 1 },
    });
    vi.restoreAllMocks();
    await retryFailed({ ctx: world.ctx, input: { runId } });
    await runAll(world, runId);
    expect(await transferOf(world, runId)).toMatchObject({
      state: "finished",
      done: { created: 3, failing: 0 },
    });
  });

  it("waits longer for one that it fails on with every try, some seven minutes in all", async () => {
    await story.prospect("Poison");
    const runId = await allowed();
    failOn("Poison");
    let waits = 0;
    for (let page = 0; page < 8; page += 1) {
      await fails(runId);
      const [left] = await world.db.execute<{ seconds: number }>(
        "select extract(epoch from leased_until - at_try)::int as seconds from run_items, (select now() as at_try) n",
      );
      waits += left?.seconds ?? 0;
      await nextTurn();
    }
    expect(await itemsOf(world, runId)).toMatchObject([{ outcome: "planned", attempts: 8 }]);
    expect(waits).toBeGreaterThan(400);
    await fails(runId);
    expect(await itemsOf(world, runId)).toMatchObject([{ outcome: "failing" }]);
  });

  it("gives up nobody where it answers nobody, or says when to come again, however long one is alone", async () => {
    await story.prospect("Ours");
    const runId = await allowed();
    failOn("");
    for (let page = 0; page < 12; page += 1) await fails(runId);
    vi.restoreAllMocks();
    failOn("Ours", { "retry-after": "1" });
    for (let page = 0; page < 12; page += 1) await fails(runId);
    expect(await itemsOf(world, runId)).toMatchObject([{ outcome: "planned", attempts: 0 }]);
    vi.restoreAllMocks();
    await runAll(world, runId);
    expect(await transferOf(world, runId)).toMatchObject({ state: "finished", done: { created: 1 } });
  });

  it("gives up nobody while it takes nobody's writes and answers reads, however long one is alone", async () => {
    for (const name of ["Ana", "Bia"]) await story.prospect(name);
    const runId = await allowed();
    failWrites();
    for (let page = 0; page < 30; page += 1) {
      await fails(runId);
      await nextTurn();
    }
    expect((await itemsOf(world, runId)).map(({ outcome, attempts }) => [outcome, attempts])).toEqual([
      ["planned", 0],
      ["planned", 0],
    ]);
    vi.restoreAllMocks();
    await runAll(world, runId);
    expect(await transferOf(world, runId)).toMatchObject({ done: { created: 2 } });
  });

  it("gives up none of many that it fails on alike while nobody else is written, for they may be all", async () => {
    for (let n = 0; n < 12; n += 1) await story.prospect(`Poison${n}`);
    await story.prospect("Good");
    const runId = await allowed();
    await world.db.execute("update run_items set attempts = 8 where name like 'Poison%'");
    const later = "now() + interval '1 hour'";
    await world.db.execute(`update run_items set leased_until = ${later} where name = 'Good'`);
    failOn("Poison");
    for (let page = 0; page < 14; page += 1) await fails(runId);
    expect(await itemsOf(world, runId, "planned")).toHaveLength(13);
    await nextTurn();
    expect(await transferPage(world.ctx, runId)).toMatchObject({ worked: 1 });
    for (let page = 0; page < 3; page += 1) await fails(runId);
    expect(await itemsOf(world, runId, "failing")).toHaveLength(3);
  });

  it("gives up ten within an hour, and lets the others wait: so many are no fault of their own", async () => {
    await story.edited();
    for (let n = 0; n < 12; n += 1) await story.prospect(`Poison${n}`);
    const runId = await allowed();
    await world.db.execute("update run_items set attempts = 8");
    failOn("Poison");
    for (let page = 0; page < 12; page += 1) await fails(runId);
    const poisoned = (await itemsOf(world, runId)).filter(({ name }) => name?.startsWith("Poison"));
    const outcomes = poisoned.map(({ outcome }) => outcome).sort();
    expect(outcomes).toEqual([...Array(10).fill("failing"), "planned", "planned"]);
    await world.db.execute("update run_items set at = now() - interval '2 hours', leased_until = null");
    for (let page = 0; page < 2; page += 1) await fails(runId);
    expect(await itemsOf(world, runId, "failing")).toHaveLength(12);
  });

  it("still takes records apart of which pages died alone, as where one of them kills the process", async () => {
    for (const name of ["Ana", "Bia"]) await story.prospect(name);
    const runId = await allowed();
    await world.db.execute("update run_items set attempts = 3");
    failOn("");
    await fails(runId);
    vi.restoreAllMocks();
    expect((await itemsOf(world, runId)).map(({ attempts }) => attempts)).toEqual([3, 3]);
    expect(await transferPage(world.ctx, runId)).toMatchObject({ worked: 1 });
  });

  it("says what it waits for, since when and until when, and no more once it goes on", async () => {
    await story.prospect("Ours");
    const runId = await allowed();
    failOn("", { "retry-after": "600" });
    await fails(runId);
    expect((await shown(runId)).waiting).toBeNull();
    await waited(90);
    await fails(runId);
    const { waiting } = await shown(runId);
    expect(waiting?.kind).toBe("no_answer");
    expect(Date.now() - Date.parse(waiting?.since ?? "")).toBeGreaterThanOrEqual(90_000);
    expect(Date.parse(waiting?.until ?? "") - Date.now()).toBeGreaterThan(590_000);
    vi.restoreAllMocks();
    await transferPage(world.ctx, runId);
    expect((await shown(runId)).waiting).toBeNull();
  });

  it("says what HubSpot gave as its reason where it asked for a pause, and blames no record for it", async () => {
    await story.prospect("Ours");
    const runId = await allowed();
    await world.db.update(rateBudgets).set({
      pausedUntil: sql`now() + interval '1 hour'`,
      pauseReason: "moving",
    });
    await fails(runId);
    await waited(90);
    const { waiting } = await shown(runId);
    expect(waiting?.kind).toBe("moving");
    expect(Date.parse(waiting?.until ?? "") - Date.now()).toBeGreaterThan(3_500_000);
    expect((await itemsOf(world, runId)).map(({ attempts }) => attempts)).toEqual([0]);
    await world.db.delete(rateBudgets);
    expect(await transferPage(world.ctx, runId)).toMatchObject({ worked: 1 });
  });

  it("is not measured by how long it waited", async () => {
    for (const name of ["Ana", "Bia", "Zoe"]) await story.prospect(name);
    const runId = await allowed();
    await world.db.execute("update transfers set resumed_at = now() - interval '10 minutes'");
    expect((await shown(runId)).runningMs).toBeGreaterThanOrEqual(600_000);
    failOn("");
    await fails(runId);
    await waited(90);
    vi.restoreAllMocks();
    expect(await transferPage(world.ctx, runId)).toMatchObject({ worked: 1 });
    const { runningMs, lastMinute } = await shown(runId);
    expect(runningMs).toBeLessThan(60_000);
    expect(lastMinute).toBe(0);
    await runAll(world, runId);
    expect(await shown(runId)).toMatchObject({ lastMinute: 2 });
  });

  it("is not measured by how long nobody worked on it either", async () => {
    for (let n = 0; n < 101; n += 1) await story.prospect(`P${n}`);
    const runId = await allowed();
    await transferPage(world.ctx, runId);
    await world.db.execute(`update transfers set resumed_at = now() - interval '10 minutes',
      saved_at = now() - interval '5 minutes'`);
    await transferPage(world.ctx, runId);
    expect((await shown(runId)).runningMs).toBeLessThan(60_000);
  });
});
