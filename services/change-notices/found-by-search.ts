import { type SQL, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { pushedProperties } from "./pushed-properties";

type Searching = { integrationId: string; workspaceId: string; connectionId: string };

/** Contacts that the search found changed although no webhook has told of them, for `judgeFound` to look at. */
export async function noteFound(
  tx: Tx,
  { integrationId, connectionId }: Searching,
  contacts: { id: string; updatedAt: string }[],
): Promise<void> {
  if (!contacts.length) return;
  await tx.execute(sql`
    insert into untold_changes (way, integration_id, record_id, dedupe_key, brought, occurred_at)
    select 'search', ${integrationId}::uuid, found.id, concat_ws('|', found.id, found."updatedAt"), false, found."updatedAt"
    from jsonb_to_recordset(${JSON.stringify(contacts)}::jsonb) as found(id text, "updatedAt" timestamptz)
    where not ${toldOf(connectionId, sql`found.id`, sql`now()`)}
    order by 4 on conflict do nothing`);
}

/**
 * A minute later: a webhook that came after all makes it no news, and so does a search from which nothing came, or nothing
 * of what webhooks tell. What is left is a change that a webhook should have told of.
 */
export async function judgeFound(
  db: Db,
  { integrationId, workspaceId, connectionId }: Searching,
): Promise<void> {
  const due = sql`n.way = 'search' and n.integration_id = ${integrationId}::uuid and not n.brought
    and n.found_at < now() - interval '1 minute'`;
  await db.execute(sql`
    delete from untold_changes n where ${due} and ${toldOf(connectionId, sql`n.record_id`, sql`n.found_at`)}`);
  await db.execute(sql`
    update untold_changes n set brought = true where ${due} and exists (
      select from activities a
      where a.workspace_id = ${workspaceId} and a.at >= n.found_at and a.integration_id = ${integrationId}
        and a.contact_id = n.record_id and a.side = 'snov' and a.cause ->> 'kind' = 'sync'
        and (a.kind <> 'prospect/edited' or ${isPushedEdit}))`);
  await db.execute(
    sql`delete from untold_changes n where ${due} and n.found_at < now() - interval '15 minutes'`,
  );
}

/** Some field of it is not known to come from a property that webhooks leave out. */
const isPushedEdit = sql`exists (
  select from jsonb_to_recordset(a.changes) as change(field text)
  where not exists (
    select from field_mappings m
    where m.integration_id = a.integration_id and m.snov_field = change.field
      and m.hubspot_property <> all(${sql.param(pushedProperties)}::text[])))`;

/** A contact that was told of a little before may be found for something else; that counts as told. */
function toldOf(connectionId: string, contactId: SQL, at: SQL) {
  return sql`exists (
    select from change_notices told
    where told.account_id = (select account_id from connections where id = ${connectionId})
      and told.received_at > ${at} - interval '15 minutes' and told.record_id = ${contactId})`;
}
