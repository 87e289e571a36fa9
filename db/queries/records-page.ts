import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import { inOneSnapshot } from "@/db/one-snapshot";
import type { RecordStatus } from "@/db/schema/sync";
import { type Side, sides } from "@/sync/side";
import { type OfIntegration, ownIntegration } from "./own-integration";
import { type RecordFilter, recordsNamed } from "./record-filter";
import { recordNameSql } from "./record-name";
import { waitsAsProspect } from "./waiting-records";

export type RecordRow = {
  side: Side;
  recordId: string;
  /** Null where there is none, or it has been deleted for good. */
  prospect: { name: string | null; trashed: boolean } | null;
  contact: { id: string; name: string | null; email: string | null } | null;
  /** Null while nobody has looked at it yet. */
  status: RecordStatus | null;
  reason: string | null;
  detail: Record<string, string>;
  /** When it was last looked at. */
  at: string | null;
  /** When both sides were last compared and nothing was left to sync; equal, where there is no reason. */
  verifiedAt: string | null;
  /** Since when a newer look than `status` waits in the queue. */
  waitingSince: string | null;
};

/** `at` is null among those that nobody has looked at, and those that wait; they have no order but that of their ids. */
export type RecordsAfter = { at: string | null; side: Side; recordId: string };
export type RecordsPage = { records: RecordRow[]; next: RecordsAfter | null };
type Ask = { filter: RecordFilter; after: RecordsAfter | null; limit: number };

/** Records of an integration, paged by key: those not looked at yet, then the others, the latest look first. */
export async function recordsPage(
  db: Db,
  of: OfIntegration,
  { filter, after, limit }: Ask,
): Promise<RecordsPage> {
  const found: FoundKey[] = [];
  const more = () => limit + 1 - found.length;
  await inOneSnapshot(db, async (tx) => {
    // A plan made for the search at hand; see `prospectsPage`.
    await tx.execute(sql`set local plan_cache_mode = force_custom_plan`);
    const read = async (keys: SQL) => void found.push(...Keys.parse([...(await tx.execute(keys))]));
    const waiting = !filter.status || filter.status === "waiting";
    if (waiting && !after?.at) await read(waitingKeys(of, { filter, after, limit: more() }));
    if (filter.status !== "waiting" && more())
      await read(seenKeys(of, { filter, after: after?.at ? after : null, limit: more() }));
  });
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    records: shown.length ? await describe(db, of, shown) : [],
    next:
      last && found.length > limit
        ? { at: last.at, side: last.key_side, recordId: last.key_record_id }
        : null,
  };
}

/** The place in the order, and the record that stands there: a linked contact's is its prospect. */
const Keys = z.array(
  z.object({
    key_side: z.enum(sides),
    key_record_id: z.string(),
    side: z.enum(sides),
    record_id: z.string(),
    at: z.string().nullable(),
  }),
);
type FoundKey = z.infer<typeof Keys>[number];

/** From the queue. Without a status filter only those that have no status of their own. */
export function waitingKeys(of: OfIntegration, { filter, after, limit }: Ask): SQL {
  const unseen = sql`not exists (select from record_statuses s where s.integration_id = w.integration_id
    and s.side = w.side and s.record_id = w.record_id)`;
  return sql`select w.key_side, w.key_record_id, w.side, w.record_id, null as at from (
      select pending_records.integration_id, pending_records.side as key_side, pending_records.record_id as key_record_id,
        case when l.id is null then pending_records.side else 'snov' end as side,
        coalesce(l.prospect_id::text, pending_records.record_id) as record_id
      from pending_records
      left join record_links l on pending_records.side = 'hubspot'
        and l.integration_id = pending_records.integration_id and l.contact_id = pending_records.record_id
      where pending_records.integration_id = ${ownIntegration(of)} and not ${waitsAsProspect}
        ${after ? sql`and (pending_records.side, pending_records.record_id) > (${after.side}, ${after.recordId})` : sql``}
    ) w
    where ${filter.status ? sql`true` : unseen}
      and ${recordsNamed(of, filter.search, [sql`w.side`, sql`w.record_id`])}
    order by w.key_side, w.key_record_id limit ${limit}`;
}

const seenStatuses = ["in_sync", "failing", "in_conflict", "excluded"] as const;

/** One walk down an index for each status, merged: no status is sorted. */
export function seenKeys(of: OfIntegration, { filter, after, limit }: Ask): SQL {
  const { reason } = filter;
  // Milliseconds would lose the rest of a microsecond, and with it a row at the page's edge.
  const exactAt = sql`to_char(s.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
  const walk = (status: RecordStatus) => sql`(
    select s.side as key_side, s.record_id as key_record_id, s.side, s.record_id, ${exactAt} as at
    from record_statuses s
    where s.integration_id = ${ownIntegration(of)} and s.status = ${status}
      ${reason ? sql`and s.reason = ${reason}` : sql``}
      ${after ? sql`and (s.at, s.side, s.record_id) < (${after.at}::timestamptz, ${after.side}, ${after.recordId})` : sql``}
      and ${recordsNamed(of, filter.search, [sql`s.side`, sql`s.record_id`])}
    order by s.at desc, s.side desc, s.record_id desc limit ${limit})`;
  const { status } = filter;
  const walks = seenStatuses.filter((one) => !status || one === status).map(walk);
  return sql`select * from (${sql.join(walks, sql` union all `)}) walked
    order by at desc, key_side desc, key_record_id desc limit ${limit}`;
}

const Described = z.array(
  z
    .object({
      side: z.enum(sides),
      record_id: z.string(),
      prospect_id: z.string().nullable(),
      name: z.string().nullable(),
      trashed: z.boolean().nullable(),
      contact_id: z.string().nullable(),
      contact_name: z.string().nullable(),
      contact_email: z.string().nullable(),
      status: z.enum(seenStatuses).nullable(),
      reason: z.string().nullable(),
      detail: z.record(z.string(), z.string()).nullable(),
      at: z.coerce.date().nullable(),
      verified_at: z.coerce.date().nullable(),
      since: z.coerce.date().nullable(),
    })
    .transform(
      (row): RecordRow => ({
        side: row.side,
        recordId: row.record_id,
        prospect: row.prospect_id ? { name: row.name, trashed: row.trashed === true } : null,
        contact: row.contact_id
          ? { id: row.contact_id, name: row.contact_name, email: row.contact_email }
          : null,
        status: row.status,
        reason: row.reason,
        detail: row.detail ?? {},
        at: row.at?.toISOString() ?? null,
        verifiedAt: row.verified_at?.toISOString() ?? null,
        waitingSince: row.since?.toISOString() ?? null,
      }),
    ),
);

async function describe(db: Db, of: OfIntegration, keys: FoundKey[]): Promise<RecordRow[]> {
  const given = keys.map(({ side, record_id }, place) => ({ place, side, record_id }));
  const rows = await db.execute(sql`
    select g.side, g.record_id, prospects.id as prospect_id, ${recordNameSql} as name,
      prospects.deleted_at is not null as trashed,
      case when g.side = 'hubspot' then g.record_id else l.contact_id end as contact_id,
      s.contact_name, s.contact_email, s.status, s.reason, s.detail, s.at, s.verified_at, w.since
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g(place int, side text, record_id text)
    left join prospects on prospects.workspace_id = ${of.workspaceId}::uuid
      and prospects.id = case when g.side = 'snov' then g.record_id::uuid end
    left join record_links l on l.integration_id = ${ownIntegration(of)} and l.prospect_id = prospects.id
    left join record_statuses s on s.integration_id = ${ownIntegration(of)}
      and s.side = g.side and s.record_id = g.record_id
    left join lateral (
      select min(p.noticed_at) as since from pending_records p
      where p.integration_id = ${ownIntegration(of)}
        and ((p.side = g.side and p.record_id = g.record_id) or (p.side = 'hubspot' and p.record_id = l.contact_id))
    ) w on true
    order by g.place`);
  return Described.parse([...rows]);
}
