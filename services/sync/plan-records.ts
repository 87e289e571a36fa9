import type { HubspotClient } from "@/connectors/hubspot/client";
import type { Db } from "@/db/client";
import type { Side } from "@/sync/side";
import { contactReader } from "./contact-reader";
import { observePairs } from "./observe-page";
import type { PageContext } from "./page-context";
import { planPage } from "./plan-page";
import { readPairs } from "./read-pairs";
import type { ContactRecord, RecordWork } from "./record-work";

/** Plans these records as the ordinary line would, and carries nothing out. `read`: contacts at hand already. */
export async function planRecords(
  sources: { db: Db; hubspot: HubspotClient },
  page: PageContext,
  records: { side: Side; recordId: string }[],
  read: ContactRecord[] = [],
): Promise<RecordWork[]> {
  const reader = contactReader(sources.hubspot.contacts, page);
  const asked = records.map((record) => ({ ...nobody, ...record }));
  const pairs = await readPairs(sources.db, reader, page, asked, read);
  const observations = await observePairs(sources, page, reader, pairs);
  return await planPage(sources, page, observations, new Set());
}

/** No pending row stands behind what is only looked at. */
const nobody = { id: 0, generation: 0, attempts: 0, noticedAt: new Date(0) };
