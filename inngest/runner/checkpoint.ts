import { inTransaction } from "./database";
import { recordEndedStep } from "./opcodes";
import type { Checkpoint } from "./protocol";
import type { Runner } from "./runner";

/**
 * Saves steps that ended while their call is still open. "stale" when a newer call of the run has begun, or the
 * run has ended: the SDK must halt, for its work belongs to nobody any more.
 */
export async function saveCheckpoint(
  runner: Runner,
  runId: string,
  checkpoint: Checkpoint,
): Promise<"saved" | "stale" | "refused"> {
  return inTransaction(runner.db, async (tx) => {
    const [run] = await tx<{ generation: number }[]>`
      select generation from runner_runs where id = ${runId} and status = 'running' for update`;
    if (!run || run.generation !== checkpoint.generation_id) return "stale";
    const jobs = await tx`
      update runner_jobs set interruptions = 0
      where id = ${checkpoint.qi_id} and run_id = ${runId} and claimed_by is not null returning 1`;
    if (jobs.length === 0) return "stale";
    for (const op of checkpoint.steps) {
      if (!(await recordEndedStep(tx, runId, op))) throw new UnexpectedCheckpoint(op.op);
    }
    return "saved" as const;
  }).catch((error: unknown) => {
    if (error instanceof UnexpectedCheckpoint) return "refused";
    throw error;
  });
}

/** Rolls the checkpoint back; the SDK then answers with these steps instead. */
class UnexpectedCheckpoint extends Error {}
