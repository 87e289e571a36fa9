import type { Ctx } from "@/services/context";
import { type MoveTransferInput, moveTransfer } from "./move-transfer";

/** Ends it within a page. What was done stays and is listed; what was not stays as it is. */
export function cancelTransfer({ ctx, input }: { ctx: Ctx; input: MoveTransferInput }) {
  return moveTransfer(ctx, input, {
    from: ["previewing", "previewed", "running", "paused", "asking"],
    to: "cancelled",
    act: "cancelled",
  });
}
