import { randomUUID } from "node:crypto";
import type { Transaction } from "./database";
import { endOfWait } from "./duration";
import { finishRun, type Run } from "./finish-run";
import type { RunnerFunction } from "./function-config";
import { enqueue } from "./jobs";
import { InvokeOptions, type Opcode, type StoredEvent, toRunError } from "./protocol";
import { advanceRun, recordStep } from "./resolve-step";
import type { Runner } from "./runner";
import { startRun } from "./start-run";

type Context = { run: Run; fn: RunnerFunction };

/** Names under which people know the opcodes that this runner refuses. */
const REFUSED: Record<string, string> = {
  WaitForEvent: "step.waitForEvent",
  WaitForSignal: "step.waitForSignal",
  AIGateway: "step.ai.infer",
  Gateway: "step.fetch",
  DeferAdd: "deferred functions",
  DeferAbort: "deferred functions",
};

/** Applies the steps of one answer in the transaction that settles its call. */
export async function applyOpcodes(
  runner: Runner,
  tx: Transaction,
  context: Context,
  ops: Opcode[],
): Promise<void> {
  const { run } = context;
  const refused = ops.map(refusedFeature).find((feature) => feature !== null);
  if (refused) {
    const message = `${run.functionId} uses ${refused}, which the embedded runner does not support`;
    return finishRun(runner, tx, run.id, { status: "failed", error: { name: "UnsupportedError", message } });
  }
  if (ops.length === 0 && !(await hasPendingStep(tx, run.id))) {
    const error = { name: "Error", message: "The SDK answered that it waits for steps, but none is pending" };
    return finishRun(runner, tx, run.id, { status: "failed", error });
  }
  if (ops.length > 1) await tx`update runner_runs set plan_only = true where id = ${run.id}`;
  for (const op of ops) await applyOpcode(runner, tx, context, op);
  await advanceRun(tx, run.id);
}

/** Records a step that has ended, as checkpoints send them; false for an opcode that is not such a step. */
export async function recordEndedStep(tx: Transaction, runId: string, op: Opcode): Promise<boolean> {
  const step = { id: op.id, op: op.op, name: op.displayName ?? op.name ?? null };
  if (op.op === "StepRun" || op.op === "Step") await recordStep(tx, runId, step, { data: op.data ?? null });
  else if (op.op === "StepFailed" || op.op === "StepError")
    await recordStep(tx, runId, step, { error: toRunError(op.error) });
  else return false;
  return true;
}

async function applyOpcode(runner: Runner, tx: Transaction, context: Context, op: Opcode): Promise<void> {
  const { run } = context;
  if (await recordEndedStep(tx, run.id, op)) return;
  if (op.op === "RunComplete") return finishRun(runner, tx, run.id, { status: "completed", output: op.data });
  if (op.op === "DiscoveryRequest") return;
  if (!(await addPendingStep(tx, run.id, op))) return;
  if (op.op === "StepPlanned") await enqueueCall(tx, run, op.id);
  else if (op.op === "Sleep") await wait(tx, run, op.id, "sleep", op.name ?? "");
  else if (op.op === "InvokeFunction") await invoke(runner, tx, run, op);
}

function refusedFeature(op: Opcode): string | null {
  if (op.opts?.parallelMode === "race") return 'parallel mode "race"';
  if (REFUSED[op.op]) return REFUSED[op.op] ?? null;
  const known = [
    "Step",
    "StepRun",
    "StepFailed",
    "StepError",
    "StepPlanned",
    "Sleep",
    "InvokeFunction",
    "RunComplete",
    "DiscoveryRequest",
  ];
  return known.includes(op.op) ? null : `the opcode ${op.op}`;
}

async function hasPendingStep(tx: Transaction, runId: string): Promise<boolean> {
  return (
    (await tx`select 1 from runner_steps where run_id = ${runId} and state = 'pending' limit 1`).length > 0
  );
}

async function addPendingStep(tx: Transaction, runId: string, op: Opcode): Promise<boolean> {
  const rows = await tx`
    insert into runner_steps (run_id, id, op, name, state)
    values (${runId}, ${op.id}, ${op.op}, ${op.displayName ?? op.name ?? null}, 'pending')
    on conflict (run_id, id) do nothing returning 1`;
  return rows.length === 1;
}

async function enqueueCall(tx: Transaction, run: Run, stepId: string): Promise<void> {
  const { concurrencyKeys, concurrencyLimits } = run;
  await enqueue(tx, {
    kind: "call",
    dedupeKey: `${run.id}:${stepId}`,
    runId: run.id,
    stepId,
    concurrencyKeys,
    concurrencyLimits,
  });
}

async function wait(
  tx: Transaction,
  run: Run,
  stepId: string,
  kind: "sleep" | "invoke-timeout",
  until: string,
): Promise<void> {
  const runAt = endOfWait(until, new Date());
  if (!runAt) throw new Error(`the SDK asked to wait "${until}", which is neither a duration nor a date`);
  await enqueue(tx, { kind, dedupeKey: `${run.id}:${stepId}:${kind}`, runId: run.id, stepId, runAt });
}

async function invoke(runner: Runner, tx: Transaction, run: Run, op: Opcode): Promise<void> {
  const options = InvokeOptions.parse(op.opts);
  const fn = runner.functions.get(options.function_id);
  if (!fn) {
    const error = { name: "Error", message: `There is no function ${options.function_id} to invoke` };
    await recordStep(tx, run.id, { id: op.id, op: op.op, name: null }, { error });
    return;
  }
  const event: StoredEvent = {
    id: randomUUID(),
    name: "inngest/function.invoked",
    ts: Date.now(),
    user: {},
    data: { ...options.payload?.data, _inngest: { fn_id: fn.id, correlation_id: `${run.id}.${op.id}` } },
    ...(options.payload?.meta ? { meta: options.payload.meta } : {}),
  };
  const started = await startRun(runner, tx, fn, event, { runId: run.id, stepId: op.id });
  if (started === null) {
    const error = {
      name: "Error",
      message: `${fn.id} was not started: its idempotency or singleton rule skipped it`,
    };
    await recordStep(tx, run.id, { id: op.id, op: op.op, name: null }, { error });
    return;
  }
  if (options.timeout) await wait(tx, run, op.id, "invoke-timeout", options.timeout);
}
