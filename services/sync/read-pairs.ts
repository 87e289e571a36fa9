import type { Db } from "@/db/client";
import type { ContactReader } from "./contact-reader";
import { gatherRecords } from "./gather-records";
import { readKeptApart } from "./kept-apart";
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
  const pairs = pairRecords(known, reader, claimed, () => false);
  if (!pairs.some(hasMet)) return pairs;
  const ids = [...known.prospects.values(), ...known.contacts.values()].map(({ id }) => id);
  return pairRecords(known, reader, claimed, await readKeptApart(db, page.integrationId, ids));
}

/** Only by their addresses, or over a contact of both: a person may know that they are two. */
function hasMet({ prospect, contact, link, dispute }: RecordPair): boolean {
  return dispute !== null || (prospect !== null && contact !== null && link === null);
}
