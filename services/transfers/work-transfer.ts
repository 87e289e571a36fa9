import { eq, sql } from "drizzle-orm";
import { RemoteError } from "@/connectors/hubspot/remote-error";
import { transfers } from "@/db/schema/runs";
import type { Deps } from "@/services/context";
import { aMinuteOn } from "./count-done";
import { previewPage } from "./preview-page";
import { type TransferProgress, transferPage } from "./transfer-page";

/** How long one step of the engine works before it gives way; every page within it is saved for itself. */
const stepMs = 8_000;
/** While one page waits for HubSpot another is planned or committed: so the account's limit is used fully. */
const pagesInFlight = 4;

/**
 * Works on a transfer, or on its preview, for one step. `more`: it goes on; `idle`: after a moment. Where HubSpot keeps it
 * waiting, whoever was told to come again does, and nobody else is sent meanwhile.
 */
export async function workTransfer(deps: Deps, runId: string): Promise<{ more: boolean; idle: boolean }> {
  try {
    return await workPages(deps, runId);
  } catch (error) {
    if (error instanceof RemoteError) await sendNobody(deps, runId, error.retryAfterMs ?? 0);
    throw error;
  }
}

async function sendNobody({ db }: Deps, runId: string, waitMs: number): Promise<void> {
  const wakeAt = sql`${aMinuteOn} + make_interval(secs => ${waitMs / 1000}::float8)`;
  await db.update(transfers).set({ wakeAt }).where(eq(transfers.runId, runId));
}

async function workPages(deps: Deps, runId: string): Promise<{ more: boolean; idle: boolean }> {
  const end = Date.now() + stepMs;
  let previewing = true;
  while (previewing && Date.now() < end) previewing = (await previewPage(deps, runId)).more;
  if (previewing) return { more: true, idle: false };

  const pages = async (): Promise<TransferProgress> => {
    let last: TransferProgress;
    do last = await transferPage(deps, runId);
    while (last.worked && last.more && Date.now() < end);
    return last;
  };
  // Nothing may go on behind the back of a step that has failed.
  const settled = await Promise.allSettled(Array.from({ length: pagesInFlight }, pages));
  const failed = settled.find((result) => result.status === "rejected");
  if (failed) throw failed.reason;
  const progress = settled.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  return {
    more: progress.every(({ more }) => more),
    idle: progress.every(({ worked }) => !worked),
  };
}
