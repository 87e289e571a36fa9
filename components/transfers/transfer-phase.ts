import type { TransferRow } from "@/services/transfers/list-transfers";
import type { Transfer } from "@/services/transfers/read-transfer";

export function skippedOf({ preview }: Pick<TransferRow, "preview">): number {
  return Object.values(preview.skip).reduce((sum, count) => sum + count, 0);
}

/** Neither over nor waiting for a person. */
export function isMoving({ state }: Pick<TransferRow, "state">): boolean {
  return state === "previewing" || state === "running";
}

export function hasEnded({ finishedAt }: Pick<TransferRow, "finishedAt">): boolean {
  return finishedAt !== null;
}

/** Not after it was undone: nobody could undo what the failed records would be given now. */
export function mayRetry({ state, done, undoneBy }: Pick<Transfer, "state" | "done" | "undoneBy">): boolean {
  return state === "finished" && Boolean(done.failing) && !undoneBy;
}
