import type { ConflictRow } from "@/services/conflicts/read-page";

/** Nobody has chosen yet, and a choice could be carried out. */
export function isDecidable({ resolution, stopped }: Pick<ConflictRow, "resolution" | "stopped">): boolean {
  return !resolution && !stopped;
}
