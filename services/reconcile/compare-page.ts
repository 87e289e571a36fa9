import { eq, sql } from "drizzle-orm";
import { type RunCheckpoint, runs } from "@/db/schema/runs";
import { hasStoodStill } from "@/lib/stood-still";
import { openConnection } from "@/services/connections/open-connection";
import type { Deps } from "@/services/context";
import { markRefused } from "@/services/pending/mark-refused";
import { contactReader } from "@/services/sync/contact-reader";
import { notCompared } from "@/services/sync/in-sync";
import { loadPageContext } from "@/services/sync/load-page-context";
import type { PageContext } from "@/services/sync/page-context";
import { searchAhead } from "@/services/sync/poll-changed";
import { comparePairs } from "./compare-pairs";
import { markMissing } from "./mark-missing";
import { lockOpenRun, type OpenRun, readOpenRun, stopRun } from "./open-run";
import { readPageState } from "./page-state";
import { saveFound } from "./save-found";
import { sortUnlinked } from "./sort-unlinked";
import { wakeAt } from "./wake-at";

/**
 * One page of a full comparison: a hundred contacts, in the order of ids, planned as the ordinary line would plan
 * them. Invariants:
 * - it writes to neither side: what is not settled is only marked, and the ordinary line looks at it again;
 * - marks, items and the checkpoint are one transaction, so that a crash repeats a page and never skips one;
 * - that a record is missing is concluded with the last page alone, when every page was read;
 * - what people left alone at launch stays alone until it changes;
 * - what HubSpot refused is tried once more;
 * - an integration that may not sync any more ends its run.
 */
export async function comparePage(deps: Deps, runId: string): Promise<{ more: boolean }> {
  const run = await readOpenRun(deps.db, runId);
  if (!run || run.checkpoint.listed) return { more: false };
  const page = await loadPageContext(deps.db, run.integrationId);
  if (!page) {
    await stopRun(deps.db, runId, "inactive");
    return { more: false };
  }
  const hubspot = await openConnection(deps, page.connectionId, "bulk");
  const reader = contactReader(hubspot.contacts, page);
  const readAt = new Date();
  // Before the contacts are read: what the search passes meanwhile it has not missed.
  const isOnItsWay = await searchAhead(deps.db, run.integrationId);
  const { contacts: read, next } = await hubspot.contacts.listPage(run.checkpoint.after, reader.properties);
  const contacts = read.map(reader.toContact);
  const state = await readPageState(deps.db, page, contacts, isOnItsWay);
  const found = [
    ...(await sortUnlinked(hubspot, page, state)),
    ...(await comparePairs({ db: deps.db, hubspot }, page, contacts, state)),
  ];

  const marked = await deps.db.transaction(async (tx) => {
    const current = await lockOpenRun(tx, runId);
    // Somebody else did this page, or ended the run, while we read it.
    if (!current || current.checkpoint.listed || current.checkpoint.after !== run.checkpoint.after) return 0;
    const tried = run.checkpoint.after === undefined ? await markRefused(tx, run.integrationId) : 0;
    const marks = await saveFound(tx, run, found, readAt);
    const missing = next === undefined ? await markMissing(tx, run, page) : 0;
    const at = new Date();
    const checkpoint: RunCheckpoint = {
      ...(next === undefined ? { listed: true, listedAt: at.toISOString() } : { after: next }),
      ...progress(current, at),
      ...leftOut(current, page),
    };
    await tx
      .update(runs)
      .set({
        checkpoint,
        counts: sql`${runs.counts} || jsonb_build_object('compared',
          coalesce((${runs.counts}->>'compared')::int, 0) + ${found.length + missing}::int)`,
      })
      .where(eq(runs.id, runId));
    return tried + marks + missing;
  });
  if (marked) await deps.wake([run.integrationId]);
  return { more: next !== undefined };
}

/** A mapping may have stopped, or gone on, while the comparison was under way. */
function leftOut({ checkpoint }: OpenRun, page: PageContext): Pick<RunCheckpoint, "notCompared"> {
  const fields = [...new Set([...(checkpoint.notCompared ?? []), ...notCompared(page)])];
  return fields.length ? { notCompared: fields } : {};
}

function progress(
  { checkpoint, startedAt }: OpenRun,
  at: Date,
): Pick<RunCheckpoint, "savedAt" | "wakeAt" | "interruptions" | "again"> {
  const before = checkpoint.savedAt ? new Date(checkpoint.savedAt) : startedAt;
  const interruptions = (checkpoint.interruptions ?? 0) + (hasStoodStill(before, at) ? 1 : 0);
  return {
    savedAt: at.toISOString(),
    ...wakeAt(at),
    ...(interruptions ? { interruptions } : {}),
    ...(checkpoint.again ? { again: true } : {}),
  };
}
