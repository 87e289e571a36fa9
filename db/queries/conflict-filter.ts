import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { sides } from "@/sync/side";

/** Which open conflicts of an integration; what is left out restricts nothing. */
export const ConflictFilter = z.object({
  kind: z.enum(["value", "removed_and_edited", "same_address", "merged"]).optional(),
  mappingId: z.uuid().optional(),
  /** Prospects of this list. */
  listId: z.uuid().optional(),
  record: z.object({ side: z.enum(sides), recordId: z.string().max(60) }).optional(),
  /** Part of a name or of an e-mail address, of the record on either side. */
  search: z.string().max(100).optional(),
  /** The member who changed the field in Snov.io. */
  changedBy: z.uuid().optional(),
  /** As that one was at that revision: the same field with the same two values, or records in the same trouble. */
  like: z.object({ conflictId: z.uuid(), revision: z.int() }).optional(),
});
export type ConflictFilter = z.infer<typeof ConflictFilter>;

/** A condition on `conflicts c`. */
export function conflictsMatching(integrationId: string, filter: ConflictFilter): SQL {
  return sql`c.closed_at is null and ${everMatching(integrationId, filter)}`;
}

/** The same of closed ones as well. */
export function everMatching(integrationId: string, filter: ConflictFilter): SQL {
  const { kind, mappingId, listId, record, search, changedBy, like } = filter;
  const conditions = [
    sql`c.integration_id = ${integrationId}::uuid`,
    kind && sql`c.kind = ${kind}`,
    mappingId && sql`c.mapping_id = ${mappingId}::uuid`,
    record && sql`c.side = ${record.side} and c.record_id = ${record.recordId}`,
    search?.trim() && isNamed(integrationId, search.trim()),
    listId &&
      sql`exists (select 1 from list_members m where m.list_id = ${listId}::uuid and m.prospect_id = ${prospectOf})`,
    changedBy &&
      sql`c.mapping_id is not null and ${changedBy} = (
        select p.field_changes -> (${fieldOfMapping(integrationId)} ->> c.mapping_id::text) -> 'by' ->> 'id'
        from prospects p where p.id = ${prospectOf})`,
    like && isLike(integrationId, like),
  ];
  return sql.join(
    conditions.flatMap((condition) => condition || []),
    sql` and `,
  );
}

/**
 * A condition on `conflicts c`: it waits for a person, who can decide it. Nobody has chosen, or what they chose has come
 * to nothing; and its field is still synced.
 */
export const isDecidable = sql`(c.closed_at is null and c.resolution is null and not exists (
  select 1 from field_mappings m where m.id = c.mapping_id and m.stopped_reason is not null))`;

/** One look at each of the open ones, by its id: how many of all records have that name does not matter. */
export function isNamed(integrationId: string, search: string): SQL {
  const holds = (text: SQL) => sql`strpos(${folded(text)}, fold_text(${search})) > 0`;
  return sql`(${holds(sql`c.detail ->> 'recordName'`)}
    or exists (select 1 from jsonb_array_elements_text(c.detail -> 'addresses') a(address) where ${holds(sql`a.address`)})
    or (select ${holds(sql`concat_ws(' ', p.first_name, p.last_name, p.email_words)`)} from prospects p
      where p.id = ${prospectOf}
      and p.workspace_id = (select i.workspace_id from integrations i where i.id = ${integrationId}::uuid))
    or (select ${holds(sql`concat_ws(' ', s.contact_name, s.contact_email)`)} from record_statuses s
      where s.integration_id = ${integrationId}::uuid and s.side = c.side and s.record_id = c.record_id))`;
}

/** As `fold_text` has it, whose letters without accents cost most of a search: a text of ASCII has none to look for. */
function folded(text: SQL): SQL {
  return sql`case when octet_length(${text}) = length(${text}) then lower(${text}) else fold_text(${text}) end`;
}

function isLike(integrationId: string, { conflictId, revision }: NonNullable<ConflictFilter["like"]>): SQL {
  return sql`exists (select 1 from conflicts o where o.id = ${conflictId}::uuid
    and o.integration_id = ${integrationId}::uuid and o.revision = ${revision} and o.kind = c.kind
    and o.mapping_id is not distinct from c.mapping_id and o.snov_value is not distinct from c.snov_value
    and o.hubspot_value is not distinct from c.hubspot_value
    and o.detail ->> 'removedOn' is not distinct from c.detail ->> 'removedOn')`;
}

/** Looked up once for all conflicts, and not for each. */
function fieldOfMapping(integrationId: string): SQL {
  return sql`(select jsonb_object_agg(m.id, m.snov_field) from field_mappings m where m.integration_id = ${integrationId}::uuid)`;
}

/** A contact's id is no uuid: `case` keeps the cast from it. */
export const prospectOf = sql`case when c.side = 'snov' then c.record_id::uuid end`;
