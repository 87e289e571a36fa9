import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startTestServer } from "@/scripts/test/embedded-server";
import { Fault } from "../bootstrap/fault.mjs";
import { tenths } from "../limit-share";
import { wholeOption } from "../whole-option";
import { againstLimit, againstPlain, againstUndisturbed, type Ended } from "./transfer/figures";
import { inOwnProcess } from "./transfer/in-own-process";
import { openBenchWorld } from "./transfer/open-bench-world";
import { plainLoop } from "./transfer/plain-loop";
import { brokenPromises, type TransferFigures } from "./transfer/promises";
import { type Case, cases, runCase } from "./transfer/run-case";

const plainRecords = 500;
/** Of fewer, how they begin and end is too much of what is measured. */
const promisedRecords = 20_000;

/**
 * Transfers to and from a sandbox account: out (nobody is there), in (nobody is here), mixed (half of the prospects have a
 * contact, a tenth of those differ). With the account's limit, `limitShare` is the time that the calls of the run take at
 * the limit, over the time they took; a record that the preview finds equal has no turn, and is not counted in
 * `callsPer100`; `callsPer100OfAll` is of all records, with the calls of the preview. With `--limit off` it is measured
 * against a plain loop over HubSpot's client, in the same run. `--latency MS` is how long HubSpot takes for each answer of
 * the run. `--kills N` kills the working process N times on the way,
 * then does the same undisturbed, compares, and fails where they differ. With 20,000 records or more at the limit and nothing
 * in the way, it fails where a promised figure is missed. One line of JSON per case.
 */
export async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      case: { type: "string", default: "out,in,mixed" },
      records: { type: "string", default: "20000" },
      limit: { type: "string", default: "on" },
      latency: { type: "string", default: "0" },
      kills: { type: "string", default: "0" },
      part: { type: "boolean", default: false },
    },
  });
  const records = wholeOption("records", values.records, 100);
  const kills = wholeOption("kills", values.kills, 0);
  const latency = wholeOption("latency", values.latency, 0);
  const limited = values.limit !== "off";
  const options = { records, kills, latency, limited };
  const chosen = values.case.split(",").map(knownCase);
  // The product reads its environment once: each case has a process, and with it an account, of its own.
  for (const which of chosen)
    if (values.part) await measureAlone(which, options);
    else await tell(which, options);
}

/** `latency`: milliseconds. */
type Options = { records: number; kills: number; latency: number; limited: boolean };

async function tell(which: Case, options: Options): Promise<void> {
  const told = await inOwnProcess<Ended & TransferFigures>(argsOf(which, options));
  console.log(JSON.stringify(told));
  const isUsual = options.limited && options.latency === 0 && options.records >= promisedRecords;
  const broken = isUsual && options.kills === 0 ? brokenPromises(told) : [];
  for (const promise of broken) console.log(`✗ ${promise}`);
  if (broken.length) process.exitCode = 1;
  if (options.kills === 0) return;
  const undisturbed = await inOwnProcess<Ended>(argsOf(which, { ...options, kills: 0 }));
  const compared = againstUndisturbed(told, undisturbed);
  console.log(JSON.stringify({ case: which, ...compared }));
  if (!compared.same) process.exitCode = 1;
}

function argsOf(which: Case, { records, kills, latency, limited }: Options): string[] {
  const given = { case: which, records, limit: limited ? "on" : "off", latency, kills };
  return [
    "transfer",
    "--part",
    ...Object.entries(given).flatMap(([name, value]) => [`--${name}`, `${value}`]),
  ];
}

async function measureAlone(which: Case, options: Options): Promise<void> {
  const server = await startTestServer();
  process.once("exit", server.kill);
  process.env.TEST_DATABASE_URL = server.url;
  try {
    console.log(JSON.stringify(await measure(which, options)));
  } finally {
    await server.stop();
  }
}

async function measure(which: Case, { records, kills, latency, limited }: Options) {
  const folder = mkdtempSync(join(tmpdir(), "bench-transfer-"));
  const world = await openBenchWorld(folder, { limited });
  try {
    const { transfer, preview, run, left } = await runCase(world, which, { records, kills, latency });
    const { state, done, total } = transfer;
    const about = {
      case: which,
      records,
      total,
      state,
      done,
      equal: transfer.preview.equal,
      ...left,
      latency,
      kills: run.kills,
      previewCalls: preview.calls,
      previewSeconds: tenths(preview.seconds),
    };
    const taken = { ...run, records: total };
    if (!limited) return { ...about, ...againstPlain(taken, run, await plainLoop(world, plainRecords)) };
    return { ...about, ...againstLimit(taken, { calls: preview.calls, records }) };
  } finally {
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function knownCase(name: string): Case {
  const found = cases.find((one) => one === name);
  if (!found) throw new Fault(`Which case? --case ${cases.join(",")}`);
  return found;
}
