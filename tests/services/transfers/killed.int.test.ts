// A transfer whose process is killed again and again does all of it, and nothing twice.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type BenchWorld, openBenchWorld } from "@/scripts/bench/transfer/open-bench-world";
import { runCase } from "@/scripts/bench/transfer/run-case";
import { itemsOf } from "./transfer";

const records = 800;
const kills = 4;

let folder: string;
let world: BenchWorld;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "killed-transfer-"));
  world = await openBenchWorld(folder, { limited: false });
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Milliseconds of each answer of HubSpot's: long enough that the first death comes before the end. */
const latency = 400;

it("killed four times, comes to what an undisturbed one comes to (Verifies: R-52)", async () => {
  const { transfer, run, left } = await runCase(world, "mixed", { records, kills, latency });
  expect(run.kills).toBe(kills);
  expect(transfer).toMatchObject({ state: "finished", total: 440, preview: { equal: 360, overwrites: 40 } });
  expect(transfer).toMatchObject({ done: { created: 400, updated: 40 }, changed: 0 });
  expect(run.databaseMs).toBeGreaterThan(0);
  const items = await itemsOf(world, transfer.runId);
  expect(items.filter(({ outcome }) => ["planned", "failing", "in_conflict"].includes(outcome))).toEqual([]);

  expect(left).toMatchObject({ contacts: records, prospects: records, links: records });
  const [told] = await world.db.execute(sql`
    select count(*) filter (where kind = 'contact/created')::int as created,
      count(*) filter (where kind = 'contact/edited')::int as edited,
      count(distinct prospect_id)::int as prospects from activities where run_id is not null and side is not null`);
  expect(told).toEqual({ created: 400, edited: 40, prospects: 440 });
});
