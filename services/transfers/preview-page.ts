import { isDeepStrictEqual } from "node:util";
import { eq, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { type RunCheckpoint, runs } from "@/db/schema/runs";
import { transfers } from "@/db/schema/transfers";
import { openConnection } from "@/services/connections/open-connection";
import type { Deps } from "@/services/context";
import { loadPageContext } from "@/services/sync/load-page-context";
import type { PageContext } from "@/services/sync/page-context";
import { planRecords } from "@/services/sync/plan-records";
import { alongDirection } from "./along-direction";
import { withAskedAnew } from "./asked-anew";
import { aMinuteOn } from "./count-done";
import { notePreviewHindered } from "./hindrance";
import { lookBack } from "./look-back";
import { lockOpenTransfer, type OpenTransfer, readOpenTransfer } from "./open-transfer";
import { addShown } from "./preview-counts";
import { readChosen } from "./read-chosen";
import { type ShownRecord, showRecord } from "./show-record";
import { undoneBy } from "./undone-writes";

/** A page whose place is known: `from` where the preview stood, to `next`. Its plans come in their own time. */
export type PreviewPage = { from: RunCheckpoint; next: RunCheckpoint; ahead: Promise<Ahead> };
type Ahead = { shown: ShownRecord[]; goneList?: string | undefined };

/**
 * The page that begins where the preview stands, or `at` this place, where those before it are not saved yet. Null: there
 * is none to do now.
 */
export async function nextPreviewPage(
  deps: Deps,
  runId: string,
  at?: RunCheckpoint,
): Promise<PreviewPage | null> {
  const open = await readOpenTransfer(deps.db, runId);
  if (open?.state !== "previewing") return null;
  const context = await loadPageContext(deps.db, open.integrationId);
  if (!context) return null;
  const transfer = { ...open, checkpoint: at ?? open.checkpoint };
  const page = withAskedAnew(context, transfer);
  try {
    return { from: transfer.checkpoint, ...(await choosePage(deps, page, transfer)) };
  } catch (error) {
    await notePreviewHindered(deps.db, runId, error);
    throw error;
  }
}

async function choosePage(deps: Deps, page: PageContext, transfer: OpenTransfer) {
  const sources = { db: deps.db, hubspot: await openConnection(deps, page.connectionId, "bulk") };
  const undone = undoneBy(transfer);
  if (undone) {
    const { shown, next } = await lookBack(sources, page, undone, transfer.checkpoint);
    return { next, ahead: Promise.resolve({ shown }) };
  }
  const { records, contacts, next, goneList } = await readChosen(sources, page, transfer);
  const ahead = async () => {
    const planned = await planRecords(sources, page, records, contacts);
    const works = planned.map((work) => alongDirection(page, transfer, work));
    return { shown: works.flatMap((work) => showRecord(page, work) ?? []), goneList };
  };
  return { next, ahead: ahead() };
}

/** `overtaken`: somebody else did this page, or ended the preview, while it was read. */
type SavedPreviewPage = { more: boolean; overtaken?: true };

/** Records, counts and the checkpoint are one transaction, so that a crash repeats a page and never skips one. */
export async function savePreviewPage(
  db: Db,
  runId: string,
  { from, next, ahead }: PreviewPage,
): Promise<SavedPreviewPage> {
  const { shown, goneList } = await ahead.catch(async (error) => {
    await notePreviewHindered(db, runId, error);
    throw error;
  });
  const saved = await db.transaction(async (tx): Promise<SavedPreviewPage> => {
    const current = await lockOpenTransfer(tx, runId);
    if (current?.state !== "previewing" || !isDeepStrictEqual(current.checkpoint, from))
      return { more: current?.state === "previewing", overtaken: true };
    const fresh = await saveShown(tx, runId, shown);
    await tx
      .update(transfers)
      .set({
        preview: addShown(current.preview, fresh, goneList),
        held: sql`${transfers.held} + ${fresh.filter(({ held }) => held).length}`,
        hindered: null,
        wakeAt: aMinuteOn,
      })
      .where(eq(transfers.runId, runId));
    await tx
      .update(runs)
      .set({ checkpoint: next, state: next.listed ? "previewed" : "previewing" })
      .where(eq(runs.id, runId));
    return { more: !next.listed };
  });
  // Its pages are looked up by their ids: Postgres goes through the whole run for each while it takes the table for small.
  if (!saved.more) await db.execute(sql`analyze run_items`);
  return saved;
}

/** A record that was shown already, from its other side, is not shown twice. Returns those that are new. */
async function saveShown(tx: Tx, runId: string, shown: ShownRecord[]): Promise<ShownRecord[]> {
  if (!shown.length) return [];
  const rows = await tx.execute(sql`
    insert into run_items (run_id, side, record_id, name, email_words, planned, overwrites, held, outcome, detail, changes)
    select ${runId}::uuid, x.side, x."recordId", x.name, x.emails, x.planned, x.overwrites, x.held,
      case when x.planned = 'skip' then 'excluded' when x.planned = 'equal' and not x.links then 'unchanged' else 'planned' end,
      case when x.reason is null then '{}'::jsonb else jsonb_build_object('reason', x.reason) end, x.changes
    from jsonb_to_recordset(${JSON.stringify(shown)}::jsonb)
      as x(side text, "recordId" text, name text, emails text, planned text, overwrites boolean, held boolean,
        links boolean, reason text, changes jsonb)
    on conflict do nothing
    returning side, record_id`);
  const fresh = new Set(rows.map((row) => `${row.side}:${row.record_id}`));
  return shown.filter(({ side, recordId }) => fresh.has(`${side}:${recordId}`));
}
