import { type ChildProcess, spawn } from "node:child_process";
import { Fault } from "../bootstrap/fault.mjs";
import type { RunAs } from "../postgres/run-as";
import { openLogFile } from "./log-file";
import { until, wait } from "./poll";
import { endGroup, forgetGroup, killGroup, recordGroup } from "./process-group";
import { readLines } from "./read-lines";
import { terminal } from "./terminal";

/** A program that the supervisor keeps running. */
export type PartSpec = {
  name: string;
  command: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
  as?: RunAs;
  stopSignal: NodeJS.Signals;
  readyWithinMs: number;
  beforeStart?: () => Promise<void>;
  isReady: () => Promise<boolean>;
  /** Which lines of its log people should see at once. */
  isProblem: (line: string) => boolean;
};

export type Part = { name: string; start(): Promise<void>; stop(): Promise<void>; kill(): void };

const longestPauseMs = 10_000;
const healthyAfterMs = 30_000;

/**
 * Starts a part in a process group of its own and starts it again whenever it ends, after a pause that grows
 * while it keeps ending at once. Only `stop` ends it for good.
 */
export function createPart(spec: PartSpec, dirs: { run: string; logs: string }): Part {
  const log = openLogFile(`${dirs.logs}/${spec.name}.log`);
  const recent: string[] = [];
  let child: ChildProcess | undefined;
  let stopping = false;
  let pauseMs = 250;

  async function launch(): Promise<ChildProcess> {
    await spec.beforeStart?.();
    if (stopping) throw new Error("is being stopped");
    const started = spawn(spec.command, spec.args, {
      cwd: spec.cwd,
      env: spec.env,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      ...(spec.as && { uid: spec.as.uid, gid: spec.as.gid }),
    });
    child = started;
    if (started.pid) recordGroup(dirs.run, spec.name, started.pid);
    readLines(started, (line) => {
      log.write(`${line}\n`);
      recent.splice(0, recent.length - 19);
      recent.push(line);
      if (spec.isProblem(line)) terminal.problem(`${spec.name}: ${line}`);
    });
    return started;
  }

  async function start(): Promise<void> {
    const started = await launch();
    const ended = endOf(started);
    let gone: string | undefined;
    ended.then((how) => {
      gone = how;
    });
    const ready = await until(spec.isReady, {
      withinMs: spec.readyWithinMs,
      givenUp: () => gone !== undefined || stopping,
    });
    if (stopping) return;
    if (!ready) {
      const why = gone
        ? `ended (${gone}) before it was ready`
        : `was not ready after ${spec.readyWithinMs / 1000} s`;
      throw new Fault(
        [`The ${spec.name} ${why}. Its last words, also in ${log.path}:`, ...recent].join("\n  "),
      );
    }
    void keepRunning(ended);
  }

  async function keepRunning(firstEnd: Promise<string>): Promise<void> {
    let ended = firstEnd;
    let since = Date.now();
    for (;;) {
      const how = await ended;
      if (stopping) return;
      // Whatever it started itself must not outlive it.
      if (child?.pid) killGroup(child.pid);
      if (Date.now() - since > healthyAfterMs) pauseMs = 250;
      terminal.problem(`The ${spec.name} ended (${how}); starting it again.`);
      await wait(pauseMs);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
      if (stopping) return;
      since = Date.now();
      ended = launch().then(endOf, (error: Error) => error.message);
    }
  }

  return {
    name: spec.name,
    start,
    async stop() {
      stopping = true;
      if (child?.pid) await endGroup(child.pid, spec.stopSignal, 8_000);
      forgetGroup(dirs.run, spec.name);
    },
    kill: () => child?.pid && killGroup(child.pid),
  };
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(signal ?? `code ${code}`));
  });
}
