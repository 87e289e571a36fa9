import { and, eq } from "drizzle-orm";
import { runItems } from "@/db/schema/runs";
import type { Ctx } from "@/services/context";
import { releaseUndoing } from "@/services/sync/undoing";
import { type MoveTransferInput, moveTransfer } from "./move-transfer";
import { undoneBy } from "./undone-writes";

/** Ends it within a page. What was done stays and is listed; what was not stays as it is. */
export function cancelTransfer({ ctx, input }: { ctx: Ctx; input: MoveTransferInput }) {
  return moveTransfer(ctx, input, {
    from: ["previewing", "previewed", "running", "paused", "asking"],
    to: "cancelled",
    act: "cancelled",
    // Nobody is asked about them any more: they are among those whose turn has not come.
    also: async (tx, transfer) => {
      const { runId, integrationId } = transfer;
      if (undoneBy(transfer)) await releaseUndoing(tx, integrationId, runId);
      await tx
        .update(runItems)
        .set({ outcome: "planned" })
        .where(and(eq(runItems.runId, runId), eq(runItems.outcome, "asked")));
    },
  });
}
