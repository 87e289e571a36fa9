import { eq } from "drizzle-orm";
import { transfers } from "@/db/schema/transfers";
import type { Ctx } from "@/services/context";
import { type MoveTransferInput, moveTransfer } from "./move-transfer";

/** Lets happen what the preview has shown. The caller tells the engine of it. */
export function allowTransfer({ ctx, input }: { ctx: Ctx; input: MoveTransferInput }) {
  return moveTransfer(ctx, input, {
    from: ["previewed"],
    to: "running",
    act: "started",
    also: async (tx, { runId }) => {
      await tx.update(transfers).set({ allowedAt: new Date() }).where(eq(transfers.runId, runId));
    },
  });
}
