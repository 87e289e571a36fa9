import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startTestServer } from "@/scripts/test/embedded-server";
import { Fault } from "../bootstrap/fault.mjs";
import { root } from "../bootstrap/root.mjs";
import { wholeOption } from "../whole-option";
import { againstLimit, againstPlain, tenths } from "./transfer/figures";
import { openBenchWorld } from "./transfer/open-bench-world";
import { plainLoop } from "./transfer/plain-loop";
import { type Case, cases, runCase, type Told } from "./transfer/run-case";

const plainRecords = 500;

/**
 * Transfers to and from a sandbox account: out (nobody is there), in (nobody is here), mixed (half of the prospects have a
 * contact, a tenth of those differ). With the account's limit, `limitShare` is the time that the calls of the run take at
 * the limit, over the time they took; a record that the preview finds equal has no turn, and is not counted. With `--limit off` it is measured against a plain loop over HubSpot's client, in the
 * same run. `--kills N` kills the working process N times on the way. One line of JSON per case.
 */
export async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      case: { type: "string", default: "out,in,mixed" },
      records: { type: "string", default: "20000" },
      limit: { type: "string", default: "on" },
      kills: { type: "string", default: "0" },
    },
  });
  const chosen = values.case.split(",").map(knownCase);
  const records = wholeOption("records", values.records, 100);
  const kills = wholeOption("kills", values.kills, 0);
  const limited = values.limit !== "off";
  // The product reads its environment once: each case has a process, and with it an account, of its own.
  if (chosen.length > 1) {
    for (const which of chosen) await inOwnProcess(args, which);
    return;
  }
  const server = await startTestServer();
  process.once("exit", server.kill);
  process.env.TEST_DATABASE_URL = server.url;
  try {
    for (const which of chosen)
      console.log(JSON.stringify(await measure(which, { records, kills, limited })));
  } finally {
    await server.stop();
  }
}

function inOwnProcess(args: string[], which: Case): Promise<void> {
  const again = [join(root, "scripts/start.mjs"), "--bench", "transfer", ...args, "--case", which];
  const child = spawn(process.execPath, again, { stdio: "inherit" });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => (code === 0 ? resolve() : reject(new Fault(`the case ${which} failed`))));
  });
}

type Options = { records: number; kills: number; limited: boolean };

async function measure(which: Case, { records, kills, limited }: Options) {
  const folder = mkdtempSync(join(tmpdir(), "bench-transfer-"));
  const world = await openBenchWorld(folder, { limited });
  try {
    const told = await runCase(world, which, records, kills);
    const { total } = told.transfer;
    const about = { case: which, records, total, ...counts(told) };
    const taken = { ...told.run, records: total };
    if (limited) return { ...about, ...againstLimit(taken) };
    return { ...about, ...againstPlain(taken, told.run, await plainLoop(world, plainRecords)) };
  } finally {
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function counts({ transfer: { state, done, preview: shown }, preview }: Told) {
  return {
    state,
    done,
    equal: shown.equal,
    previewCalls: preview.calls,
    previewSeconds: tenths(preview.seconds),
  };
}

function knownCase(name: string): Case {
  const found = cases.find((one) => one === name);
  if (!found) throw new Fault(`Which case? --case ${cases.join(",")}`);
  return found;
}
