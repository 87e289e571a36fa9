import { and, eq, inArray, notExists, or, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { conflicts } from "@/db/schema/conflicts";
import { integrations } from "@/db/schema/integrations";
import { prospects } from "@/db/schema/prospects";
import { activities, recordLinks, recordStatuses } from "@/db/schema/sync";
import { marking } from "@/services/pending/mark-selected";

/** A contact's id says who it is only within the account of its integration. */
export type ErasedContact = { integrationId: string; contactId: string };
/** Prospects belong to the whole workspace. */
export type Erased = {
  prospectIds: string[];
  contacts: ErasedContact[];
  /** They stay, and nothing that was told of them beside their contact does. */
  keptIds: string[];
};

/** The contacts that go with these prospects in all integrations of the workspace; links end with their prospects. */
export async function partnersOf(
  tx: Tx,
  workspaceId: string,
  prospectIds: string[],
): Promise<ErasedContact[]> {
  if (!prospectIds.length) return [];
  return tx
    .select({ integrationId: recordLinks.integrationId, contactId: recordLinks.contactId })
    .from(recordLinks)
    .innerJoin(integrations, eq(integrations.id, recordLinks.integrationId))
    .where(and(eq(integrations.workspaceId, workspaceId), inArray(recordLinks.prospectId, prospectIds)));
}

/**
 * Takes what was told of erased records out of activities, statuses, conflicts and the examples of stopped
 * integrations, in the whole workspace. A prospect that had such a contact once, and goes on by itself or with another
 * one, keeps its own history.
 */
export async function forgetErased(
  tx: Tx,
  workspaceId: string,
  { prospectIds, contacts, keptIds }: Erased,
): Promise<void> {
  if (!prospectIds.length && !contacts.length) return;
  const named = sql`select * from ${namedIn(contacts)} union all
    select i.id, 'snov', p.id from integrations i cross join unnest(${sql.param(prospectIds)}::text[]) as p(id)
      where i.workspace_id = ${workspaceId}::uuid`;
  await tx
    .update(activities)
    .set({ changes: [], recordName: null, givers: {} })
    .where(
      and(
        sql`(${activities.integrationId}, ${activities.contactId}) in (select integration_id, id from ${namedIn(contacts)})`,
        isNobodyElses(tx, keptIds),
      ),
    );
  if (prospectIds.length)
    await tx
      .update(activities)
      .set({ changes: [], recordName: null, givers: {} })
      .where(and(eq(activities.workspaceId, workspaceId), inArray(activities.prospectId, prospectIds)));
  await markKeptApart(tx, named);
  for (const table of [recordStatuses, conflicts])
    await tx
      .delete(table)
      .where(sql`(${table.integrationId}, ${table.side}, ${table.recordId}) in (${named})`);
  // A record that was in dispute with an erased one over these addresses, and may be of the same person.
  await tx
    .update(conflicts)
    .set({
      detail: sql`${conflicts.detail} - 'addresses' - 'recordName' - 'edited'`,
      snovValue: null,
      hubspotValue: null,
      baseValue: null,
      resolution: null,
    })
    .where(
      sql`(${conflicts.integrationId}, ${conflicts.otherId}) in (select integration_id, id from (${named}) as named)`,
    );
  const given = JSON.stringify(contacts);
  await forgetSamples(tx, workspaceId, prospectIds, given);
  await forgetItems(tx, workspaceId, prospectIds, given);
  await forgetUndone(tx, workspaceId, prospectIds);
}

/** Who was kept apart from one of these has nobody to be kept apart from any more. */
async function markKeptApart(tx: Tx, named: SQL): Promise<void> {
  await tx.execute(
    marking(sql`select distinct c.integration_id, c.other_side, c.other_id, now(), false from conflicts c
      where c.outcome = 'apart' and c.other_id is not null
        and (c.integration_id, c.side, c.record_id) in (${named})`),
  );
}

/** As arrays: Postgres knows how few they are, and looks each of them up. */
function namedIn(contacts: ErasedContact[]): SQL {
  const integrationIds = sql.param(contacts.map(({ integrationId }) => integrationId));
  const contactIds = sql.param(contacts.map(({ contactId }) => contactId));
  return sql`(select integration_id, 'hubspot' as side, id
    from unnest(${integrationIds}::uuid[], ${contactIds}::text[]) as x(integration_id, id)) as given`;
}

function isNobodyElses(tx: Tx, keptIds: string[]): SQL | undefined {
  const staying = tx
    .select({ id: prospects.id })
    .from(prospects)
    .where(eq(prospects.id, activities.prospectId));
  return or(inArray(activities.prospectId, keptIds), notExists(staying));
}

/** Whose change, or day, an undo was of; its activity has been forgotten by now. */
async function forgetUndone(tx: Tx, workspaceId: string, prospectIds: string[]): Promise<void> {
  await tx.execute(sql`
    update transfers t set undoes_changes = t.undoes_changes || '{"recordName":null}'
    from runs r join integrations g on g.id = r.integration_id
    where g.workspace_id = ${workspaceId}::uuid and t.run_id = r.id
      and t.undoes_changes ->> 'recordName' is not null
      and (t.undoes_changes ->> 'prospectId' = any(${sql.param(prospectIds)}::text[])
        or exists (select 1 from activities a
          where a.id = (t.undoes_changes ->> 'activityId')::bigint and a.record_name is null))`);
}

/** That the record was in a run stays, and its place in a transfer's list; who it was does not. */
async function forgetItems(
  tx: Tx,
  workspaceId: string,
  prospectIds: string[],
  contacts: string,
): Promise<void> {
  const forgotten = sql`name = case when i.name is not null then '' end, email_words = '', changes = null, detail = '{}'`;
  const isTold = sql`(i.name <> '' or i.email_words <> '' or i.changes is not null)`;
  await tx.execute(sql`
    update run_items i set ${forgotten}
    from runs r join integrations g on g.id = r.integration_id
    where g.workspace_id = ${workspaceId}::uuid and i.run_id = r.id and i.side = 'snov'
      and i.record_id = any(${sql.param(prospectIds)}::text[]) and ${isTold}`);
  await tx.execute(sql`
    update run_items i set ${forgotten}
    from jsonb_to_recordset(${contacts}::jsonb) as x("integrationId" uuid, "contactId" text)
    join runs r on r.integration_id = x."integrationId"
    join integrations g on g.id = r.integration_id
    where g.workspace_id = ${workspaceId}::uuid and i.run_id = r.id and i.side = 'hubspot'
      and i.record_id = x."contactId" and ${isTold}`);
}

/** Takes away the disputes, also ended ones, of contacts that nothing else is known of. */
export async function forgetDisputes(tx: Tx, integrationId: string, contactIds: string[]): Promise<void> {
  if (!contactIds.length) return;
  await tx
    .delete(conflicts)
    .where(
      and(
        eq(conflicts.integrationId, integrationId),
        eq(conflicts.side, "hubspot"),
        inArray(conflicts.recordId, contactIds),
      ),
    );
}

async function forgetSamples(
  tx: Tx,
  workspaceId: string,
  prospectIds: string[],
  contacts: string,
): Promise<void> {
  await tx.execute(sql`
    update integrations i set fuse_stop = jsonb_set(fuse_stop, '{samples}', coalesce((
      select jsonb_agg(sample) from jsonb_array_elements(fuse_stop->'samples') sample
      where not coalesce(${JSON.stringify(prospectIds)}::jsonb ? (sample->>'prospectId'), false)
        and not coalesce(${contacts}::jsonb @> jsonb_build_array(jsonb_build_object(
          'integrationId', i.id, 'contactId', sample->>'contactId')), false)
    ), '[]'))
    where workspace_id = ${workspaceId}::uuid and fuse_stop is not null`);
}
