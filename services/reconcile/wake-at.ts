import type { RunCheckpoint } from "@/db/schema/runs";

/** Longer than the engine waits between two tries of a page of which nobody has said when. */
const quietMs = 10 * 60_000;

/** Until when nobody is sent to a comparison that has got on, or has failed, or to which somebody was sent just now. */
export function wakeAt(now: Date, waitMs = 0): Pick<RunCheckpoint, "wakeAt"> {
  return { wakeAt: new Date(now.getTime() + quietMs + waitMs).toISOString() };
}
