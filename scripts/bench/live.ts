import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { eq } from "drizzle-orm";
import { readTransferRow } from "@/db/queries/transfers";
import { integrations } from "@/db/schema/integrations";
import { transferRequested } from "@/inngest/events";
import { allowTransfer } from "@/services/transfers/allow-transfer";
import { startPreview } from "@/services/transfers/start-preview";
import { ACCOUNT } from "@/tests/sandbox/test-sandbox";
import { type LaunchedIntegration, launchIntegrationIn } from "@/tests/support/launched-integration";
import { addPairs, type Pair } from "@/tests/support/quarrelling-pairs";
import { startProduct } from "@/tests/support/start-product";
import { untilTrue } from "@/tests/support/until-true";
import { percentile } from "../percentile";
import { wholeOption } from "../whole-option";

/**
 * People edit both sides while a transfer brings in as many contacts as are asked for, at HubSpot's limit. Each edit is
 * timed until the other side has it; at the end every pair must hold what was typed last. Last line: JSON.
 */
export async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { records: { type: "string", default: "20000" } } });
  const records = wholeOption("records", values.records, 100);
  const product = await startProduct({ sampleData: false });
  try {
    const world = await launchIntegrationIn(product.environment);
    const names = Array.from({ length: 20 }, (_, at) => `Editor${at}`);
    const pairs = names.map(await addPairs(world, names, "live.example"));
    await world.sandbox.control("POST", `/accounts/${ACCOUNT}/contacts/load`, { count: records });
    const run = await previewed(world);
    const begun = performance.now();
    await allowTransfer({ ctx: world.ctx, input: { runId: run.runId } });
    await tell(run);
    const edits = await editUntil(
      world,
      pairs,
      async () => (await readRun(world, run.runId)).finishedAt !== null,
    );
    const seconds = Math.round((performance.now() - begun) / 100) / 10;
    const { done } = await readRun(world, run.runId);
    console.log(JSON.stringify(done));
    const told = {
      records,
      seconds,
      edits: edits.toHubspot.length + edits.toSnov.length,
      toHubspotP95Ms: percentile(edits.toHubspot, 0.95),
      toSnovP95Ms: percentile(edits.toSnov, 0.95),
      lost: await lostOf(world, pairs, edits.last),
    };
    await world.close();
    console.log(JSON.stringify(told));
  } finally {
    await product.stop();
  }
}

type Run = { runId: string; integrationId: string };

async function previewed(world: LaunchedIntegration): Promise<Run> {
  const { ctx, integrationId } = world;
  await untilTrue(async () => {
    const [row] = await world.db.select().from(integrations).where(eq(integrations.id, integrationId));
    return Boolean(row?.existingLinkedAt);
  }, 600_000);
  const { runId } = await startPreview({ ctx, input: { integrationId, fromSnov: false, fromHubspot: true } });
  await tell({ runId, integrationId });
  await untilTrue(async () => (await readRun(world, runId)).state === "previewed", 600_000);
  return { runId, integrationId };
}

async function tell(run: Run): Promise<void> {
  const { inngest } = await import("@/inngest/client");
  await inngest.send(transferRequested.create(run));
}

async function readRun({ db, ctx }: LaunchedIntegration, runId: string) {
  const row = await readTransferRow(db, ctx.workspaceId, runId);
  if (!row) throw new Error("the transfer is gone");
  return row;
}

type Edits = { toHubspot: number[]; toSnov: number[]; last: Map<Pair, { title: string; city: string }> };

async function editUntil(
  world: LaunchedIntegration,
  pairs: Pair[],
  ended: () => Promise<boolean>,
): Promise<Edits> {
  const edits: Edits = { toHubspot: [], toSnov: [], last: new Map() };
  for (let at = 0; !(await ended()); at += 1) {
    const pair = pairs[at % pairs.length];
    if (!pair) throw new Error("there is nobody to edit");
    const { prospectId, contactId } = pair;
    const [title, city] = [`Title ${at}`, `City ${at}`];
    edits.last.set(pair, { title, city });
    const begun = performance.now();
    await Promise.all([
      world
        .editProspect(prospectId, "job_title", title)
        .then(() => untilTrue(async () => (await world.contact(contactId)).properties.jobtitle === title))
        .then(() => edits.toHubspot.push(performance.now() - begun)),
      world
        .editContact(contactId, { city })
        .then(() => untilTrue(async () => (await world.prospect(prospectId))?.city === city))
        .then(() => edits.toSnov.push(performance.now() - begun)),
    ]);
    await wait(250);
  }
  return edits;
}

/** How many of the last edits are not what both sides have. */
async function lostOf(world: LaunchedIntegration, pairs: Pair[], last: Edits["last"]): Promise<number> {
  let lost = 0;
  for (const pair of pairs) {
    const edit = last.get(pair);
    if (!edit) continue;
    const [prospect, contact] = [await world.prospect(pair.prospectId), await world.contact(pair.contactId)];
    const { jobtitle, city } = contact.properties;
    for (const value of [prospect?.jobTitle, jobtitle]) if (value !== edit.title) lost += 1;
    for (const value of [prospect?.city, city]) if (value !== edit.city) lost += 1;
  }
  return lost;
}
