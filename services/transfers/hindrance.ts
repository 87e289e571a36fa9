import { eq } from "drizzle-orm";
import { RemoteError } from "@/connectors/hubspot/remote-error";
import type { Db, Tx } from "@/db/client";
import { type Hindrance, transfers } from "@/db/schema/transfers";
import { previewEndsAt, waitingSince } from "@/lib/preview-wait";
import { pauseWords } from "@/services/connections/pause-words";
import { pageSize } from "@/services/sync/claim-pending";
import { endPreview } from "./end-preview";
import { lockOpenTransfer } from "./open-transfer";

/** Notes that HubSpot keeps a transfer waiting, for whoever looks on and for the pages that follow; other errors do not. */
export async function noteHindered(db: Db, runId: string, error: unknown): Promise<void> {
  const kind = kindOf(error);
  if (kind) await db.transaction((tx) => note(tx, runId, kind, error));
}

/** The same of a preview, which no error keeps waiting for ever: it ends, and can be tried again from there. */
export async function notePreviewHindered(db: Db, runId: string, error: unknown): Promise<void> {
  await db.transaction(async (tx) => {
    const preview = await lockOpenTransfer(tx, runId);
    if (preview?.state !== "previewing") return;
    const hindered = await note(tx, runId, kindOf(error) ?? "failed", error);
    if (previewEndsAt(hindered) <= new Date()) await endPreview(tx, preview);
  });
}

async function note(tx: Tx, runId: string, kind: Hindrance["kind"], error: unknown): Promise<Hindrance> {
  const now = new Date();
  const retryAfterMs = error instanceof RemoteError ? error.retryAfterMs : undefined;
  const until = retryAfterMs ? new Date(now.getTime() + retryAfterMs) : null;
  const [transfer] = await tx
    .select({ hindered: transfers.hindered })
    .from(transfers)
    .where(eq(transfers.runId, runId))
    .for("no key update");
  const before = transfer?.hindered ?? null;
  const hindered: Hindrance = {
    kind,
    since: waitingSince(before?.passed ? null : before, until, now).toISOString(),
    at: now.toISOString(),
    until: until?.toISOString() ?? null,
    faults: (before?.faults ?? 0) + 1,
    passed: 0,
  };
  await tx.update(transfers).set({ hindered }).where(eq(transfers.runId, runId));
  return hindered;
}

function kindOf(error: unknown): Hindrance["kind"] | null {
  if (!(error instanceof RemoteError)) return null;
  if (error.pause) return pauseWords[error.pause.reason].hindrance;
  if (error.kind === "transient") return "no_answer";
  return error.kind === "rate_limited" ? "limit" : null;
}

/** Nothing tells that no record of the page is to blame. */
function mayBeOfARecord({ kind }: Hindrance): boolean {
  return kind === "no_answer" || kind === "locked";
}

/**
 * How the next page is taken. Where HubSpot gave no answer, nothing tells whether it answers nobody or fails on a record of
 * the page, so nobody is blamed: the next page is of one record, passes over one more for each fault, and pages double as
 * they go well. Full ones are back soon after an outage, and a record that HubSpot fails on keeps back the few beside it,
 * until it has been alone: then whether HubSpot answers others tells the two apart.
 */
export function nextPage(hindered: Hindrance | null): { size: number; skip: number } {
  if (!hindered || !mayBeOfARecord(hindered)) return { size: pageSize, skip: 0 };
  return { size: Math.min(pageSize, 2 ** hindered.passed), skip: hindered.faults % pageSize };
}

/** What is left of a hindrance once another page was saved. */
export function afterSave(hindered: Hindrance | null): Hindrance | null {
  if (!hindered || !mayBeOfARecord(hindered)) return null;
  const passed = hindered.passed + 1;
  return 2 ** passed < pageSize ? { ...hindered, passed } : null;
}

/** HubSpot's own speed is not what so long a pause was. */
const interruptedMs = 10_000;
/** Nobody worked on it: its process was gone, or its integration was paused. */
const quietMs = 60_000;

/** Whether a page that is saved now is the first one after an interruption, which is no part of a transfer's speed. */
export function endsInterruption(
  { savedAt, hindered }: { savedAt: Date | null; hindered: Hindrance | null },
  now: Date,
): boolean {
  const keptWaiting = hindered && !hindered.passed ? now.getTime() - Date.parse(hindered.since) : 0;
  return keptWaiting > interruptedMs || (savedAt !== null && now.getTime() - savedAt.getTime() > quietMs);
}
