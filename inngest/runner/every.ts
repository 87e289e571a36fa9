import { isDatabaseAway } from "./database";
import { type RunnerLog, reasonOf } from "./log";

/** Repeats a task, never beside itself, until the returned function is called; that waits for the last turn. */
export function every(
  ms: number,
  name: string,
  log: RunnerLog,
  task: () => Promise<unknown>,
): () => Promise<void> {
  let isStopped = false;
  let turn: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout;
  const schedule = () => {
    timer = setTimeout(() => {
      turn = task()
        .then(() => {})
        .catch((error: unknown) => {
          // The worker's own log line tells of an absent database.
          if (!isDatabaseAway(error)) log.error(`${name} failed`, { reason: reasonOf(error) });
        })
        .finally(() => {
          if (!isStopped) schedule();
        });
    }, ms);
  };
  schedule();
  return async () => {
    isStopped = true;
    clearTimeout(timer);
    await turn;
  };
}
