import { and, eq, inArray, isNotNull, ne, sql } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { integrations } from "@/db/schema/integrations";
import { runs } from "@/db/schema/runs";
import { transfers } from "@/db/schema/transfers";
import { memberCause } from "@/services/activities/member-cause";
import { recordActivities } from "@/services/activities/record-activity";
import { type Ctx, requireAdmin } from "@/services/context";
import { forgetRefused } from "@/services/pending/forget-refused";
import { ServiceError } from "@/services/service-error";
import { endNotices } from "@/services/telling/end-notices";
import { anew, countDone } from "./count-done";
import { undoneBy } from "./undone-writes";

const RetryFailed = z.object({ runId: z.uuid() });

/**
 * Gives the records that failed in a transfer that went through another turn; a cancelled one would go on with all that
 * was left, and one that was undone would do again what nobody could undo then. The caller tells the engine of it.
 */
export async function retryFailed({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof RetryFailed>;
}): Promise<{ integrationId: string; records: number }> {
  requireAdmin(ctx);
  const { runId } = RetryFailed.parse(input);
  return await ctx.db.transaction(async (tx) => {
    const [run] = await tx
      .select({
        integrationId: runs.integrationId,
        state: runs.state,
        undoes: transfers.undoes,
        undoesChanges: transfers.undoesChanges,
      })
      .from(runs)
      .innerJoin(transfers, eq(transfers.runId, runs.id))
      .innerJoin(integrations, eq(integrations.id, runs.integrationId))
      .where(
        and(
          eq(runs.id, runId),
          eq(runs.kind, "transfer"),
          inArray(runs.state, ["finished", "running"]),
          eq(integrations.workspaceId, ctx.workspaceId),
        ),
      )
      .for("no key update", { of: [runs, integrations] });
    if (!run) throw new ServiceError("not_found", "no such finished transfer in this workspace");
    const { integrationId, state } = run;
    // Somebody else was faster, who wants the same.
    if (state === "running") return { integrationId, records: 0 };
    const [open] = await tx
      .select({ id: runs.id })
      .from(runs)
      .where(
        and(
          eq(runs.integrationId, integrationId),
          eq(runs.kind, "transfer"),
          ne(runs.id, runId),
          sql`${runs.finishedAt} is null`,
        ),
      );
    if (open) throw new ServiceError("out_of_date", "another transfer is open", { reason: "transfer_open" });
    if (await isUndone(tx, runId))
      throw new ServiceError("out_of_date", "an undo of it was allowed", { reason: "transfer_undone" });
    const { failing, changed } = await giveAnotherTurn(tx, integrationId, runId);
    if (!failing) return { integrationId, records: 0 };
    await countDone(tx, runId, { done: { failing: -failing }, changed: -changed });
    // What it had been told for an undo is not all any more.
    const checkpoint = sql`${runs.checkpoint} - 'toBeTold'`;
    await tx.update(runs).set({ state: "running", finishedAt: null, checkpoint }).where(eq(runs.id, runId));
    await tx
      .update(transfers)
      .set({ ...anew, resumedAt: new Date(), savedAt: null, hindered: null })
      .where(eq(transfers.runId, runId));
    await endNotices(tx, { integrationId, kinds: ["transfer_ended"], runId });
    await recordActivities(tx, [
      {
        workspaceId: ctx.workspaceId,
        integrationId,
        runId,
        kind: undoneBy(run) ? "undo/retried" : "transfer/retried",
        cause: memberCause(ctx),
      },
    ]);
    return { integrationId, records: failing };
  });
}

/** Its undo would not take back what a later turn does. */
async function isUndone(tx: Tx, runId: string): Promise<boolean> {
  const [undo] = await tx
    .select({ runId: transfers.runId })
    .from(transfers)
    .where(and(eq(transfers.undoes, runId), isNotNull(transfers.allowedAt)))
    .limit(1);
  return undo !== undefined;
}

const Given = z.object({ failing: z.number(), changed: z.number() });

/** What HubSpot refused of them is sent once more. Counted by the database: a million of them are nothing to hold in memory. */
async function giveAnotherTurn(tx: Tx, integrationId: string, runId: string): Promise<z.infer<typeof Given>> {
  await forgetRefused(
    tx,
    integrationId,
    sql`select side, record_id from run_items where run_id = ${runId}::uuid and outcome = 'failing'`,
  );
  const [given] = await tx.execute(sql`
    with given as (
      update run_items set outcome = 'planned', attempts = 0, leased_until = null
      where run_id = ${runId}::uuid and outcome = 'failing' returning detail ? 'changed' as changed)
    select count(*)::int as failing, (count(*) filter (where changed))::int as changed from given`);
  return Given.parse(given);
}
