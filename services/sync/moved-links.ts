import { and, eq, inArray, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { recordLinks } from "@/db/schema/sync";
import type { LinkRow, RecordWork } from "./record-work";

/** While it is held, nobody else can link, or commit a page of, this integration. */
export async function lockLinks(tx: Tx, integrationId: string): Promise<void> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtext('record_links'), hashtext(${integrationId}::text))`,
  );
}

/**
 * What was planned for records that another page has linked, or whose link it has written, since they were read:
 * it rests on a base that is no longer so. To be asked under `lockLinks`.
 */
export async function withMovedLinks(
  tx: Tx,
  integrationId: string,
  works: RecordWork[],
): Promise<Set<RecordWork>> {
  const ofProspects = works.flatMap(({ prospect, link }) => [prospect?.id, link?.prospectId].filter(isId));
  const ofContacts = works.flatMap(({ contact, link }) => [contact?.id, link?.contactId].filter(isId));
  if (!ofProspects.length && !ofContacts.length) return new Set();
  const current = await tx
    .select({
      id: recordLinks.id,
      prospectId: recordLinks.prospectId,
      contactId: recordLinks.contactId,
      revision: linkRevision,
    })
    .from(recordLinks)
    .where(
      and(
        eq(recordLinks.integrationId, integrationId),
        or(inArray(recordLinks.prospectId, ofProspects), inArray(recordLinks.contactId, ofContacts)),
      ),
    )
    .orderBy(recordLinks.id)
    .for("update");
  const taken = { prospects: new Set<string>(), contacts: new Set<string>() };
  return new Set(works.filter((work) => isMoved(work, current, taken)));
}

/** Changes with every write of the row, whoever writes it. */
export const linkRevision = sql<string>`${recordLinks}.xmin::text`;

type Current = Pick<LinkRow, "id" | "prospectId" | "contactId" | "revision">;

function isMoved(
  { prospect, contact, link, deadLinkIds }: RecordWork,
  current: Current[],
  taken: { prospects: Set<string>; contacts: Set<string> },
): boolean {
  if (link) return current.find(({ id }) => id === link.id)?.revision !== link.revision;
  const linked = current.some(
    ({ id, prospectId, contactId }) =>
      (prospectId === prospect?.id || contactId === contact?.id) && !deadLinkIds.includes(id),
  );
  // One record under two works of a page: the first one has it.
  const twice =
    (prospect && taken.prospects.has(prospect.id)) || (contact && taken.contacts.has(contact.id)) || false;
  if (prospect) taken.prospects.add(prospect.id);
  if (contact) taken.contacts.add(contact.id);
  return linked || twice;
}

const isId = (id: string | undefined): id is string => id !== undefined;
