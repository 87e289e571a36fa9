import type { Db } from "@/db/client";
import type { ContactReader } from "./contact-reader";
import { type Gathered, gatherRecords } from "./gather-records";
import { nothingSaid, readSaidApart } from "./kept-apart";
import type { PageContext } from "./page-context";
import { type Asked, type ClaimedPair, pairRecords } from "./pair-records";
import type { ContactRecord, RecordPair } from "./record-work";

/** What was claimed, as pairs, but for whom a person keeps apart. `read`: contacts at hand already. */
export async function readPairs<C extends Asked>(
  db: Db,
  reader: ContactReader,
  page: PageContext,
  claimed: C[],
  read: ContactRecord[] = [],
): Promise<ClaimedPair<C>[]> {
  const known = await gatherRecords(db, reader, page, claimed, read);
  const pairs = pairRecords(known, reader, claimed, nothingSaid);
  if (!pairs.some(hasMet) && !hasLostContact(known)) return pairs;
  return pairRecords(known, reader, claimed, await readSaidApart(db, page.integrationId, known));
}

/** Only by their addresses, or over a contact of both: a person may know that they are two. */
function hasMet({ prospect, contact, link, dispute }: RecordPair): boolean {
  return dispute !== null || (prospect !== null && contact !== null && link === null);
}

/** A contact that was merged into another one, or is gone: a person may know whose it was. */
function hasLostContact({ links, contacts }: Gathered): boolean {
  return links.some(({ contactId }) => contacts.get(contactId)?.id !== contactId);
}
