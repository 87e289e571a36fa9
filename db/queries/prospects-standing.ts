import { and, asc, eq, isNull, ne, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import { connections } from "@/db/schema/connections";
import { integrations } from "@/db/schema/integrations";
import type { ShownRecordStatus } from "@/lib/shown-statuses";

/** How a prospect stands over all integrations: the first of these that is so in one of them. */
export const worstFirst = ["failing", "in_conflict", "waiting", "excluded", "in_sync"] as const;
export type Standing = { status: ShownRecordStatus; accountName: string };

/** Those that sync, or did; drafts have looked at nothing. */
export function launchedIntegrations(
  db: Db,
  workspaceId: string,
): Promise<{ id: string; accountName: string }[]> {
  return db
    .select({ id: integrations.id, accountName: connections.accountName })
    .from(integrations)
    .innerJoin(connections, eq(connections.id, integrations.connectionId))
    .where(
      and(
        eq(integrations.workspaceId, workspaceId),
        ne(integrations.state, "draft"),
        isNull(integrations.disconnectedAt),
      ),
    )
    .orderBy(asc(integrations.createdAt), asc(integrations.id));
}

/** For prospects of a page; those that nobody has looked at are missing. */
export async function prospectsStanding(
  db: Db,
  launched: { id: string; accountName: string }[],
  prospectIds: string[],
): Promise<Map<string, Standing>> {
  if (!launched.length || !prospectIds.length) return new Map();
  const own = uuids(launched.map(({ id }) => id));
  const asked = uuids(prospectIds);
  const rows = Found.parse([
    ...(await db.execute(sql`
      select s.record_id as id, s.status, s.integration_id from record_statuses s
      where s.integration_id = any(${own}) and s.side = 'snov' and s.record_id = any(${asked}::text[])
      union all
      select p.record_id, 'waiting', p.integration_id from pending_records p
      where p.integration_id = any(${own}) and p.side = 'snov' and p.record_id = any(${asked}::text[])
      union all
      select l.prospect_id::text, 'waiting', l.integration_id from record_links l
      join pending_records p on p.integration_id = l.integration_id and p.side = 'hubspot' and p.record_id = l.contact_id
      where l.integration_id = any(${own}) and l.prospect_id = any(${asked})`)),
  ]);
  const standing = new Map<string, Standing>();
  for (const { id, status, integration_id } of rows) {
    const known = standing.get(id);
    if (known && worstFirst.indexOf(known.status) <= worstFirst.indexOf(status)) continue;
    const accountName = launched.find((one) => one.id === integration_id)?.accountName ?? "";
    standing.set(id, { status, accountName });
  }
  return standing;
}

const Found = z.array(z.object({ id: z.string(), status: z.enum(worstFirst), integration_id: z.string() }));

/** A condition on `prospects`: this is the worst of how it stands. */
export function standsAs(integrationIds: string[], status: ShownRecordStatus): SQL {
  const own = uuids(integrationIds);
  const stands = (one: ShownRecordStatus) =>
    one === "waiting"
      ? sql`prospects.id in (
          select p.record_id::uuid from pending_records p where p.integration_id = any(${own}) and p.side = 'snov'
          union all
          select l.prospect_id from pending_records p
          join record_links l on l.integration_id = p.integration_id and l.contact_id = p.record_id
          where p.integration_id = any(${own}) and p.side = 'hubspot')`
      : sql`exists (select from record_statuses s where s.integration_id = any(${own}) and s.side = 'snov'
          and s.record_id = prospects.id::text and s.status = ${one})`;
  const worse = worstFirst.slice(0, worstFirst.indexOf(status));
  return sql.join([stands(status), ...worse.map((one) => sql`not ${stands(one)}`)], sql` and `);
}

function uuids(ids: string[]): SQL {
  return sql`array(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid)`;
}
