import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { readConflictsPage } from "@/services/conflicts/read-page";
import { resolveConflicts } from "@/services/conflicts/resolve-conflicts";
import { resolveMatching } from "@/services/conflicts/resolve-matching";
import { type LaunchedIntegration, launchIntegrationIn } from "@/tests/support/launched-integration";
import {
  addPairs,
  openConflicts,
  type Pair,
  quarrelAbout,
  titlesOf,
  whilePaused,
} from "@/tests/support/quarrelling-pairs";
import { startProduct } from "@/tests/support/start-product";
import { untilTrue } from "@/tests/support/until-true";
import { countRequests } from "../count-requests";
import { wholeOption } from "../whole-option";
import { type Decided, resolutionFigures } from "./resolutions/figures";

/** What is written by each: HubSpot, here, both. */
const ways = {
  takeSnov: { choice: { kind: "take", side: "snov" }, title: "Lead in Snov" },
  takeHubspot: { choice: { kind: "take", side: "hubspot" }, title: "Lead in HubSpot" },
  typed: { choice: { kind: "value", value: "Lead as typed" }, title: "Lead as typed" },
} as const;
type Way = keyof typeof ways;
const wayNames = Object.keys(ways) as Way[];

/**
 * From a person's choice to the same value on both sides, in the sandbox at HubSpot's limit: `--single` choices of each way,
 * one after another and in turns, then `--bulk` conflicts decided at once, all of which write to HubSpot. Last line: JSON;
 * `bulkCalls` are the calls to HubSpot that those took, `limitShare` the time of so many at the limit over their own.
 */
export async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { single: { type: "string", default: "60" }, bulk: { type: "string", default: "1000" } },
  });
  const single = wholeOption("single", values.single, 1) * wayNames.length;
  const bulk = wholeOption("bulk", values.bulk, 1);
  // Without sample data: linking it would be measured as well.
  const product = await startProduct({ sampleData: false });
  try {
    const world = await launchIntegrationIn(product.environment);
    const pairs = await quarrels(world, single + bulk);
    const decided: Decided<Way> = { takeSnov: [], takeHubspot: [], typed: [] };
    for (const [at, pair] of pairs.slice(0, single).entries()) {
      const way = wayNames[at % wayNames.length] ?? "typed";
      decided[way].push(await decideOne(world, pair, way));
      await wait(300);
    }
    const atOnce = await decideAll(world);
    for (const pair of pairs.slice(-20))
      if ((await titlesOf(world, pair)).some((title) => title !== ways.takeSnov.title))
        throw new Error(`${pair.prospectId} is called settled, and its sides differ`);
    await world.close();
    console.log(JSON.stringify(resolutionFigures(decided, atOnce)));
  } finally {
    await product.stop();
  }
}

/** Until the last of those that are open has closed. */
async function decideAll(world: LaunchedIntegration) {
  const { ctx, integrationId } = world;
  const before = await countRequests(world.sandbox, "/crm/");
  const { snapshot } = await readConflictsPage({ ctx, input: { integrationId } });
  const begun = performance.now();
  const { choice } = ways.takeSnov;
  const { resolved } = await resolveMatching({ ctx, input: { integrationId, filter: {}, choice, snapshot } });
  await untilTrue(async () => (await openConflicts(world)).length === 0, 300_000);
  const seconds = (performance.now() - begun) / 1000;
  return { resolved, seconds, calls: (await countRequests(world.sandbox, "/crm/")) - before };
}

async function quarrels(world: LaunchedIntegration, count: number): Promise<Pair[]> {
  const names = Array.from({ length: count }, (_, at) => `Person${at}`);
  const pairOf = await addPairs(world, names, "resolutions.example");
  const pairs = names.map(pairOf);
  await whilePaused(world, () => quarrelAbout(world, pairs));
  await untilTrue(async () => (await openConflicts(world)).length === count, 120_000);
  return pairs;
}

/** Milliseconds until both sides have what was chosen. */
async function decideOne(world: LaunchedIntegration, pair: Pair, way: Way): Promise<number> {
  const conflict = (await openConflicts(world)).find(({ recordId }) => recordId === pair.prospectId);
  if (!conflict) throw new Error(`${pair.prospectId} is in no conflict`);
  const { choice, title: chosen } = ways[way];
  const begun = performance.now();
  await resolveConflicts({
    ctx: world.ctx,
    input: {
      integrationId: world.integrationId,
      resolutions: [{ conflictId: conflict.id, seen: conflict.revision, choice }],
    },
  });
  await untilTrue(async () => (await titlesOf(world, pair)).every((title) => title === chosen));
  return performance.now() - begun;
}
