import { lastSlot } from "./cron-slot";
import { inTransaction } from "./database";
import type { RunnerFunction } from "./function-config";
import type { Runner } from "./runner";
import { startRun } from "./start-run";

/**
 * Starts what is due by the clock. The slot's row moves forward once, so a slot starts one run in all processes.
 * Of the slots that passed while no runner was there, the last one is made up for.
 */
export function createCron(runner: Runner, clock: () => Date = () => new Date()) {
  const checked = new Map<string, number>();

  return async function startDueCrons(): Promise<void> {
    for (const fn of runner.functions.all()) {
      for (const cron of fn.crons) {
        const slot = lastSlot(cron, clock());
        const key = `${fn.id} ${cron}`;
        if (checked.get(key) === slot.getTime()) continue;
        await startSlot(runner, fn, cron, slot, clock());
        checked.set(key, slot.getTime());
      }
    }
  };
}

async function startSlot(
  runner: Runner,
  fn: RunnerFunction,
  cron: string,
  slot: Date,
  now: Date,
): Promise<void> {
  await inTransaction(runner.db, async (tx) => {
    // A schedule that is new owes nothing for the past.
    await tx`
      insert into runner_cron_slots (function_id, cron, last_slot) values (${fn.id}, ${cron}, ${now}) on conflict do nothing`;
    const moved = await tx`
      update runner_cron_slots set last_slot = ${slot}
      where function_id = ${fn.id} and cron = ${cron} and last_slot < ${slot} returning 1`;
    if (moved.length === 0) return;
    await startRun(runner, tx, fn, {
      id: `${fn.id}:${cron}:${slot.toISOString()}`,
      name: "inngest/scheduled.timer",
      data: { cron },
      ts: slot.getTime(),
      user: {},
    });
  });
}
