import { type ChildProcess, fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { allInvariants } from "@/tests/proof/invariants";
import { Fault } from "../bootstrap/fault.mjs";
import { tellBreaks } from "../breaks/try-breaks";
import { givenOptions } from "../given-options";
import { wholeOption } from "../whole-option";
import { breaks, proofOfPlanner } from "./breaks";
import type { Answer } from "./worker";

const usage = "npm run prove -- [--cases 100000] [--seed S] [--breaks]";

const options = {
  cases: { type: "string", default: "100000" },
  seed: { type: "string" },
  path: { type: "string" },
  invariant: { type: "string" },
  breaks: { type: "boolean", default: false },
} as const;

/** Small enough that all processors are busy to the end, and that a counterexample is not long in coming. */
const slice = 5_000;

/**
 * `npm run prove -- --cases N [--seed S]`: holds the planner's invariants and its oracle against drawn cases, on all
 * processors. A counterexample is printed with the command that repeats it (`--seed --path --invariant`).
 * `--breaks` makes mistakes in the planner on purpose instead, and tells which invariants notice.
 */
export async function main(args: string[]): Promise<void> {
  const values = givenOptions(args, options, usage);
  if (values.breaks) return tellBreaks(proofOfPlanner, breaks);
  const cases = wholeOption("cases", values.cases, 1);
  const seed = wholeOption("seed", values.seed ?? String(Math.floor(Math.random() * 2 ** 31)), 0);
  const names = allInvariants.map(({ name }) => name);
  if (values.invariant !== undefined && !names.includes(values.invariant))
    throw new Fault(`No invariant is called "${values.invariant}". There are: ${names.join(", ")}`);
  const started = performance.now();
  console.log(`Seed ${seed}`);
  const task = { path: values.path, only: values.invariant };
  const slices = values.path
    ? [{ ...task, cases: 1, seed }]
    : Array.from({ length: Math.ceil(cases / slice) }, (_, index) => ({
        ...task,
        cases: Math.min(slice, cases - index * slice),
        // Runs with neighbouring seeds draw other cases.
        seed: (seed + index * 1_000_003) % 2 ** 31,
      }));
  const { tried, failures } = await runSlices(slices);
  for (const failure of failures) console.error(`\n${failure}`);
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  console.log(JSON.stringify({ cases: tried, failures: failures.length, seconds }));
  process.exit(failures.length ? 1 : 0);
}

export type Slice = { cases: number; seed: number; path: string | undefined; only: string | undefined };

/** Hands the slices out to one process per processor, until one of them finds a counterexample. */
async function runSlices(slices: Slice[]): Promise<{ tried: number; failures: string[] }> {
  const left = [...slices];
  const failures: string[] = [];
  let tried = 0;
  let told = Date.now();
  const workers = Array.from({ length: Math.min(availableParallelism(), slices.length) }, startWorker);
  await Promise.all(workers.map(work));
  return { tried, failures };

  async function work(worker: ChildProcess): Promise<void> {
    for (let next = left.shift(); next && !failures.length; next = left.shift()) {
      const answer = await ask(worker, next);
      tried += next.cases;
      if (answer.failure !== null) failures.push(answer.failure);
      if (Date.now() - told < 10_000) continue;
      told = Date.now();
      console.log(`  ${tried} cases`);
    }
    worker.kill();
  }
}

function startWorker(): ChildProcess {
  return fork(fileURLToPath(new URL("./worker.ts", import.meta.url)), { execArgv: ["--import", "tsx"] });
}

function ask(worker: ChildProcess, task: Slice): Promise<Pick<Answer, "failure">> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null, signal: string | null) =>
      reject(new Error(`A prover ended (${code ?? signal}) before it answered.`));
    worker.once("exit", ended);
    worker.once("message", (answer) => {
      worker.off("exit", ended);
      const { fault, failure } = answer as Answer;
      if (fault === null) resolve({ failure });
      else reject(new Fault(fault));
    });
    worker.send(task);
  });
}
