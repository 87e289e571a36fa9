import { and, desc, eq, isNotNull, isNull, lt, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Db, Tx } from "@/db/client";
import { type IntegrationState, integrations, type Scope } from "@/db/schema/integrations";
import { type RunCheckpoint, type RunOutcome, type RunState, runs } from "@/db/schema/runs";
import { activities } from "@/db/schema/sync";
import { type Hindrance, type PreviewCounts, transfers, type UndoneChanges } from "@/db/schema/transfers";
import { users } from "@/db/schema/workspaces";
import { inLastMinute } from "@/lib/pace";
import { previewEndsAt } from "@/lib/preview-wait";
import { onwardAccounts } from "./onward-accounts";

export type TransferRow = {
  runId: string;
  integrationId: string;
  state: RunState;
  fromSnov: boolean;
  fromHubspot: boolean;
  prospects: Scope;
  contacts: Scope;
  /** What it undoes. */
  undoes:
    | { kind: "transfer"; runId: string; startedAt: string }
    | { kind: "change" | "day"; recordName: string | null; at: string }
    /** `label`: of the field whose policy settled it. */
    | { kind: "rule"; label: string; at: string }
    | null;
  preview: PreviewCounts;
  /** What became of the records whose turn has come. */
  done: Partial<Record<RunOutcome, number>>;
  /** Records whose turn has come. */
  reached: number;
  /** Records whose turn comes, or has come: those that the preview did not skip and that were not equal and linked. */
  total: number;
  /** Of how many records the preview no longer held when their turn came. */
  changed: number;
  /** Of how many records a field stays as it is while the others travel. */
  held: number;
  /** What has kept it from going on for more than a moment; times are ISO, `until` where HubSpot said so, `endsAt` of a preview. */
  waiting: (Pick<Hindrance, "kind" | "since" | "until"> & { endsAt: string | null }) | null;
  /** It would go on, but its integration may not sync: it is paused, broken, stopped or disconnected. */
  standsStill: boolean;
  /** Why a preview has ended before it was through. */
  stoppedFor: Pick<Hindrance, "kind" | "since"> | null;
  startedAt: string;
  startedBy: string | null;
  allowedAt: string | null;
  /** Since when it goes on without having been paused or interrupted. */
  resumedAt: string | null;
  finishedAt: string | null;
  /** The preview that took this one's place before anybody had allowed it, and who asked for that. */
  replacedBy: RunCheckpoint["replacedBy"] | null;
};

export type Transfer = TransferRow & {
  /** Records whose turn came within the last minute, or since it goes on. */
  lastMinute: number;
  /** For how many milliseconds it has been going on since then, a day at most. */
  runningMs: number;
  /** Records that a person is asked about. */
  asked: number;
  /** Another one once they, or what would happen to them, are others. */
  askedKey: string;
  /** It has written to either side, also where none of its records was saved as done. */
  hasWritten: boolean;
  /** Until it is allowed: the other accounts to which what it brings into Snov.io goes on. */
  onward: string[];
  /** Its latest undo. */
  undoneBy: { runId: string; state: RunState } | null;
};

const dayMs = 86_400_000;
const undone = alias(runs, "undone");

const fields = {
  runId: runs.id,
  integrationId: runs.integrationId,
  state: runs.state,
  fromSnov: transfers.fromSnov,
  fromHubspot: transfers.fromHubspot,
  prospects: transfers.prospects,
  contacts: transfers.contacts,
  preview: transfers.preview,
  done: transfers.done,
  changed: transfers.changed,
  held: transfers.held,
  hindered: transfers.hindered,
  undoes: { runId: undone.id, startedAt: undone.startedAt },
  undoesChanges: transfers.undoesChanges,
  startedAt: runs.startedAt,
  startedBy: users.name,
  allowedAt: transfers.allowedAt,
  resumedAt: transfers.resumedAt,
  pace: transfers.pace,
  finishedAt: runs.finishedAt,
  checkpoint: runs.checkpoint,
  integrationState: integrations.state,
};

/** A transfer of this workspace, with how fast it goes. */
export async function readTransferRow(db: Db, workspaceId: string, runId: string): Promise<Transfer | null> {
  const [row] = await select(db)
    .where(and(eq(integrations.workspaceId, workspaceId), eq(runs.id, runId)))
    .limit(1);
  if (!row) return null;
  const isShown = row.state === "previewing" || row.state === "previewed";
  const isOnward = isShown && row.fromHubspot && !row.undoes && !row.undoesChanges;
  const now = new Date();
  const [asked, onward, [undoneBy], [written]] = await Promise.all([
    readAsked(db, runId),
    isOnward ? onwardAccounts(db, workspaceId, row.integrationId) : [],
    db
      .select({ runId: runs.id, state: runs.state })
      .from(transfers)
      .innerJoin(runs, eq(runs.id, transfers.runId))
      .where(and(eq(transfers.undoes, runId), or(isNull(runs.finishedAt), isNotNull(transfers.allowedAt))))
      .orderBy(desc(runs.startedAt))
      .limit(1),
    db
      .select({ id: activities.id })
      .from(activities)
      .where(and(eq(activities.runId, runId), isNotNull(activities.side)))
      .limit(1),
  ]);
  return {
    ...toRow(row),
    lastMinute: inLastMinute(row.pace, now),
    runningMs: row.resumedAt ? Math.min(dayMs, Math.max(0, now.getTime() - row.resumedAt.getTime())) : 0,
    asked: asked.count,
    askedKey: asked.key,
    hasWritten: written !== undefined,
    onward,
    undoneBy: undoneBy ?? null,
  };
}

/** About how many records a transfer asks, and a fingerprint of what it asks. */
export async function readAsked(db: Db | Tx, runId: string): Promise<{ count: number; key: string }> {
  const [row] = await db.execute<{ count: number; key: string }>(sql`
    select count(*)::int as count,
      md5(coalesce(string_agg(side || ' ' || record_id || ' ' || changes, ',' order by side, record_id), '')) as key
    from run_items where run_id = ${runId}::uuid and outcome = 'asked'`);
  return row ?? { count: 0, key: "" };
}

/** Whether the workspace has this transfer. */
export async function hasTransfer(db: Db, workspaceId: string, runId: string): Promise<boolean> {
  const rows = await db
    .select({ runId: transfers.runId })
    .from(transfers)
    .innerJoin(runs, eq(runs.id, transfers.runId))
    .innerJoin(integrations, eq(integrations.id, runs.integrationId))
    .where(and(eq(integrations.workspaceId, workspaceId), eq(transfers.runId, runId)));
  return rows.length > 0;
}

export type TransfersAfter = { startedAt: string; runId: string };

/** Transfers of an integration, the latest first. */
export async function listTransferRows(
  db: Db,
  workspaceId: string,
  integrationId: string,
  { after, limit }: { after: TransfersAfter | null; limit: number },
): Promise<TransferRow[]> {
  const rows = await select(db)
    .where(
      and(
        eq(integrations.workspaceId, workspaceId),
        eq(runs.integrationId, integrationId),
        after
          ? or(
              lt(runs.startedAt, new Date(after.startedAt)),
              and(eq(runs.startedAt, new Date(after.startedAt)), lt(runs.id, after.runId)),
            )
          : undefined,
      ),
    )
    .orderBy(desc(runs.startedAt), desc(runs.id))
    .limit(limit);
  return rows.map(toRow);
}

/** The integration's transfer, preview or undo that has not ended, however long ago it was started. */
export async function readOpenTransferRow(
  db: Db,
  workspaceId: string,
  integrationId: string,
): Promise<TransferRow | null> {
  const [row] = await select(db)
    .where(
      and(
        eq(integrations.workspaceId, workspaceId),
        eq(runs.integrationId, integrationId),
        isNull(runs.finishedAt),
      ),
    )
    .limit(1);
  return row ? toRow(row) : null;
}

function select(db: Db) {
  return db
    .select(fields)
    .from(runs)
    .innerJoin(transfers, eq(transfers.runId, runs.id))
    .innerJoin(integrations, eq(integrations.id, runs.integrationId))
    .leftJoin(users, eq(users.id, runs.startedBy))
    .leftJoin(undone, eq(undone.id, transfers.undoes))
    .$dynamic();
}

function toRow({
  startedAt,
  allowedAt,
  resumedAt,
  finishedAt,
  undoes,
  undoesChanges,
  hindered,
  checkpoint,
  integrationState,
  pace: _,
  ...row
}: Awaited<ReturnType<typeof select>>[number]): TransferRow {
  return {
    ...row,
    ...progressOf(row),
    waiting: waitingFor(row.state, hindered),
    standsStill: goesOn(row.state) && integrationState !== ("active" satisfies IntegrationState),
    stoppedFor: row.state === "stopped" && hindered ? { kind: hindered.kind, since: hindered.since } : null,
    undoes: undoes
      ? { kind: "transfer", runId: undoes.runId, startedAt: undoes.startedAt.toISOString() }
      : undoesChanges && shownChanges(undoesChanges),
    startedAt: startedAt.toISOString(),
    allowedAt: allowedAt?.toISOString() ?? null,
    resumedAt: resumedAt?.toISOString() ?? null,
    finishedAt: finishedAt?.toISOString() ?? null,
    replacedBy: checkpoint.replacedBy ?? null,
  };
}

function shownChanges(undone: UndoneChanges): TransferRow["undoes"] {
  const { kind, recordName, at } = undone;
  return kind === "rule" ? { kind, label: undone.label, at } : { kind, recordName, at };
}

/** A fault that the next try makes good is nothing to tell of. */
const momentMs = 5_000;

function goesOn(state: RunState): boolean {
  return state === "running" || state === "previewing";
}

function waitingFor(state: RunState, hindered: Hindrance | null): TransferRow["waiting"] {
  if (!hindered || hindered.passed || !goesOn(state)) return null;
  const { kind, since, until } = hindered;
  const endsAt = state === "previewing" ? previewEndsAt(hindered).toISOString() : null;
  return Date.now() - Date.parse(since) > momentMs ? { kind, since, until, endsAt } : null;
}

export function progressOf({ done, preview }: Pick<TransferRow, "done" | "preview">) {
  const { create, update, conflict, toLink = 0, undo } = preview;
  const undone = undo ? undo.records + undo.takeBack.snov + undo.takeBack.hubspot : 0;
  return {
    reached: Object.values(done).reduce((sum, count) => sum + count, 0),
    total: create.snov + create.hubspot + update + conflict + toLink + undone,
  };
}
