import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { addTotals, explain, noTotals, simulateMany, type Totals } from "@/tests/simulation/simulate-many";
import { Fault } from "../bootstrap/fault.mjs";
import { root } from "../bootstrap/root.mjs";
import { type Break, tellBreaks } from "../breaks/try-breaks";
import { givenOptions } from "../given-options";
import { wholeOption } from "../whole-option";
import { breaks, proofOfLine } from "./breaks";
import { pointsTable } from "./points-table";
import { withServer } from "./with-server";

const usage =
  "npm run simulate -- [--runs 1000] [--seed 1] [--workers 1] [--points] [--breaks [--mistake PART-OF-ITS-NAME ...]]";

/** What a part says last, to whoever asked for it. */
const totalsAre = "totals ";

/** Of failures after these the last steps are not printed, only what is needed to see them again. */
const MOST_TRACES = 5;

/** `npm run simulate`: the whole sync line through hostile schedules. The last line is JSON. */
export async function main(args: string[]): Promise<void> {
  const options = optionsOf(args);
  const chosen = chosenBreaks(options.mistake);
  if (options.breaks)
    return withServer((server) => {
      process.env.TEST_DATABASE_URL = server;
      return tellBreaks(proofOfLine, chosen);
    });
  const begun = performance.now();
  const totals = await withServer((server) =>
    options.workers > 1 ? share(server, options) : simulate(server, options),
  );
  const { runs, failures, edits, faults, crashes } = totals;
  if (options.points) console.log(pointsTable(totals));
  if (options.part) console.log(`${totalsAre}${JSON.stringify(totals)}`);
  else {
    console.log(`${Math.round((performance.now() - begun) / Math.max(1, runs))} ms a run`);
    console.log(JSON.stringify({ runs, failures, edits, faults, crashes }));
  }
  process.exit(failures ? 1 : 0);
}

type Options = {
  runs: number;
  seed: number;
  workers: number;
  points: boolean;
  breaks: boolean;
  mistake: string[];
  part: boolean;
};

async function simulate(server: string, { runs, seed }: Options): Promise<Totals> {
  let [done, shown] = [0, 0];
  return simulateMany(server, {
    runs,
    seed,
    onRun: (result) => {
      if (runs === 1) console.log(`${result.trace.join("\n")}\ntrace ${result.digest}`);
      done += 1;
      if (done % 500 === 0 && done < runs)
        console.log(`${done} of ${runs} runs from seed ${seed}, ${shown} failed`);
      if (!result.violations.length) return;
      shown += 1;
      console.log(explain(result, runs === 1 || shown > MOST_TRACES ? 0 : 60));
    },
  });
}

/** The same seeds, in as many processes; each has a database of its own. */
async function share(server: string, { runs, seed, workers }: Options): Promise<Totals> {
  const each = Math.ceil(runs / workers);
  const parts = Array.from({ length: workers }, (_, at) => ({
    seed: seed + at * each,
    runs: Math.max(0, Math.min(each, runs - at * each)),
  })).filter((part) => part.runs > 0);
  const totals = noTotals();
  for (const part of await Promise.all(parts.map((part) => runPart(server, part)))) addTotals(totals, part);
  return totals;
}

function runPart(server: string, { runs, seed }: { runs: number; seed: number }): Promise<Totals> {
  const args = ["--simulate", "--part", "--runs", String(runs), "--seed", String(seed)];
  const child = spawn(process.execPath, [join(root, "scripts/start.mjs"), ...args], {
    cwd: root,
    env: { ...process.env, TEST_DATABASE_URL: server },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const stop = () => child.kill();
  process.once("exit", stop);
  let totals: string | undefined;
  createInterface(child.stdout).on("line", (line) => {
    if (line.startsWith(totalsAre)) totals = line.slice(totalsAre.length);
    else console.log(line);
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      process.off("exit", stop);
      if (totals) resolve(JSON.parse(totals));
      else reject(new Error(`a part of the simulation ended with ${code}`));
    });
  });
}

/** Those that have one of these in their names; all of them without any. */
function chosenBreaks(parts: string[]): Break[] {
  const unknown = parts.find((part) => !breaks.some(({ mistake }) => mistake.includes(part)));
  if (unknown !== undefined) throw new Fault(`No mistake is called "${unknown}".\n${usage}`);
  return breaks.filter(({ mistake }) => !parts.length || parts.some((part) => mistake.includes(part)));
}

function optionsOf(args: string[]): Options {
  const { runs, seed, workers, ...rest } = givenOptions(
    args,
    {
      runs: { type: "string", default: "1000" },
      seed: { type: "string", default: "1" },
      workers: { type: "string", default: "1" },
      points: { type: "boolean", default: false },
      breaks: { type: "boolean", default: false },
      mistake: { type: "string", multiple: true, default: [] },
      part: { type: "boolean", default: false },
    },
    usage,
  );
  return {
    ...rest,
    runs: wholeOption("runs", runs, 1),
    seed: wholeOption("seed", seed, 0),
    workers: wholeOption("workers", workers, 1),
  };
}
