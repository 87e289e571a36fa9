import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { type RunState, runs } from "@/db/schema/runs";
import { transfers } from "@/db/schema/transfers";
import { memberCause } from "@/services/activities/member-cause";
import { recordActivities } from "@/services/activities/record-activity";
import { type Ctx, requireAdmin } from "@/services/context";
import { ServiceError } from "@/services/service-error";
import { anew } from "./count-done";
import { lockOpenTransfer, type OpenTransfer } from "./open-transfer";
import { undoneBy } from "./undone-writes";

const MoveTransfer = z.object({ runId: z.uuid() });
export type MoveTransferInput = z.input<typeof MoveTransfer>;

type TransferAct = "started" | "paused" | "resumed" | "cancelled" | "continued" | "left_out";
type Move = {
  from: RunState[];
  to: RunState;
  act: TransferAct;
  /** Two people may want different things by it: who comes second is refused. */
  isOnce?: boolean;
  /** What else goes with it, in the same transaction. */
  also?(tx: Tx, transfer: OpenTransfer): Promise<void>;
};

/** What a person does to a transfer of their workspace. Doing it twice is doing it once, unless it `isOnce`. */
export async function moveTransfer(
  ctx: Ctx,
  input: MoveTransferInput,
  { from, to, act, isOnce, also }: Move,
): Promise<{ integrationId: string }> {
  requireAdmin(ctx);
  const { runId } = MoveTransfer.parse(input);
  return await ctx.db.transaction(async (tx) => {
    const transfer = await lockOpenTransfer(tx, runId);
    if (transfer?.workspaceId !== ctx.workspaceId)
      throw new ServiceError("not_found", "no such open transfer in this workspace", {
        reason: "transfer_ended",
      });
    const { integrationId, state } = transfer;
    if (state === to && !isOnce) return { integrationId };
    if (!from.includes(state))
      throw new ServiceError("out_of_date", `a transfer cannot go from ${state} to ${to}`, {
        reason: "transfer_moved",
      });
    await also?.(tx, transfer);
    if (to === "running")
      await tx
        .update(transfers)
        .set({ ...anew, resumedAt: new Date(), savedAt: null, hindered: null })
        .where(eq(transfers.runId, runId));
    const finishedAt = to === "cancelled" ? new Date() : null;
    await tx.update(runs).set({ state: to, finishedAt }).where(eq(runs.id, runId));
    await recordActivities(tx, [
      {
        workspaceId: ctx.workspaceId,
        integrationId,
        runId,
        kind: undoneBy(transfer) ? `undo/${act}` : `transfer/${act}`,
        cause: memberCause(ctx),
      },
    ]);
    return { integrationId };
  });
}
