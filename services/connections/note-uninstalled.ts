import { and, inArray, isNull, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { connections } from "@/db/schema/connections";

/**
 * HubSpot told that our app was uninstalled from these accounts. That may be days ago, and an account connected again
 * since: it is kept in the transaction that moves on past what told it, until `confirmUninstalls` knows.
 */
export async function noteUninstalled(tx: Tx, accountIds: string[]): Promise<void> {
  if (!accountIds.length) return;
  await tx
    .update(connections)
    .set({ uninstallToldAt: sql`date_trunc('milliseconds', now())` })
    .where(
      and(
        inArray(connections.accountId, accountIds),
        isNull(connections.disconnectedAt),
        or(isNull(connections.brokenReason), sql`${connections.brokenReason} = 'revoked'`),
      ),
    );
}
