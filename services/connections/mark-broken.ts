import { and, eq, isNull, ne, sql } from "drizzle-orm";
import { type BrokenReason, connections } from "@/db/schema/connections";
import { integrations } from "@/db/schema/integrations";
import { journalPositions } from "@/db/schema/journal";
import { env } from "@/lib/env";
import { recordActivities } from "@/services/activities/record-activity";
import type { Deps } from "@/services/context";
import { raiseBroken } from "./raise-broken";

/**
 * The account no longer lets us in: its integration stops and says why. Pending records stay and keep coming.
 * Only for the tokens that failed: a connection that was mended meanwhile is left alone.
 */
export async function markBroken(
  { db }: Pick<Deps, "db">,
  failed: { connectionId: string; tokenVersion: number },
  reason: BrokenReason,
): Promise<void> {
  await db.transaction(async (tx) => {
    const [connection] = await tx
      .update(connections)
      .set({
        brokenReason: reasonKnown(reason),
        uninstallToldAt: null,
        refreshingUntil: null,
        refreshFault: null,
      })
      .where(
        and(
          eq(connections.id, failed.connectionId),
          eq(connections.tokenVersion, failed.tokenVersion),
          isNull(connections.brokenReason),
          isNull(connections.disconnectedAt),
        ),
      )
      .returning({
        workspaceId: connections.workspaceId,
        accountName: connections.accountName,
        why: connections.brokenReason,
      });
    if (!connection) return;
    const why = connection.why ?? reason;
    // The journal may tell why: it is read within a minute, not within the hour.
    if (why === "revoked")
      await tx
        .update(journalPositions)
        .set({ readAt: null })
        .where(eq(journalPositions.appId, env().HUBSPOT_APP_ID));
    const stopped = await tx
      .update(integrations)
      .set({
        state: "broken",
        stateBeforeBroken: sql`case when ${integrations.state} = 'broken' then ${integrations.stateBeforeBroken} else ${integrations.state} end`,
        updatedAt: new Date(),
      })
      .where(
        and(
          eq(integrations.connectionId, failed.connectionId),
          isNull(integrations.disconnectedAt),
          ne(integrations.state, "broken"),
        ),
      )
      .returning({ id: integrations.id });
    await recordActivities(
      tx,
      stopped.map(({ id }) => ({
        workspaceId: connection.workspaceId,
        integrationId: id,
        kind: "integration/broken",
        recordName: connection.accountName,
        changes: [{ field: "state", label: "state", before: null, after: why }],
        cause: { kind: "system" as const },
      })),
    );
    await raiseBroken(tx, connection.workspaceId, stopped, why);
  });
}

/** HubSpot's token service calls both by one name; what the journal has told is read from the row as it is now. */
function reasonKnown(reason: BrokenReason) {
  if (reason !== "revoked") return reason;
  return sql<BrokenReason>`case when ${connections.uninstallToldAt} is null then 'revoked' else 'uninstalled' end`;
}
