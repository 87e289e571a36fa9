import { randomUUID } from "node:crypto";
import { keyOf } from "./cel";
import { concurrencySlots } from "./concurrency";
import { jsonText, type Transaction } from "./database";
import { finishRun } from "./finish-run";
import type { RunnerFunction } from "./function-config";
import { DISCOVERY, enqueue } from "./jobs";
import type { StoredEvent } from "./protocol";
import type { Runner } from "./runner";

export type ParentStep = { runId: string; stepId: string };

/** Creates a run and its first call. Null when idempotency or singleton keeps it from starting. */
export async function startRun(
  runner: Runner,
  tx: Transaction,
  fn: RunnerFunction,
  event: StoredEvent,
  parent?: ParentStep,
): Promise<string | null> {
  const id = randomUUID();
  if (fn.idempotency && !(await takeIdempotencyKey(tx, `${fn.id}:${keyOf(fn.idempotency, { event })}`, id)))
    return null;
  const slots = concurrencySlots(fn, event);
  const singletonKey = fn.singleton ? `${fn.id}:${keyOf(fn.singleton.key, { event })}` : null;

  const insert = () => tx`
    insert into runner_runs
      (id, function_id, status, event, concurrency_keys, concurrency_limits, singleton_key, parent_run_id, parent_step_id)
    values (${id}, ${fn.id}, 'queued', ${jsonText(event)}::text::json, ${slots.keys}::text[], ${slots.limits}::int[],
      ${singletonKey}, ${parent?.runId ?? null}, ${parent?.stepId ?? null})
    on conflict (singleton_key) where status in ('queued', 'running') do nothing returning 1`;

  while ((await insert()).length === 0) {
    if (fn.singleton?.mode !== "cancel") return null;
    const live = await tx<{ id: string }[]>`
      select id from runner_runs where singleton_key = ${singletonKey} and status in ('queued', 'running')`;
    for (const run of live) await finishRun(runner, tx, run.id, { status: "cancelled" });
  }
  await enqueue(tx, {
    kind: "call",
    dedupeKey: `${id}:${DISCOVERY}`,
    runId: id,
    stepId: DISCOVERY,
    concurrencyKeys: slots.keys,
    concurrencyLimits: slots.limits,
  });
  return id;
}

async function takeIdempotencyKey(tx: Transaction, key: string, runId: string): Promise<boolean> {
  const rows = await tx`
    insert into runner_idempotency_keys as own (key, run_id, expires_at) values (${key}, ${runId}, now() + interval '24 hours')
    on conflict (key) do update set run_id = excluded.run_id, expires_at = excluded.expires_at where own.expires_at <= now()
    returning 1`;
  return rows.length === 1;
}
