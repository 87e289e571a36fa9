import { ApiError } from "../http/api-error";
import type { Reply } from "../http/reply";

type Outcome<T> = { ok: true; result: T } | { ok: false; error: ApiError; context: Record<string, string[]> };

/**
 * Runs a batch as HubSpot does: with a trace id on every input, each stands alone and the answer
 * is a 207; without, the first fault refuses the whole batch.
 */
export function runBatch<I extends { objectWriteTraceId?: string | undefined }, T extends object>(
  inputs: I[],
  status: number,
  check: (input: I) => unknown,
  run: (input: I) => T,
): Reply {
  const traced = inputs.length > 0 && inputs.every((input) => input.objectWriteTraceId);
  if (!traced) for (const input of inputs) check(input);
  const outcomes = inputs.map((input): Outcome<T> => {
    const trace = input.objectWriteTraceId;
    try {
      return { ok: true, result: { ...run(input), ...(trace ? { objectWriteTraceId: trace } : {}) } };
    } catch (error) {
      if (!(error instanceof ApiError) || !trace) throw error;
      return { ok: false, error, context: { objectWriteTraceId: [trace] } };
    }
  });
  const errors = outcomes.flatMap((outcome) =>
    outcome.ok ? [] : [outcome.error.batchItem(outcome.context)],
  );
  return batchAnswer(
    status,
    outcomes.flatMap((outcome) => (outcome.ok ? [outcome.result] : [])),
    errors,
  );
}

export function batchAnswer(status: number, results: object[], errors: object[]): Reply {
  const at = new Date().toISOString();
  const body = { status: "COMPLETE", results, startedAt: at, completedAt: at };
  if (errors.length === 0) return { status, body };
  return { status: 207, body: { ...body, numErrors: errors.length, errors } };
}
