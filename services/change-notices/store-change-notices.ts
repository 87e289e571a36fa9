import { sql } from "drizzle-orm";
import { z } from "zod";
import type { ChangeKind, ChangeNotice } from "@/connectors/hubspot/change-notice";
import type { Db, Tx } from "@/db/client";
import { marking } from "@/services/pending/mark-selected";

/** Echoes of our own writes gather for a moment: they are looked at once, and nearly never find anything. */
const ECHO_DELAY_SECONDS = 1;

const Stored = z.object({ stored: z.number(), wake: z.array(z.string()) });

/**
 * Keeps what HubSpot told, by whatever way, and marks the contacts it is about, in every launched integration of the
 * account: HubSpot speaks of an account, not of a workspace. Invariants:
 * - it is one statement, so that all of it happens or nothing, and one trip to the database is all that HubSpot waits for;
 * - what was stored before marks nothing again;
 * - all who store do it in one order, so that two repeats of a delivery never wait for each other.
 * `wake` names the integrations that have something to do once it is committed.
 */
export async function storeChangeNotices(
  db: Db | Tx,
  notices: ChangeNotice[],
  appId: string,
): Promise<{ stored: number; wake: string[] }> {
  const given = [...new Map(notices.map((notice) => [notice.dedupeKey, notice])).values()].map(
    ({ echoOf, ...notice }) => ({ ...notice, echo: echoOf === appId }),
  );
  const [row] = await db.execute(sql`
    with given as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as given(
        "dedupeKey" text, "accountId" text, kind text, "contactIds" jsonb, "occurredAt" timestamptz, echo boolean)
    ), stored as (
      insert into change_notices (dedupe_key, account_id, kind, record_id, occurred_at)
      select "dedupeKey", "accountId", kind, "contactIds"->>0, "occurredAt" from given order by "dedupeKey"
      on conflict do nothing returning dedupe_key
    ), told as materialized (
      select i.id as integration_id, contact.id as contact_id, given.kind, given.echo and ${isOldNews} as echo
      from stored
      join given on given."dedupeKey" = stored.dedupe_key
      join connections c on c.account_id = given."accountId" and c.disconnected_at is null
      join integrations i on i.connection_id = c.id and i.disconnected_at is null and i.state <> 'draft'
      cross join jsonb_array_elements_text(given."contactIds") as contact(id)
    ), erased as (${rememberErasures}), marked as (${marking(contactsTold)})
    select (select count(*)::int from stored) as stored,
      (select coalesce(json_agg(distinct integration_id), '[]') from told where not echo) as wake`);
  return Stored.parse(row);
}

/**
 * HubSpot names our app, and several workspaces may have it on one account. Nothing that is kept tells for sure which of
 * them wrote; one that has seen the contact as it was then, or later, has nothing to learn. Any other is woken: its own
 * write costs it a look, and another's would otherwise wait for the next sweep.
 */
const isOldNews = sql`(
  count(*) over (partition by given."dedupeKey", contact.id) = 1
  or exists (
    select from seen_contacts seen where seen.integration_id = i.id and seen.contact_id = contact.id
      and seen.contact_updated_at >= given."occurredAt"))`;

const erasure: ChangeKind = "contact.privacyDeletion";

/** Once the contact is gone, nothing but the notice tells that it was deleted for privacy. */
const rememberErasures = sql`
  insert into erased_contacts (integration_id, contact_id)
  select distinct integration_id, contact_id from told where kind = ${erasure} order by 1, 2
  on conflict do nothing`;

/** What is told of by an echo and by another notice as well is due at once. */
const contactsTold = sql`
  select integration_id, 'hubspot', contact_id,
    now() + make_interval(secs => case when bool_and(echo) then ${ECHO_DELAY_SECONDS}::float8 else 0 end), bool_and(echo)
  from told group by integration_id, contact_id`;
