import { eq, sql } from "drizzle-orm";
import { RemoteError } from "@/connectors/hubspot/remote-error";
import { transfers } from "@/db/schema/transfers";
import type { Deps } from "@/services/context";
import { aMinuteOn } from "./count-done";
import { hasRoom } from "./has-room";
import { previewPages } from "./preview-pages";
import { transferPage } from "./transfer-page";
import { openTurns } from "./turns";
import { workInLanes } from "./work-in-lanes";

/**
 * How long one step of the engine works before it gives way; every page within it is saved for itself. Between two steps no
 * page is under way, and the calls that HubSpot would allow meanwhile are lost, but for those that the limiter lets it make up for.
 */
const stepMs = 30_000;
/** While one page waits for HubSpot another is planned or committed: so the account's limit is used fully. */
const pagesInFlight = 4;
/** Where HubSpot's answers take so long that calls are left unused: 110 in ten seconds need eleven that take a second each. */
const mostInFlight = 12;

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
  if ((await previewPages(deps, runId, end)).more) return { more: true, idle: false };

  const turns = openTurns();
  const progress = await workInLanes(() => transferPage(deps, runId, turns), {
    first: pagesInFlight,
    most: mostInFlight,
    hasRoom: async () => !turns.waiting() && (await hasRoom(deps.db, runId)),
    isOver: () => Date.now() >= end,
  });
  return {
    more: progress.every(({ more }) => more),
    idle: progress.every(({ worked }) => !worked),
  };
}
