import type { TransferRow } from "@/services/transfers/list-transfers";

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
