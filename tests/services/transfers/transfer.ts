import { and, eq } from "drizzle-orm";
import { integrations } from "@/db/schema/integrations";
import { type RunOutcome, runItems, runs } from "@/db/schema/runs";
import { transfers } from "@/db/schema/transfers";
import type { Deps } from "@/services/context";
import { allowTransfer } from "@/services/transfers/allow-transfer";
import { previewPages } from "@/services/transfers/preview-pages";
import { type StartPreviewInput, startPreview } from "@/services/transfers/start-preview";
import { transferPage } from "@/services/transfers/transfer-page";
import type { SyncWorld } from "../../support/sync-world";

/** One page of a preview: its time is over when it begins. */
export const previewPage = (deps: Deps, runId: string) => previewPages(deps, runId, 0);

/** Of what existed at launch nothing is linked in a test's world, unless it says so. */
export async function previewAll(
  world: SyncWorld,
  chosen: Partial<Omit<StartPreviewInput, "integrationId">> = {},
): Promise<string> {
  await world.db
    .update(integrations)
    .set({ existingLinkedAt: new Date() })
    .where(eq(integrations.id, world.integrationId));
  const { runId } = await startPreview({
    ctx: world.ctx,
    input: { integrationId: world.integrationId, fromSnov: true, fromHubspot: true, ...chosen },
  });
  for (let page = 0; (await previewPage(world.ctx, runId)).more; page += 1)
    if (page > 100) throw new Error("the preview does not end");
  return runId;
}

export async function runAll(world: SyncWorld, runId: string): Promise<void> {
  for (let page = 0; page < 200; page += 1) {
    const { more, worked } = await transferPage(world.ctx, runId);
    if (!more) return;
    if (!worked) await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the transfer does not end");
}

export async function transferAll(world: SyncWorld, runId: string): Promise<void> {
  await allowTransfer({ ctx: world.ctx, input: { runId } });
  await runAll(world, runId);
}

export async function transferOf(world: SyncWorld, runId: string) {
  const [row] = await world.db
    .select()
    .from(runs)
    .innerJoin(transfers, eq(transfers.runId, runs.id))
    .where(eq(runs.id, runId));
  if (!row) throw new Error("the transfer is gone");
  return { ...row.runs, ...row.transfers };
}

export const itemsOf = (world: SyncWorld, runId: string, outcome?: RunOutcome) =>
  world.db
    .select()
    .from(runItems)
    .where(and(eq(runItems.runId, runId), outcome ? eq(runItems.outcome, outcome) : undefined))
    .orderBy(runItems.name);
