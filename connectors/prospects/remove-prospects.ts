import type { Tx } from "@/db/client";
import { lockProspects } from "./lock-prospects";
import { moveToTrash } from "./trash-rows";

/** The version that was read. */
export type ProspectRemoval = { id: string; version: number };
export type RemovalOutcome = "removed" | "moved" | "gone";

/**
 * Moves prospects to the trash, those that still have the version that was read.
 * `moved`: somebody wrote it since, look again. `gone`: it is in the trash already, or does not exist.
 */
export async function removeProspects(
  tx: Tx,
  workspaceId: string,
  removals: ProspectRemoval[],
): Promise<Map<string, RemovalOutcome>> {
  const rows = await lockProspects(
    tx,
    workspaceId,
    removals.map(({ id }) => id),
  );
  const outcomes = new Map(
    removals.map(({ id, version }): [string, RemovalOutcome] => {
      const row = rows.get(id);
      if (!row || row.deletedAt) return [id, "gone"];
      return [id, row.version === version ? "removed" : "moved"];
    }),
  );
  await moveToTrash(
    tx,
    [...outcomes].flatMap(([id, outcome]) => (outcome === "removed" ? [id] : [])),
    null,
  );
  return outcomes;
}
