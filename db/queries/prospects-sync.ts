import { and, asc, eq, isNull, ne, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { connections } from "@/db/schema/connections";
import { type IntegrationState, integrations } from "@/db/schema/integrations";
import { pendingRecords, type RecordStatus, recordLinks, recordStatuses } from "@/db/schema/sync";

/** HubSpot's word of our own write comes back, and is worked off, within this time. */
const echoSeconds = 20;

export type ProspectSync = {
  integrationId: string;
  accountId: string;
  accountName: string;
  state: IntegrationState;
  /** By a fuse that waits for an answer. */
  stopped: boolean;
  contactId: string | null;
  /** When both sides were last compared and nothing was left to sync; equal, where there is no reason. */
  verifiedAt: string | null;
  /** In the queue, or its contact for longer than an echo: a newer look than `status` is on its way. */
  waiting: boolean;
  /** Null while nobody has looked at it yet. */
  status: RecordStatus | null;
  reason: string | null;
  detail: Record<string, string>;
};

/** How the prospect stands in every launched integration. */
export async function prospectSync(db: Db, workspaceId: string, prospectId: string): Promise<ProspectSync[]> {
  const rows = await db
    .select({
      integrationId: integrations.id,
      accountId: connections.accountId,
      accountName: connections.accountName,
      state: integrations.state,
      stopped: sql<boolean>`${integrations.fuseStop} is not null`,
      contactId: recordLinks.contactId,
      verifiedAt: recordStatuses.verifiedAt,
      waiting: sql<boolean>`${pendingRecords.id} is not null or exists (
        select from pending_records p where p.integration_id = ${integrations.id}
          and p.side = 'hubspot' and p.record_id = ${recordLinks.contactId}
          and p.noticed_at < now() - make_interval(secs => ${echoSeconds}))`,
      status: recordStatuses.status,
      reason: recordStatuses.reason,
      detail: recordStatuses.detail,
    })
    .from(integrations)
    .innerJoin(connections, eq(connections.id, integrations.connectionId))
    .leftJoin(
      recordLinks,
      and(eq(recordLinks.integrationId, integrations.id), eq(recordLinks.prospectId, prospectId)),
    )
    .leftJoin(
      pendingRecords,
      and(
        eq(pendingRecords.integrationId, integrations.id),
        eq(pendingRecords.side, "snov"),
        eq(pendingRecords.recordId, prospectId),
      ),
    )
    .leftJoin(
      recordStatuses,
      and(
        eq(recordStatuses.integrationId, integrations.id),
        eq(recordStatuses.side, "snov"),
        eq(recordStatuses.recordId, prospectId),
      ),
    )
    .where(
      and(
        eq(integrations.workspaceId, workspaceId),
        ne(integrations.state, "draft"),
        isNull(integrations.disconnectedAt),
      ),
    )
    .orderBy(asc(integrations.createdAt), asc(integrations.id));
  return rows.map(({ verifiedAt, detail, ...row }) => ({
    ...row,
    verifiedAt: verifiedAt?.toISOString() ?? null,
    detail: detail ?? {},
  }));
}
