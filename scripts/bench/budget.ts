import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { clientOf } from "@/tests/sandbox/test-sandbox";
import { percentile } from "../percentile";
import { wholeOption } from "../whole-option";
import { answersOf, type Requests } from "./budget/answers";
import { brokenPromises } from "./budget/promises";
import { startCallers } from "./budget/start-callers";
import { startPlaces } from "./budget/start-places";

const MAX_CALLS = 110;
const WINDOW_SECONDS = 10;
/** Until the first window is over and slots come back one by one. */
const WARM_UP_MS = 12_000;

/**
 * Two processes read and update contacts a hundred at a time, as quickly as the account's limit lets them, while a
 * third makes a live call every 200 ms. The sandbox counts. `budgetShare` is what was done of what HubSpot
 * allows in that time; last line: JSON. It fails where a promised figure is missed.
 */
export async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { seconds: { type: "string", default: "120" } } });
  const seconds = wholeOption("seconds", values.seconds, 5);
  const folder = mkdtempSync(join(tmpdir(), "bench-budget-"));
  const places = await startPlaces(folder);
  const callers = await startCallers(places.connectionIds);
  try {
    const sandbox = clientOf(places.sandboxUrl);
    for (const caller of callers) caller.say("go");
    await wait(WARM_UP_MS);
    const refusedBefore = (await countAnswers(sandbox)).refused;
    await sandbox.control("DELETE", "/counters");
    for (const caller of callers) caller.say("measure");
    const begun = performance.now();
    await wait(seconds * 1000);
    const { used, refused, failed } = await countAnswers(sandbox);
    const allowed = (MAX_CALLS * (performance.now() - begun)) / 1000 / WINDOW_SECONDS;
    for (const caller of callers) caller.say("stop");
    const told = await Promise.all(callers.map((caller) => caller.told()));
    for (const { name, calls, waits } of told)
      console.log(
        `${name}: ${calls} calls, p50 ${percentile(waits, 0.5)} ms, p95 ${percentile(waits, 0.95)} ms, most ${percentile(waits, 1)} ms`,
      );
    if (failed) console.log(`${failed} calls failed, and are not counted as used`);
    const live = told.filter(({ name }) => name.startsWith("live")).flatMap(({ waits }) => waits);
    const figures = {
      answers429: refused + refusedBefore,
      budgetShare: Math.round((used / allowed) * 1000) / 1000,
      liveP95Ms: percentile(live, 0.95),
    };
    const broken = brokenPromises(figures);
    for (const promise of broken) console.log(`✗ ${promise}`);
    if (broken.length) process.exitCode = 1;
    console.log(JSON.stringify(figures));
  } finally {
    for (const caller of callers) caller.kill();
    await places.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function countAnswers(sandbox: ReturnType<typeof clientOf>): Promise<ReturnType<typeof answersOf>> {
  const { body } = await sandbox.control<{ requests: Requests }>("GET", "/state");
  return answersOf(body.requests);
}
