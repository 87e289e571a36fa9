import type { Ctx } from "@/services/context";
import { type MoveTransferInput, moveTransfer } from "./move-transfer";

/** The pages in flight are finished, and no other one begins. */
export function pauseTransfer({ ctx, input }: { ctx: Ctx; input: MoveTransferInput }) {
  return moveTransfer(ctx, input, { from: ["running"], to: "paused", act: "paused" });
}
