import { aliasedTable, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db, Tx } from "@/db/client";
import type {
  ConflictChoice,
  ConflictDetail,
  ConflictKind,
  ConflictOutcome,
  StayReason,
  StoredResolution,
} from "@/db/schema/conflicts";
import { type FieldChange, prospects } from "@/db/schema/prospects";
import type { Both, Side } from "@/sync/side";
import type { Value } from "@/sync/value";
import { type ConflictFilter, conflictsMatching, isDecidable, prospectOf } from "./conflict-filter";
import { recordNameOf } from "./record-name";

export type ConflictRow = {
  id: string;
  kind: ConflictKind;
  /** A choice names the revision that was seen. */
  revision: number;
  side: Side;
  recordId: string;
  contactId: string | null;
  recordName: string | null;
  /** The contact's name in HubSpot, else its address, as far as it was looked at. */
  contactName: string | null;
  mappingId: string | null;
  /** Null where it is about the records themselves. */
  fields: Both<string> | null;
  /** The field is synced no more: no choice can be carried out, or taken back. */
  stopped: boolean;
  base: Value;
  values: Both<Value>;
  other: { side: Side; id: string; name: string | null } | null;
  /** It and `other` share an address, and neither belongs to another record: they can be made a pair. */
  linkable: boolean;
  detail: ConflictDetail;
  /** Of a record that was removed on the other side: what was edited on this one. */
  edits: ConflictEdit[];
  /** When the prospect was put in the trash and by whom, where it was. */
  trashed: { at: string; name: string | null } | null;
  /** When and by whom the prospect's field was changed last; HubSpot's side is asked live. */
  changedInSnov: (FieldChange & { name: string | null }) | null;
  /** A choice that is still to be carried out. */
  resolution: StoredResolution | null;
  /** The choice of a person that has closed it. */
  choice: ConflictChoice | null;
  /** Taking it back can put things as they were: it made no record come or go, and the field has not changed since. */
  reversible: boolean;
  resolutionId: string | null;
  resolvedBy: string | null;
  resolvedById: string | null;
  resolvedAt: string | null;
  /** Who takes the choice back, while that is being carried out. */
  takingBackBy: string | null;
  outcome: ConflictOutcome | null;
  stopReason: StayReason | null;
  openedAt: string;
  closedAt: string | null;
};

/** `value` is the edited side's own; `base`, what both had before, in HubSpot's choices. */
type ConflictEdit = {
  mappingId: string;
  fields: Both<string>;
  base: Value;
  value: Value;
  changedInSnov: ConflictRow["changedInSnov"];
};

/** The place of one of them in the queue. */
export type ConflictCursor = Pick<ConflictRow, "openedAt" | "side" | "recordId" | "id">;
export type ConflictsPage = { conflicts: ConflictRow[]; next: ConflictCursor | null };

/** Of `conflicts c`: those of a record are beside each other, as far as they were opened together. Pages put them in this order too. */
const place = sql`c.opened_at, c.side, c.record_id collate "C", c.id`;

/** Open conflicts, the longest open first. They are put in order before they are asked the filter, for a page's worth of them. */
export async function conflictsPage(
  db: Db,
  integrationId: string,
  filter: ConflictFilter,
  { after, limit, decidable }: { after: ConflictCursor | null; limit: number; decidable?: true },
): Promise<ConflictsPage> {
  const later = after
    ? sql`and (${place}) > (${after.openedAt}::timestamptz, ${after.side}, ${after.recordId}, ${after.id}::uuid)`
    : sql``;
  const rows = await readConflicts(
    db,
    sql`select c.* from conflicts c where c.id in (
      select c.id from (
        select c.id, c.integration_id, c.closed_at, c.kind, c.mapping_id, c.side, c.record_id, c.detail, c.opened_at,
          c.resolution, c.snov_value, c.hubspot_value
        from conflicts c where c.integration_id = ${integrationId}::uuid and c.closed_at is null ${later}
        order by ${place} offset 0) c
      where ${conflictsMatching(integrationId, filter)} ${decidable ? sql`and ${isDecidable}` : sql``}
      order by ${place} limit ${limit + 1})`,
  );
  const conflicts = rows.slice(0, limit);
  const last = conflicts.at(-1);
  return { conflicts, next: rows.length > limit && last ? placeOf(last) : null };
}

function placeOf({ openedAt, side, recordId, id }: ConflictRow): ConflictCursor {
  return { openedAt, side, recordId, id };
}

/** One conflict, also a closed one. */
export async function oneConflict(
  db: Db,
  integrationId: string,
  conflictId: string,
): Promise<ConflictRow | undefined> {
  const [row] = await conflictsById(db, integrationId, [conflictId]);
  return row;
}

/** These conflicts, also closed ones. */
export async function conflictsById(db: Db, integrationId: string, ids: string[]): Promise<ConflictRow[]> {
  return readConflicts(
    db,
    sql`select c.* from conflicts c where c.integration_id = ${integrationId}::uuid and c.id in ${ids}`,
  );
}

export type ConflictCounts = {
  total: number;
  kinds: Partial<Record<ConflictKind, number>>;
  /** Of each kind those that are about the records themselves. */
  records: Partial<Record<ConflictKind, number>>;
  /** Field mapping id → open conflicts. */
  mappings: Record<string, number>;
};

const Counts = z.array(
  z.object({ kind: z.string(), mapping_id: z.string().nullable(), count: z.coerce.number() }),
);

/** How many match of each kind and field that a person can decide, and how many would `around` them, with every kind and field. */
export async function conflictCounts(
  db: Db,
  integrationId: string,
  { kind, mappingId, ...around }: ConflictFilter,
): Promise<{ counts: ConflictCounts; around: ConflictCounts }> {
  const rows = Counts.parse([
    ...(await db.execute(sql`
      select c.kind, c.mapping_id, count(*)::int as count from conflicts c
      where ${conflictsMatching(integrationId, around)} and ${isDecidable} group by 1, 2`)),
  ]);
  const matching = rows.filter(
    (row) => (!kind || row.kind === kind) && (!mappingId || row.mapping_id === mappingId),
  );
  return { counts: sumOf(matching), around: sumOf(rows) };
}

function sumOf(rows: z.infer<typeof Counts>): ConflictCounts {
  const counts: ConflictCounts = { total: 0, kinds: {}, records: {}, mappings: {} };
  for (const { kind, mapping_id, count } of rows) {
    const known = kind as ConflictKind;
    counts.total += count;
    counts.kinds[known] = (counts.kinds[known] ?? 0) + count;
    if (!mapping_id) counts.records[known] = (counts.records[known] ?? 0) + count;
    else counts.mappings[mapping_id] = (counts.mappings[mapping_id] ?? 0) + count;
  }
  return counts;
}

/** A condition on `conflicts c`: a person's choice has closed it. */
export const isDecided = sql`(c.closed_at is not null and c.outcome in ('applied', 'apart', 'kept')
  and c.resolution is not null)`;

/** A condition on `conflicts c`, a decided one: taking it back can put things as they were. What stood against it once may be gone. */
export const isReversible = sql`(c.outcome = 'apart' or c.kind = 'value' and (c.outcome = 'applied'
  or c.outcome = 'kept' and c.stop_reason not in ('changed', 'email_removed')))`;

/** A condition on `conflicts c`: not about a field whose mapping is gone. */
const isStillMapped = sql`(c.mapping_id is not null or not c.detail ? 'fields')`;

/** A condition on `conflicts c`: its field is not synced, or its mapping is gone. */
export const isStopped = sql`(not ${isStillMapped} or exists (
  select 1 from field_mappings m where m.id = c.mapping_id and m.stopped_reason is not null))`;

/** The page's rows are chosen first: names and changes are looked up for those alone. */
export async function readConflicts(db: Db | Tx, chosen: SQL): Promise<ConflictRow[]> {
  const rows = await db.execute<{ row: ConflictRow }>(sql`
    select jsonb_build_object(
      'id', c.id, 'kind', c.kind, 'revision', c.revision, 'side', c.side, 'recordId', c.record_id,
      'contactId', case when c.side = 'hubspot' then c.record_id else l.contact_id end,
      'recordName', coalesce(${recordNameOf(aliasedTable(prospects, "p"))}, nullif(c.detail ->> 'recordName', '')),
      'contactName', (select coalesce(s.contact_name, s.contact_email) from record_statuses s
        where s.integration_id = c.integration_id and s.side = c.side and s.record_id = c.record_id),
      'mappingId', c.mapping_id,
      'fields', case when m.id is not null then jsonb_build_object('snov', m.snov_field, 'hubspot', m.hubspot_property)
        else c.detail -> 'fields' end,
      'stopped', m.stopped_reason is not null or not ${isStillMapped},
      'base', c.base_value,
      'values', jsonb_build_object('snov', c.snov_value, 'hubspot', c.hubspot_value),
      'other', case when c.other_id is not null then
        jsonb_build_object('side', c.other_side, 'id', c.other_id, 'name', coalesce(${recordNameOf(aliasedTable(prospects, "o"))}, ${contactNameOfOther})) end,
      'linkable', ${areBothFree},
      'detail', c.detail,
      'edits', ${edits},
      'trashed', case when p.deleted_at is not null then jsonb_build_object('at', p.deleted_at,
        'name', (select u.name from users u where u.id = p.deleted_by)) end,
      'changedInSnov', ${changeOf(sql`m.snov_field`)},
      'resolution', case when c.closed_at is null then c.resolution end,
      'choice', case when ${isDecided} then c.resolution -> 'choice' end,
      'reversible', coalesce(${isDecided} and ${isReversible}, false),
      'resolutionId', c.resolution_id, 'resolvedBy', (select u.name from users u where u.id = c.resolved_by),
      'resolvedById', c.resolved_by,
      'resolvedAt', c.resolved_at,
      'takingBackBy', (select u.name from users u where u.id = (c.resolution -> 'undo' ->> 'by')::uuid), 'outcome', c.outcome, 'stopReason', c.stop_reason,
      'openedAt', c.opened_at, 'closedAt', c.closed_at
    ) as row
    from (${chosen}) c
    left join record_links l on l.id = c.link_id
    left join field_mappings m on m.id = c.mapping_id
    join integrations i on i.id = c.integration_id
    left join prospects p on p.workspace_id = i.workspace_id and p.id = ${prospectOf}
    left join prospects o on o.workspace_id = i.workspace_id
      and o.id = case when c.other_side = 'snov' then c.other_id::uuid end
    order by ${place}`);
  return [...rows].map(({ row }) => row);
}

/** Of the prospect's field, with the name of the member who made it. */
function changeOf(field: SQL): SQL {
  return sql`case when p.field_changes ? ${field} then
    p.field_changes -> ${field} || jsonb_build_object('name', (
      select u.name from users u where p.field_changes -> ${field} -> 'by' ->> 'kind' = 'member'
        and u.id::text = p.field_changes -> ${field} -> 'by' ->> 'id')) end`;
}

const edits = sql`case when c.kind = 'removed_and_edited' then coalesce((
  select jsonb_agg(jsonb_build_object('mappingId', e.id,
    'fields', jsonb_build_object('snov', e.snov_field, 'hubspot', e.hubspot_property),
    'base', l.base -> e.id::text, 'value', c.detail -> 'edited' -> e.id::text,
    'changedInSnov', ${changeOf(sql`e.snov_field`)}) order by e.position)
  from field_mappings e where e.integration_id = c.integration_id and c.detail -> 'mappingIds' ? e.id::text
), '[]'::jsonb) else '[]'::jsonb end`;

const areBothFree = sql`case when c.kind = 'same_address' and c.mapping_id is null and c.other_side <> c.side
  then not exists (select from record_links f where f.integration_id = c.integration_id
    and (f.prospect_id = (case when c.side = 'snov' then c.record_id else c.other_id end)::uuid
      or f.contact_id = case when c.side = 'snov' then c.other_id else c.record_id end)) else false end`;

/** A contact alone has a status of its own; one that is linked has its prospect's. */
const contactNameOfOther = sql`case when c.other_side = 'hubspot' then coalesce(
  (select coalesce(s.contact_name, s.contact_email) from record_statuses s
    where s.integration_id = c.integration_id and s.side = 'hubspot' and s.record_id = c.other_id),
  (select coalesce(s.contact_name, s.contact_email) from record_links ol join record_statuses s
    on s.integration_id = ol.integration_id and s.side = 'snov' and s.record_id = ol.prospect_id::text
    where ol.integration_id = c.integration_id and ol.contact_id = c.other_id)) end`;
