import type { Tx } from "@/db/client";
import type { BrokenReason } from "@/db/schema/connections";
import { raiseNotices } from "@/services/telling/raise-notices";

/** Tells the workspace that these integrations have stopped, as their connection has ended. */
export async function raiseBroken(
  tx: Tx,
  workspaceId: string,
  stopped: { id: string }[],
  reason: BrokenReason,
): Promise<void> {
  await raiseNotices(
    tx,
    stopped.map(({ id }) => ({
      workspaceId,
      integrationId: id,
      kind: "connection_broken",
      params: { reason },
    })),
  );
}
