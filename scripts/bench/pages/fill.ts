import { sql } from "drizzle-orm";
import type { SyncWorld } from "@/tests/support/sync-world";

export type Filled = { prospectId: string; runId: string; userId: string; mappingId: string };

/**
 * A year of activities over twenty thousand prospects: two thirds synced both ways, transfers in bursts, people's edits and
 * decisions, undone changes; open conflicts of prospects that one member edited, and a decided one of every prospect,
 * half of them in one act.
 */
export async function fill(
  { db, ctx, integrationId, listId }: SyncWorld,
  { rows, conflicts }: { rows: number; conflicts: number },
): Promise<Filled> {
  const runId = crypto.randomUUID();
  await db.execute(sql`alter table prospects disable trigger user`);
  await db.execute(sql`
    insert into prospects (workspace_id, first_name, last_name, job_title, email_words, field_changes)
    select ${ctx.workspaceId}::uuid, 'First' || n, 'Last' || n, 'CEO', 'last' || n || '@example.org', jsonb_build_object('city', jsonb_build_object(
      'at', now(), 'by', jsonb_build_object('kind', 'member', 'id', ${ctx.userId}::text)))
    from generate_series(1, 20000) n`);
  await db.execute(sql`alter table prospects enable trigger user`);
  await db.execute(sql`
    insert into list_members (list_id, prospect_id) select ${listId}::uuid, id from prospects`);
  await db.execute(sql`
    insert into activities (workspace_id, integration_id, prospect_id, contact_id, side, kind, record_name, changes, cause, givers, run_id, at)
    select ${ctx.workspaceId}::uuid, case when n % 10 = 9 then null else ${integrationId}::uuid end,
      p.id, p.k::text,
      case when n % 400 = 4 then null when n % 10 < 5 then 'hubspot' else 'snov' end,
      case when n % 400 = 4 then 'conflict/left' when n % 10 < 5 then 'contact/edited' else 'prospect/edited' end,
      p.first_name || ' ' || p.last_name,
      jsonb_build_array(jsonb_build_object('field', case when n % 99991 = 0 then 'rare' else 'field_' || n % 12 end,
        'label', 'Field', 'before', 'before ' || n, 'after', 'after ' || n)),
      case
        when n % 10 = 9 then jsonb_build_object('kind', 'member', 'userId', ${ctx.userId}::text, 'name', 'Ana')
        when n % 200 = 4 then jsonb_build_object('kind', 'member', 'userId', ${ctx.userId}::text, 'name', 'Ana', 'conflictId', ${runId}::text)
        when n % 200 = 5 then jsonb_build_object('kind', 'undo', 'userId', ${runId}::text, 'name', 'Bea')
        when n % 10 < 5 then '{"kind": "sync", "from": "snov"}'::jsonb
        else '{"kind": "sync", "from": "hubspot"}'::jsonb end,
      case when n % 10 between 5 and 8 then jsonb_build_object('field_' || n % 12, jsonb_build_object('at', now(),
        'source', 'CRM_UI', 'userId', (n % 500)::text)) end,
      case when n between ${rows / 10}::int and ${rows / 5}::int then ${runId}::uuid end,
      now() - (${rows}::int - n) * interval '1 year' / ${rows}::int
    from generate_series(1, ${rows}::int) n
    join (select *, row_number() over () - 1 as k from prospects) p on p.k = n::bigint * 7919 % 20000`);
  const [mapping] = await db.execute<{ id: string }>(sql`
    select id from field_mappings where integration_id = ${integrationId}::uuid and snov_field = 'city'`);
  if (!mapping) throw new Error("the mapping of the city is missing");
  await db.execute(sql`
    insert into conflicts (integration_id, side, record_id, mapping_id, detail, snov_value, hubspot_value, opened_at)
    select ${integrationId}::uuid, 'snov', id::text, ${mapping.id}::uuid,
      jsonb_build_object('recordName', first_name || ' ' || last_name), '"Lisbon"', '"Porto"', created_at
    from prospects limit ${conflicts}::int`);
  await db.execute(sql`
    insert into conflicts (integration_id, side, record_id, mapping_id, detail, snov_value, hubspot_value, opened_at,
      closed_at, outcome, resolution, resolution_id, resolved_by, resolved_at)
    select ${integrationId}::uuid, 'snov', id::text, ${mapping.id}::uuid,
      jsonb_build_object('recordName', first_name || ' ' || last_name), '"Lisbon"', '"Porto"', created_at, created_at,
      'applied', '{"choice": {"kind": "take", "side": "snov"}}', case when n % 2 = 0 then ${crypto.randomUUID()}::uuid else gen_random_uuid() end, ${ctx.userId}::uuid,
      now() - n * interval '1 minute'
    from (select *, row_number() over () as n from prospects) p`);
  await db.execute(sql`vacuum analyze`);
  const [one] = await db.execute<{ id: string }>(sql`select id from prospects where last_name = 'Last777'`);
  if (!one) throw new Error("the prospect was not made");
  return { prospectId: one.id, runId, userId: ctx.userId, mappingId: mapping.id };
}
