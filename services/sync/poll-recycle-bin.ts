import { eq, sql } from "drizzle-orm";
import type { Contact, HubspotContacts } from "@/connectors/hubspot/contacts";
import { RemoteError } from "@/connectors/hubspot/remote-error";
import type { Db, Tx } from "@/db/client";
import { integrations } from "@/db/schema/integrations";
import { markPending } from "@/services/pending/mark-pending";
import type { PageContext } from "./page-context";
import type { Polled } from "./poll-changed";

/** Less than a hundredth of what HubSpot allows an account in a minute: a bin of 500 contacts is read in every poll. */
const pagesPerPoll = 5;

/**
 * Marks linked contacts that lie in HubSpot's recycle bin and that nobody has looked at since: the search shows none of
 * them. HubSpot lists its bin in no order of time, so that it is read round and round, a few pages at a time. The place
 * moves in the transaction that keeps what a page brought.
 */
export async function pollRecycleBin(
  db: Db,
  contacts: HubspotContacts,
  { integrationId }: PageContext,
  end: number,
): Promise<Polled> {
  const own = eq(integrations.id, integrationId);
  const [row] = await db.select({ place: integrations.binPlace }).from(integrations).where(own);
  let place = row?.place ?? null;
  let noticed = 0;
  for (let read = 0; read < pagesPerPoll && Date.now() < end; read += 1) {
    const { contacts: archived, next } = await contacts
      .listArchivedPage(place ?? undefined)
      .catch(async (error) => {
        // A place that HubSpot takes no more is none: the next poll begins anew.
        if (place !== null && error instanceof RemoteError && error.kind === "rejected")
          await db.update(integrations).set({ binPlace: null }).where(own);
        throw error;
      });
    place = next ?? null;
    noticed += await db.transaction(async (tx) => {
      await tx.update(integrations).set({ binPlace: place }).where(own);
      return await markRemoved(tx, integrationId, archived);
    });
    if (place === null) break;
  }
  return { noticed, more: false };
}

/**
 * A pair that was looked at since, be it that its removal was carried out, kept to its side or disputed, needs no
 * notice; our clock and HubSpot's may be minutes apart.
 */
async function markRemoved(tx: Tx, integrationId: string, archived: Contact[]): Promise<number> {
  const given = archived.flatMap(({ id, formerIds, archivedAt }) =>
    [id, ...formerIds].map((contactId) => ({ contactId, archivedAt })),
  );
  const rows = await tx.execute(sql`
    select distinct l.contact_id as id
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as x("contactId" text, "archivedAt" timestamptz)
    join record_links l on l.integration_id = ${integrationId}::uuid and l.contact_id = x."contactId"
    left join record_statuses s on s.integration_id = l.integration_id and s.side = 'snov'
      and s.record_id = l.prospect_id::text
    where not l.both_removed and s.reason is distinct from 'removed_in_hubspot' and s.reason is distinct from 'undone'
      and s.reason is distinct from 'erased'
      and (s.at is null or x."archivedAt" is null or s.at < x."archivedAt" + interval '15 minutes')`);
  const ids = rows.map(({ id }) => String(id));
  await markPending(tx, integrationId, "hubspot", ids);
  return ids.length;
}
