import { claimJobs } from "./claim";
import { isDatabaseAway } from "./database";
import { every } from "./every";
import { JOBS_CHANNEL, type Job } from "./jobs";
import { releaseLeases, renewLeases } from "./lease";
import { reasonOf } from "./log";
import { runJob } from "./run-job";
import type { Runner } from "./runner";

const PAUSE_WITHOUT_DATABASE_MS = 500;

export type Worker = { start: () => void; wake: () => void; stop: (graceMs: number) => Promise<void> };

/** Claims jobs and does up to `maxJobs` at once, woken by notifications or by the next job's time. */
export function createWorker(runner: Runner, maxJobs: number): Worker {
  const running = new Map<number, { job: Job; done: Promise<void> }>();
  let isStopping = false;
  let isDatabaseLost = false;
  let loop: Promise<void> | undefined;
  const alarm = createAlarm();

  const stopRenewing = every(runner.leaseMs / 3, "renewing leases", runner.log, () =>
    renewLeases(
      runner.db,
      [...running.values()].map((entry) => entry.job),
      runner.leaseMs,
    ),
  );

  async function work(): Promise<void> {
    while (!isStopping) {
      alarm.reset();
      const idleMs = await takeJobs();
      if (idleMs > 0) await alarm.wait(idleMs);
    }
  }

  /** How long to sleep before the next look. */
  async function takeJobs(): Promise<number> {
    const free = maxJobs - running.size;
    if (free <= 0) return PAUSE_WITHOUT_DATABASE_MS;
    try {
      const { jobs, idleMs } = await claimJobs(runner.db, runner.id, runner.leaseMs, free, [
        ...running.keys(),
      ]);
      if (isDatabaseLost) runner.log.info("the database is back");
      isDatabaseLost = false;
      for (const job of jobs) begin(job);
      return idleMs;
    } catch (error) {
      if (!isDatabaseLost) runner.log.error("jobs cannot be claimed", { reason: reasonOf(error) });
      isDatabaseLost = isDatabaseAway(error);
      return PAUSE_WITHOUT_DATABASE_MS;
    }
  }

  function begin(job: Job): void {
    const done = runJob(runner, job)
      .catch((error: unknown) => {
        if (!isStopping)
          runner.log.error("a job failed and waits for its lease to lapse", { reason: reasonOf(error) });
      })
      .finally(() => {
        running.delete(job.id);
        alarm.ring();
      });
    running.set(job.id, { job, done });
  }

  /** Once it listens, postgres.js listens again by itself after an outage. Until then the worker looks every second. */
  async function listen(): Promise<void> {
    while (!isStopping) {
      try {
        await runner.db.listen(JOBS_CHANNEL, alarm.ring, alarm.ring);
        return;
      } catch {
        await pause(PAUSE_WITHOUT_DATABASE_MS);
      }
    }
  }

  return {
    start: () => {
      loop ??= work();
      void listen();
    },
    wake: alarm.ring,
    stop: async (graceMs) => {
      isStopping = true;
      alarm.ring();
      await loop;
      await Promise.race([Promise.all([...running.values()].map((entry) => entry.done)), pause(graceMs)]);
      await stopRenewing();
      await releaseLeases(
        runner.db,
        [...running.values()].map((entry) => entry.job),
      ).catch(() => {});
    },
  };
}

function createAlarm() {
  let hasRung = false;
  let wakeUp = () => {};
  return {
    reset: () => {
      hasRung = false;
    },
    ring: () => {
      hasRung = true;
      wakeUp();
    },
    wait: (ms: number) =>
      new Promise<void>((resolve) => {
        if (hasRung) return resolve();
        const timer = setTimeout(resolve, ms);
        wakeUp = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
