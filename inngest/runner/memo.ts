import type { Database } from "./database";
import type { StepResult } from "./protocol";

export type Memo = {
  steps: Record<string, StepResult>;
  /** Step ids in the order of their completion. */
  order: string[];
  /** Bytes of all results. */
  size: number;
};

/** Results of the steps that a run has behind it, in the form that the SDK replays. */
export async function readMemo(db: Database, runId: string): Promise<Memo> {
  const rows = await db<{ id: string; result: StepResult; size: number }[]>`
    select id, result, octet_length(result::text) as size from runner_steps
    where run_id = ${runId} and state = 'done' order by position`;
  return {
    steps: Object.fromEntries(rows.map((row) => [row.id, row.result])),
    order: rows.map((row) => row.id),
    size: rows.reduce((sum, row) => sum + row.size, 0),
  };
}
