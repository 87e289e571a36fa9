import { matches } from "./cel";
import type { Transaction } from "./database";
import { debounceEvent } from "./debounce";
import { parseDuration } from "./duration";
import { finishRun } from "./finish-run";
import type { StoredEvent } from "./protocol";
import type { Runner } from "./runner";
import { startRun } from "./start-run";

/** Cancels and starts what one event asks for. Runs that exist see it before it starts new ones. */
export async function routeEvent(runner: Runner, tx: Transaction, event: StoredEvent): Promise<void> {
  await cancelRuns(runner, tx, event);
  for (const { fn, expression } of runner.functions.triggeredBy(event.name)) {
    if (!matches(expression, { event })) continue;
    if (fn.debounce) await debounceEvent(tx, fn, event);
    else await startRun(runner, tx, fn, event);
  }
}

async function cancelRuns(runner: Runner, tx: Transaction, event: StoredEvent): Promise<void> {
  const rules = runner.functions.cancelledBy(event.name);
  if (rules.length === 0) return;
  const runs = await tx<{ id: string; functionId: string; event: StoredEvent; ageMs: number }[]>`
    select id, function_id, event, (extract(epoch from now() - created_at) * 1000)::float8 as age_ms from runner_runs
    where function_id = any(${rules.map((rule) => rule.fn.id)}::text[]) and status in ('queued', 'running')
    order by id`;
  for (const run of runs) {
    const isCancelled = rules.some(
      (rule) =>
        rule.fn.id === run.functionId &&
        (rule.timeout === undefined || run.ageMs < (parseDuration(rule.timeout) ?? 0)) &&
        matches(rule.if, { event: run.event, async: event }),
    );
    if (isCancelled) await finishRun(runner, tx, run.id, { status: "cancelled" });
  }
}
