import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { eq } from "drizzle-orm";
import { readAsked, readTransferRow } from "@/db/queries/transfers";
import { integrations } from "@/db/schema/integrations";
import { transferRequested } from "@/inngest/events";
import { allowTransfer } from "@/services/transfers/allow-transfer";
import { answerTransfer } from "@/services/transfers/answer-transfer";
import { startPreview } from "@/services/transfers/start-preview";
import { ACCOUNT } from "@/tests/sandbox/test-sandbox";
import { type LaunchedIntegration, launchIntegrationIn } from "@/tests/support/launched-integration";
import { addPairs } from "@/tests/support/quarrelling-pairs";
import { startProduct } from "@/tests/support/start-product";
import { untilTrue } from "@/tests/support/until-true";
import { percentile } from "../percentile";
import { wholeOption } from "../whole-option";
import { type Edit, editPair, editSomeoneInLine, heldNowhere } from "./live/edits";
import { addProspects } from "./transfer/open-bench-world";

const EDIT_EVERY_MS = 250;

/**
 * People edit both sides while a transfer takes as many records as are asked for, half of them in and half out, at HubSpot's
 * limit: pairs that take no part, and records whose turn in the transfer has not come. Each edit is timed until the other
 * side has it; in the end every edited record must hold on both sides what was typed last. The transfer
 * leaves edits to the ordinary sync; should it ask about one (`asked`: how often), it is told to go on. Last line: JSON; fails
 * where an edit is lost, or was asked about.
 */
export async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { records: { type: "string", default: "20000" } } });
  const records = wholeOption("records", values.records, 100);
  const product = await startProduct({ sampleData: false });
  try {
    const world = await launchIntegrationIn(product.environment);
    const names = Array.from({ length: 20 }, (_, at) => `Editor${at}`);
    const pairs = names.map(await addPairs(world, names, "live.example"));
    const half = Math.ceil(records / 2);
    await world.sandbox.control("POST", `/accounts/${ACCOUNT}/contacts/load`, { count: half });
    await addProspects(world, half);
    const run = await previewed(world);
    const begun = performance.now();
    await allowTransfer({ ctx: world.ctx, input: { runId: run.runId } });
    await tell(run);
    const edits: Edit[] = [];
    let asked = 0;
    for (let nr = 0; (await readRun(world, run.runId)).finishedAt === null; nr += 1) {
      if (await letGoOn(world, run)) asked += 1;
      const pair = pairs[nr % pairs.length];
      if (!pair) throw new Error("there is nobody to edit");
      edits.push(...(await editSomeoneInLine(world, run.runId, nr)));
      const ofPair = await editPair(world, pair, nr);
      edits.push(...ofPair);
      await Promise.all(ofPair.map(({ arrived }) => arrived));
      await wait(EDIT_EVERY_MS);
    }
    const seconds = Math.round((performance.now() - begun) / 100) / 10;
    const { done } = await readRun(world, run.runId);
    const told = await figures(edits);
    const lost = await heldNowhere(world, edits);
    for (const { what, recordId } of lost) console.log(`lost: ${what} of ${recordId}`);
    await world.close();
    console.log(JSON.stringify({ records, seconds, done, ...told, asked, lost: lost.length }));
    if (lost.length > 0 || asked > 0) process.exitCode = 1;
  } finally {
    await product.stop();
  }
}

/** Whether the transfer had stopped to ask. */
async function letGoOn(world: LaunchedIntegration, run: Run): Promise<boolean> {
  if ((await readRun(world, run.runId)).state !== "asking") return false;
  const { key: seen } = await readAsked(world.db, run.runId);
  await answerTransfer({ ctx: world.ctx, input: { runId: run.runId, answer: "continue", seen } });
  await tell(run);
  return true;
}

/** Milliseconds by what was edited. */
async function figures(edits: Edit[]): Promise<Record<string, unknown>> {
  const told: Record<string, unknown> = { edits: edits.length };
  for (const what of ["pairToHubspot", "pairToSnov", "inLineToHubspot", "inLineToSnov"] as const) {
    const taken = await Promise.all(edits.filter((edit) => edit.what === what).map(({ arrived }) => arrived));
    told[what] = { edits: taken.length, p95Ms: percentile(taken, 0.95) };
  }
  return told;
}

type Run = { runId: string; integrationId: string };

async function previewed(world: LaunchedIntegration): Promise<Run> {
  const { ctx, integrationId } = world;
  await untilTrue(async () => {
    const [row] = await world.db.select().from(integrations).where(eq(integrations.id, integrationId));
    return Boolean(row?.existingLinkedAt);
  }, 600_000);
  const { runId } = await startPreview({ ctx, input: { integrationId, fromSnov: true, fromHubspot: true } });
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
