import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { markSelected } from "@/services/pending/mark-selected";
import type { PageContext } from "@/services/sync/page-context";
import { isQueued } from "./is-queued";
import type { OpenRun } from "./open-run";

/**
 * After the last page: contacts that no page showed, and that are linked or of which something is said, are archived, gone or
 * merged away, and prospects that changed since launch have a link or a status unless nobody ever looked at them. Marked, all of
 * them: whether a record is really gone the line asks HubSpot itself. Returns how many records were neither shown nor known.
 */
export async function markMissing(tx: Tx, run: OpenRun, page: PageContext): Promise<number> {
  const rows = await tx.execute(sql`
    insert into run_items (run_id, side, record_id, outcome)
    select ${run.id}::uuid, missing.side, missing.id,
      case when missing.outcome = 'marked' and ${isQueued(run.integrationId, sql`missing.side`, sql`missing.id`)}
        then 'queued' else missing.outcome end
    from (${lostPartners(run)} union all ${strangers(page)} union all ${lostStrangers(run)}) as missing(side, id, outcome)
    on conflict do nothing returning outcome`);
  if (rows.some(({ outcome }) => outcome !== "known"))
    await markSelected(
      tx,
      run.integrationId,
      sql`select side, record_id from run_items
        where run_id = ${run.id}::uuid and outcome in ('marked', 'queued') and at = now()`,
    );
  return rows.length;
}

/** Those of which it is known that they were removed have changed nothing since. */
function lostPartners({ id, integrationId, startedAt }: OpenRun) {
  return sql`
    select 'snov', l.prospect_id::text, case when s.reason in ('removed_in_hubspot', 'erased', 'undone') then 'known' else 'marked' end
    from record_links l
    left join record_statuses s on s.integration_id = l.integration_id and s.side = 'snov'
      and s.record_id = l.prospect_id::text
    where l.integration_id = ${integrationId}::uuid and not l.both_removed
      and l.created_at < ${startedAt.toISOString()}::timestamptz
      and not exists (
        select 1 from run_items i where i.run_id = ${id}::uuid and i.side = 'snov' and i.record_id = l.prospect_id::text)`;
}

/** Contacts that have no prospect, of which it is said why. */
function lostStrangers({ id, integrationId, startedAt }: OpenRun) {
  return sql`
    select 'hubspot', s.record_id, 'marked' from record_statuses s
    where s.integration_id = ${integrationId}::uuid and s.side = 'hubspot'
      and s.at < ${startedAt.toISOString()}::timestamptz
      and not exists (
        select 1 from run_items i where i.run_id = ${id}::uuid and i.side = 'hubspot' and i.record_id = s.record_id)`;
}

function strangers({ integrationId, workspaceId, launchedAt, outgoingScope }: PageContext) {
  const chosen =
    outgoingScope.kind === "all"
      ? sql`true`
      : sql`exists (select 1 from list_members m where m.prospect_id = p.id and m.list_id::text in (
          select jsonb_array_elements_text(${JSON.stringify(outgoingScope.ids)}::jsonb)))`;
  return sql`
    select 'snov', p.id::text, 'marked' from prospects p
    where p.workspace_id = ${workspaceId}::uuid and p.deleted_at is null
      and p.updated_at >= ${launchedAt.toISOString()}::timestamptz and ${chosen}
      and not exists (
        select 1 from record_links l where l.integration_id = ${integrationId}::uuid and l.prospect_id = p.id)
      and not exists (
        select 1 from record_statuses s where s.integration_id = ${integrationId}::uuid and s.side = 'snov'
          and s.record_id = p.id::text)`;
}
