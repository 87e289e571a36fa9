import type { Ctx } from "@/services/context";
import { type MoveTransferInput, moveTransfer } from "./move-transfer";

/** Goes on where it was. The caller tells the engine of it. */
export function resumeTransfer({ ctx, input }: { ctx: Ctx; input: MoveTransferInput }) {
  return moveTransfer(ctx, input, { from: ["paused"], to: "running", act: "resumed" });
}
