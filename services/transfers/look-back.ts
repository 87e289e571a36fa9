import type { HubspotClient } from "@/connectors/hubspot/client";
import type { Db } from "@/db/client";
import type { RunCheckpoint } from "@/db/schema/runs";
import { pageSize } from "@/services/sync/claim-pending";
import type { PageContext } from "@/services/sync/page-context";
import { planRecords } from "@/services/sync/plan-records";
import { readWritten, writtenProspects } from "./read-written";
import { recordOf, type ShownRecord, showRecord } from "./show-record";
import { undoWorks } from "./undo-works";
import type { UndoneWrites } from "./undone-writes";

/** The next page of what an undo would do: the pairs that were written, in the order of their prospects. */
export async function lookBack(
  sources: { db: Db; hubspot: HubspotClient },
  page: PageContext,
  writes: UndoneWrites,
  { after }: RunCheckpoint,
): Promise<{ shown: ShownRecord[]; next: RunCheckpoint }> {
  const ids = await writtenProspects(sources.db, writes, after, pageSize);
  const written = await readWritten(sources.db, writes, ids);
  const works = await planRecords(
    sources,
    page,
    ids.map((recordId) => ({ side: "snov", recordId })),
  );
  const isOfPage = new Set(ids);
  const undone = await undoWorks(sources, page, works, (work) => written.get(recordOf(work)?.recordId ?? ""));
  const shown = undone
    .flatMap((work) => showRecord(page, work) ?? [])
    .filter(({ recordId }) => isOfPage.has(recordId));
  const last = ids.length === pageSize ? ids.at(-1) : undefined;
  return { shown, next: last ? { after: last } : { listed: true } };
}
