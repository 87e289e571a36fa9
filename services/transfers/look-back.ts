import type { HubspotClient } from "@/connectors/hubspot/client";
import type { Db } from "@/db/client";
import type { RunCheckpoint } from "@/db/schema/runs";
import { pageSize } from "@/services/sync/claim-pending";
import type { PageContext } from "@/services/sync/page-context";
import { planRecords } from "@/services/sync/plan-records";
import { readWritten, writtenProspects } from "./read-written";
import { recordOf, type ShownRecord, showRecord } from "./show-record";
import { undoWorks } from "./undo-works";

/** The next page of what the undo of a transfer would do: the pairs it wrote, in the order of their prospects. */
export async function lookBack(
  sources: { db: Db; hubspot: HubspotClient },
  page: PageContext,
  runId: string,
  { after }: RunCheckpoint,
): Promise<{ shown: ShownRecord[]; next: RunCheckpoint }> {
  const ids = await writtenProspects(sources.db, runId, after, pageSize);
  const written = await readWritten(sources.db, runId, ids);
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
