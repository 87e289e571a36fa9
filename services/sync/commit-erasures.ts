import { and, eq, inArray, sql } from "drizzle-orm";
import { eraseProspects } from "@/connectors/prospects/erase-prospects";
import { findProspectsByMatchKeys } from "@/connectors/prospects/read-prospects";
import { trashedTwins } from "@/connectors/prospects/trashed-twins";
import type { Tx } from "@/db/client";
import { conflicts } from "@/db/schema/conflicts";
import { prospectEmails } from "@/db/schema/prospects";
import { erasedContacts } from "@/db/schema/safety";
import { activities, recordLinks } from "@/db/schema/sync";
import { markProspectsPending } from "@/services/pending/mark-pending";
import { rememberErased } from "./erased-addresses";
import { erasedContactsAmong } from "./erased-contacts";
import { type ErasedContact, forgetDisputes, forgetErased, partnersOf } from "./forget-erased";
import { formerKeys } from "./former-addresses";
import type { PageContext } from "./page-context";
import { prospectIdOf, type RecordWork } from "./record-work";

/** A prospect that is gone for good; without a work where it lay in the trash beside the one that was planned. */
export type ErasedProspect = { prospectId: string; work: RecordWork | null };

/**
 * Carries privacy deletions out. Its invariants:
 * - nothing of the person is left in the workspace but the salted hashes of their addresses, those of before too, unless
 *   somebody else has one of these by now;
 * - where the direction lets nothing be erased, the addresses are remembered all the same: nobody is sent again;
 * - a page that was planned before and commits after it may tell of the person once more. The next look at the
 *   record, which every other integration owes, takes that away again.
 */
export async function commitErasures(
  tx: Tx,
  page: PageContext,
  works: RecordWork[],
): Promise<ErasedProspect[]> {
  const { workspaceId, integrationId } = page;
  const planned = works.filter(({ plan }) => plan.kind === "erase" && plan.on === "snov");
  const doomed = planned.flatMap((work) => idsOf(work).map((prospectId) => ({ prospectId, work })));
  const named = doomed.map(({ prospectId }) => prospectId);
  const twins = await trashedTwins(tx, workspaceId, named);
  const erasing: ErasedProspect[] = [...doomed, ...twins.map((prospectId) => ({ prospectId, work: null }))];
  const prospectIds = erasing.map(({ prospectId }) => prospectId);

  await eraseMergedAway(tx, page, prospectIds);
  const partners = await partnersOf(tx, workspaceId, prospectIds);
  const keptIds = keptOf(works);
  const former = await formerKeys(tx, workspaceId, [...prospectIds, ...keptIds]);
  const erased = await eraseProspects(tx, workspaceId, prospectIds);
  const keys = [...erased.values()].flat();
  // Whoever has such an address by now was perhaps planned beside it.
  const owners = await findProspectsByMatchKeys(tx, workspaceId, keys);
  const given = await findProspectsByMatchKeys(tx, workspaceId, former);
  await rememberErased(tx, workspaceId, [
    ...keys,
    ...(await keysOf(tx, workspaceId, keptIds)),
    ...former.filter((key) => !given.has(key)),
  ]);
  await markProspectsPending(tx, workspaceId, [...owners.values()]);
  await forgetErased(tx, workspaceId, {
    prospectIds: [...prospectIds, ...(await erasedBefore(tx, workspaceId, works))],
    contacts: [...partners, ...(await erasedOf(tx, integrationId, works))],
    keptIds,
  });
  await forgetDisputes(tx, integrationId, strangers(works));
  return erasing;
}

/**
 * A prospect whose contact was merged into the erased one had that contact too: HubSpot told of the survivor only. It is
 * looked at again, whatever this page or an earlier one concluded about a contact that was simply gone.
 */
async function eraseMergedAway(
  tx: Tx,
  { integrationId, workspaceId }: PageContext,
  prospectIds: string[],
): Promise<void> {
  if (!prospectIds.length) return;
  const merged = await tx
    .selectDistinct({
      contactId: recordLinks.contactId,
      prospectId: recordLinks.prospectId,
    })
    .from(conflicts)
    .innerJoin(recordLinks, eq(recordLinks.id, conflicts.linkId))
    .where(
      and(
        eq(conflicts.integrationId, integrationId),
        eq(conflicts.kind, "merged"),
        inArray(conflicts.otherId, prospectIds),
        // Whom a person keeps apart is somebody else.
        sql`${conflicts.outcome} is distinct from 'apart'`,
        sql`${conflicts.detail} ->> 'mergedContactId' = ${recordLinks.contactId}`,
      ),
    );
  if (!merged.length) return;
  await tx
    .insert(erasedContacts)
    .values(merged.map(({ contactId }) => ({ integrationId, contactId })))
    .onConflictDoNothing();
  await markProspectsPending(
    tx,
    workspaceId,
    merged.map(({ prospectId }) => prospectId),
  );
}

/** Prospects that stay though their contact was deleted for privacy. */
function keptOf(works: RecordWork[]): string[] {
  return works.flatMap((work) =>
    work.absences.hubspot === "privacy_deleted" && work.plan.kind !== "erase" ? idsOf(work) : [],
  );
}

async function keysOf(tx: Tx, workspaceId: string, ids: string[]): Promise<string[]> {
  if (!ids.length) return [];
  const rows = await tx
    .select({ key: prospectEmails.matchKey })
    .from(prospectEmails)
    .where(and(eq(prospectEmails.workspaceId, workspaceId), inArray(prospectEmails.prospectId, ids)));
  return rows.map(({ key }) => key);
}

/** Prospects that were looked at and had been erased by an earlier page, of whatever integration. */
async function erasedBefore(tx: Tx, workspaceId: string, works: RecordWork[]): Promise<string[]> {
  const ids = works.flatMap(({ prospect, link, claimed }) =>
    prospect
      ? []
      : [
          ...claimed.flatMap(({ side, recordId }) => (side === "snov" ? [recordId] : [])),
          ...(link ? [link.prospectId] : []),
        ],
  );
  if (!ids.length) return [];
  const rows = await tx
    .selectDistinct({ id: activities.prospectId })
    .from(activities)
    .where(
      and(
        eq(activities.workspaceId, workspaceId),
        inArray(activities.prospectId, ids),
        eq(activities.kind, "prospect/erased"),
      ),
    );
  return rows.flatMap(({ id }) => id ?? []);
}

/** Contacts that were looked at and are erased, also those that never had a prospect. */
async function erasedOf(tx: Tx, integrationId: string, works: RecordWork[]): Promise<ErasedContact[]> {
  const ids = works.flatMap(({ claimed, link }) => [
    ...claimed.flatMap(({ side, recordId }) => (side === "hubspot" ? [recordId] : [])),
    ...(link ? [link.contactId] : []),
  ]);
  const erased = await erasedContactsAmong(tx, integrationId, ids);
  return [...erased].map((contactId) => ({ integrationId, contactId }));
}

/** Contacts that have an erased address and nobody here: all that is known of them is what their disputes told. */
function strangers(works: RecordWork[]): string[] {
  return works.flatMap(({ plan, prospect, contact, link }) =>
    plan.kind === "excluded" && plan.reason === "erased" && contact && !prospect && !link ? [contact.id] : [],
  );
}

function idsOf(work: RecordWork): string[] {
  const id = prospectIdOf(work);
  return id === null ? [] : [id];
}
