import { type SQL, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import type { NoticeParams } from "@/db/schema/notices";
import type { NoticeKind } from "@/lib/notice-kinds";
import { isDecidable } from "./conflict-filter";
import { isToldAgain } from "./told-again";

export type Condition = {
  workspaceId: string;
  integrationId: string;
  kind: NoticeKind;
  runId: string | null;
  params: NoticeParams;
};

/** A field that people of the workspace deleted they know of. */
const isStoppedByItself = sql`m.stopped_reason <> 'snov_field_deleted'`;

/** What is so right now, of one integration or of all: everything people are told of that lasts. */
const conditions = (ofWhich: SQL): SQL => sql`
  select i.workspace_id, i.id as integration_id, x.kind, x.run_id, x.params
  from integrations i join connections c on c.id = i.connection_id
  cross join lateral (
    select 'connection_broken' as kind, null::uuid as run_id,
      jsonb_build_object('reason', coalesce(c.broken_reason, c.refresh_fault ->> 'kind')) as params
    where c.broken_reason is not null or c.refresh_fault is not null
    union all
    select 'fuse_blown', null,
      jsonb_build_object('fuse', i.fuse_stop -> 'kind', 'planned', i.fuse_stop -> 'planned')
    where i.fuse_stop is not null
    union all
    select 'transfer_asking', r.id, '{}'::jsonb from runs r
    where r.integration_id = i.id and r.kind = 'transfer' and r.state = 'asking' and r.finished_at is null
    union all
    select 'mappings_stopped', null,
      jsonb_build_object('count', count(*), 'mappings', jsonb_agg(m.id order by m.id)) from field_mappings m
    where m.integration_id = i.id and i.state <> 'draft' and ${isStoppedByItself} having count(*) > 0
    union all
    select 'records_failing', null, jsonb_build_object('count', count(*)) from record_statuses s
    where s.integration_id = i.id and s.status = 'failing' having count(*) > 0
    union all
    select 'conflicts_waiting', null, jsonb_build_object('count', w.count) from (
      select count(*) from conflicts c where c.integration_id = i.id and ${isDecidable}) w where w.count > 0
  ) x
  where i.disconnected_at is null and ${ofWhich}`;

export async function conditionsOf(tx: Tx, integrationId: string): Promise<Condition[]> {
  return await tx.execute<Condition>(sql`
    select workspace_id as "workspaceId", integration_id as "integrationId", kind, run_id as "runId", params
    from (${conditions(sql`i.id = ${integrationId}::uuid`)}) is_so`);
}

/** Integrations of which something is so that nobody is told, or that has grown by much since; or told that is no longer so. */
export async function wronglyTold(db: Db): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select distinct coalesce(is_so.integration_id, told.integration_id) as id
    from (${conditions(sql`true`)}) is_so
    full join (select * from notices where ended_at is null and kind <> 'transfer_ended') told
      on told.integration_id = is_so.integration_id and told.kind = is_so.kind
      and coalesce(told.run_id::text, '') = coalesce(is_so.run_id::text, '')
    where told.id is null or is_so.kind is null or told.params <> is_so.params
      or ${isToldAgain(sql`told`, sql`is_so.params`)}`);
  return rows.map(({ id }) => id);
}
