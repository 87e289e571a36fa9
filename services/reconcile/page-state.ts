import { and, eq, inArray, or } from "drizzle-orm";
import type { Db } from "@/db/client";
import { recordStatuses, seenContacts } from "@/db/schema/sync";
import type { PageContext } from "@/services/sync/page-context";
import { readLinks } from "@/services/sync/read-links";
import type { ContactRecord, LinkRow } from "@/services/sync/record-work";
import type { Side } from "@/sync/side";

type Status = typeof recordStatuses.$inferSelect;

export type PageState = {
  /** Contacts with the links that name them, or one that was merged into them. */
  linked: { contact: ContactRecord; links: LinkRow[] }[];
  unlinked: ContactRecord[];
  statusOf(side: Side, recordId: string): Status | undefined;
  /** Whether the contact changed since launch without anybody having looked at it since. */
  isNews(contact: ContactRecord): boolean;
  /** It is news that the line would come to without a comparison. */
  isOnItsWay(contact: ContactRecord): boolean;
};

/** What is remembered of a page's contacts. */
export async function readPageState(
  db: Db,
  page: PageContext,
  contacts: ContactRecord[],
  isSearchedFor: (contact: ContactRecord) => boolean,
): Promise<PageState> {
  const { integrationId } = page;
  const ids = contacts.map(({ id }) => id);
  const contactIds = contacts.flatMap(({ id, formerIds }) => [id, ...formerIds]);
  const links = await readLinks(db, integrationId, { prospectIds: [], contactIds });
  const [seen, statuses] = await Promise.all([
    db
      .select()
      .from(seenContacts)
      .where(and(eq(seenContacts.integrationId, integrationId), inArray(seenContacts.contactId, ids))),
    db
      .select()
      .from(recordStatuses)
      .where(
        and(
          eq(recordStatuses.integrationId, integrationId),
          or(
            and(eq(recordStatuses.side, "hubspot"), inArray(recordStatuses.recordId, ids)),
            and(
              eq(recordStatuses.side, "snov"),
              inArray(
                recordStatuses.recordId,
                links.map(({ prospectId }) => prospectId),
              ),
            ),
          ),
        ),
      ),
  ]);
  const seenAt = new Map(seen.map((row) => [row.contactId, row.contactUpdatedAt.getTime()]));
  const byRecord = new Map(statuses.map((status) => [`${status.side}:${status.recordId}`, status]));
  const all = contacts.map((contact) => ({
    contact,
    links: links.filter(({ contactId }) => [contact.id, ...contact.formerIds].includes(contactId)),
  }));
  const isNews = ({ id, updatedAt }: ContactRecord) =>
    updatedAt >= page.launchedAt && updatedAt.getTime() > (seenAt.get(id) ?? 0);
  return {
    linked: all.filter((entry) => entry.links.length),
    unlinked: all.filter((entry) => !entry.links.length).map(({ contact }) => contact),
    statusOf: (side, recordId) => byRecord.get(`${side}:${recordId}`),
    isNews,
    isOnItsWay: (contact) => isNews(contact) && isSearchedFor(contact),
  };
}
