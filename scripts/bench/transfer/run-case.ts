import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { eq, sql } from "drizzle-orm";
import { readTransferRow, type Transfer } from "@/db/queries/transfers";
import { integrations } from "@/db/schema/integrations";
import { linkExistingPage } from "@/services/sync/link-existing";
import { allowTransfer } from "@/services/transfers/allow-transfer";
import { startPreview } from "@/services/transfers/start-preview";
import { ACCOUNT } from "@/tests/sandbox/test-sandbox";
import type { Left } from "./figures";
import { addProspects, addTheirContacts, type BenchWorld } from "./open-bench-world";

export const cases = ["out", "in", "mixed"] as const;
export type Case = (typeof cases)[number];

export type Told = {
  transfer: Transfer;
  preview: { calls: number; seconds: number };
  run: { calls: number; seconds: number; peakMb: number; databaseMs: number; kills: number };
  left: Left;
};

/** Previews and runs one transfer in a process of its own, which is killed `kills` times on the way. */
export async function runCase(
  world: BenchWorld,
  which: Case,
  { records, kills, latency }: { records: number; kills: number; latency: number },
): Promise<Told> {
  await fill(world, which, records);
  await world.sandbox.control("PUT", "/faults", { latencyMs: latency });
  const { ctx, integrationId } = world;
  const { runId } = await startPreview({
    ctx,
    input: { integrationId, fromSnov: which !== "in", fromHubspot: which === "in" },
  });
  await world.countCalls();
  const preview = await work(world, runId, 0);
  await allowTransfer({ ctx, input: { runId } });
  const run = await work(world, runId, kills);
  const transfer = await readTransferRow(world.db, ctx.workspaceId, runId);
  if (!transfer) throw new Error("the transfer is gone");
  return { transfer, preview, run, left: await whatIsLeft(world) };
}

async function whatIsLeft({ db, sandbox }: BenchWorld): Promise<Left> {
  const { body } = await sandbox.control<{ total: number }>("GET", `/accounts/${ACCOUNT}/contacts?limit=1`);
  const [here] = await db.execute<Omit<Left, "contacts">>(sql`
    select (select count(*)::int from prospects where deleted_at is null) as prospects,
      (select count(*)::int from record_links) as links,
      (select count(*)::int from activities where run_id is not null) as activities`);
  if (!here) throw new Error("expected a row");
  return { contacts: body.total, ...here };
}

async function fill(world: BenchWorld, which: Case, records: number): Promise<void> {
  if (which === "in")
    await world.sandbox.control("POST", `/accounts/${ACCOUNT}/contacts/load`, { count: records });
  else await addProspects(world, records);
  if (which === "mixed") await addTheirContacts(world, records / 2);
  if (which === "mixed") while ((await linkExistingPage(world.ctx, world.integrationId)).more);
  await world.db
    .update(integrations)
    .set({ existingLinkedAt: new Date() })
    .where(eq(integrations.id, world.integrationId));
}

/** Timed from its first word on: that a process loads its modules is no part of a transfer, where it need not be started anew. */
async function work(world: BenchWorld, runId: string, kills: number) {
  let begun: number | undefined;
  const databaseBefore = await databaseMs(world);
  let [peakMb, killed] = [0, 0];
  for (;;) {
    const worker = fork(fileURLToPath(new URL("./worker.ts", import.meta.url)), [runId], {
      execArgv: ["--import", "tsx"],
    });
    worker.on("message", (mb) => {
      begun ??= performance.now();
      peakMb = Math.max(peakMb, Number(mb));
    });
    const ended = new Promise<boolean>((resolve) => worker.once("exit", (code) => resolve(code === 0)));
    const death = killed < kills ? killLater(worker) : new Promise<boolean>(() => {});
    if (await Promise.race([ended, death])) break;
    if (killed >= kills) throw new Error("the worker failed");
    killed += 1;
    await ended;
  }
  const seconds = (performance.now() - (begun ?? Number.NaN)) / 1000;
  return {
    calls: await world.countCalls(),
    seconds,
    peakMb: Math.round(peakMb),
    databaseMs: (await databaseMs(world)) - databaseBefore,
    kills: killed,
  };
}

/** How long statements have taken in this database, those of sessions that have ended or are idle. */
async function databaseMs({ db }: BenchWorld): Promise<number> {
  const [row] = await db.execute(
    sql`select active_time from pg_stat_database where datname = current_database()`,
  );
  return Number(row?.active_time ?? 0);
}

/** At a random moment of its work. */
async function killLater(worker: ChildProcess): Promise<boolean> {
  await once(worker, "message");
  await wait(Math.random() * 1500);
  worker.kill("SIGKILL");
  return false;
}
