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
import { percentile } from "../percentile";
import { wholeOption } from "../whole-option";

/**
 * From a person's choice to the same value on both sides, in the sandbox at HubSpot's limit: choices one after another,
 * then as many conflicts as are left decided at once. Last line: JSON; `bulkCalls` are the calls to HubSpot that those took.
 */
export async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { single: { type: "string", default: "60" }, bulk: { type: "string", default: "1000" } },
  });
  const [single, bulk] = [wholeOption("single", values.single, 1), wholeOption("bulk", values.bulk, 1)];
  // Without sample data: linking it would be measured as well.
  const product = await startProduct({ sampleData: false });
  try {
    const world = await launchIntegrationIn(product.environment);
    const pairs = await quarrels(world, single + bulk);
    const taken: number[] = [];
    for (const pair of pairs.slice(0, single)) {
      taken.push(await decideOne(world, pair));
      await wait(300);
    }
    const before = await countRequests(world.sandbox, "/crm/");
    const { ctx, integrationId } = world;
    const { snapshot } = await readConflictsPage({ ctx, input: { integrationId } });
    const begun = performance.now();
    const { resolved } = await resolveMatching({
      ctx,
      input: { integrationId, filter: {}, choice: { kind: "take", side: "snov" }, snapshot },
    });
    await untilTrue(async () => (await openConflicts(world)).length === 0, 300_000);
    const bulkSeconds = Math.round(performance.now() - begun) / 1000;
    const bulkCalls = (await countRequests(world.sandbox, "/crm/")) - before;
    for (const pair of pairs.slice(-20))
      if ((await titlesOf(world, pair)).some((title) => title !== "Lead in Snov"))
        throw new Error(`${pair.prospectId} is called settled, and its sides differ`);
    await world.close();
    console.log(
      JSON.stringify({
        single,
        p50Ms: percentile(taken, 0.5),
        p95Ms: percentile(taken, 0.95),
        bulk: resolved,
        bulkSeconds,
        bulkCalls,
      }),
    );
  } finally {
    await product.stop();
  }
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
async function decideOne(world: LaunchedIntegration, pair: Pair): Promise<number> {
  const conflict = (await openConflicts(world)).find(({ recordId }) => recordId === pair.prospectId);
  if (!conflict) throw new Error(`${pair.prospectId} is in no conflict`);
  const choice = { kind: "take", side: "hubspot" } as const;
  const begun = performance.now();
  await resolveConflicts({
    ctx: world.ctx,
    input: {
      integrationId: world.integrationId,
      resolutions: [{ conflictId: conflict.id, seen: conflict.revision, choice }],
    },
  });
  await untilTrue(async () => (await titlesOf(world, pair)).every((title) => title === "Lead in HubSpot"));
  return performance.now() - begun;
}
