import type { CallKind, Lane } from "@/db/schema/rates";
import { pauseScope } from "./pause-scope";
import { LONGEST_WAIT_MS, type RateBudget } from "./rate-budget";
import { type AskedPause, RemoteError } from "./remote-error";
import type { Slot, SlotStore, Taken } from "./slot-store";
import type { Timer } from "./timer";

export type Clock = Timer & {
  /** Added to every wait, so that processes do not ask all at once. */
  jitter: () => number;
};

const lanes: Lane[] = ["live", "bulk"];

type Waiting = {
  since: number;
  go: (slot: Slot, takenAt: number) => void;
  refuse: (error: unknown) => void;
};

/** First come, first served within a lane. However many wait, one question at a time is on its way to the store. */
export function openBudget(store: SlotStore, clock: Clock): RateBudget {
  const lines = { general: openLine("general", store, clock), search: openLine("search", store, clock) };
  return {
    take: (kind, lane) => lines[kind].take(lane),
    pause: async (kind, pause) => {
      await store.pause(kind, pause);
      await Promise.all([lines.general.look(), lines.search.look()]);
    },
  };
}

function openLine(kind: CallKind, store: SlotStore, clock: Clock) {
  const queues: Record<Lane, Waiting[]> = { live: [], bulk: [] };
  let windowMs = LONGEST_WAIT_MS;
  let pause: AskedPause | null = null;
  let disarm = () => {};
  let asking = false;
  let again = false;

  async function look(): Promise<void> {
    again = true;
    if (asking) return;
    asking = true;
    disarm();
    try {
      while (again) {
        // Those who come in the same moment are asked for together.
        await null;
        again = false;
        await ask();
      }
    } catch (error) {
      refuse(error);
    } finally {
      asking = false;
    }
  }

  async function ask(): Promise<void> {
    refuseLate();
    const wanted = { live: queues.live.length, bulk: queues.bulk.length };
    if (!wanted.live && !wanted.bulk) return;
    const takenAt = clock.now();
    const taken = await store.take(kind, wanted);
    windowMs = taken.windowMs;
    pause = taken.pause;
    for (const lane of lanes) for (const slot of taken.granted[lane]) queues[lane].shift()?.go(slot, takenAt);
    if (pause && pause.ms > LONGEST_WAIT_MS) refuse(held(pause));
    refuseBeyond(taken);
    if (!again && taken.askAgainMs !== null && waiting())
      disarm = clock.after(taken.askAgainMs + clock.jitter(), look);
  }

  function waiting(): number {
    return queues.live.length + queues.bulk.length;
  }

  function refuse(error: unknown): void {
    for (const lane of lanes) for (const one of queues[lane].splice(0)) one.refuse(error);
  }

  function refuseLate(): void {
    const latest = clock.now() - LONGEST_WAIT_MS;
    const error = pause ? held(pause) : usedUp(windowMs);
    for (const lane of lanes)
      while ((queues[lane][0]?.since ?? latest) < latest) queues[lane].shift()?.refuse(error);
  }

  /** Those whose turn cannot come in time learn it at once, the last first, and when theirs would have come. */
  function refuseBeyond({ free, slots }: Taken): void {
    const served = free + slots * Math.floor(LONGEST_WAIT_MS / windowMs);
    for (const lane of ["bulk", "live"] as const)
      while (waiting() > served && queues[lane].length) {
        const turnMs = Math.ceil((waiting() - free) / slots) * windowMs;
        queues[lane].pop()?.refuse(pause ? held(pause, turnMs) : usedUp(Math.max(LONGEST_WAIT_MS, turnMs)));
      }
  }

  return {
    look,
    take: (lane: Lane): ReturnType<RateBudget["take"]> =>
      new Promise((resolve, refuse) => {
        const go: Waiting["go"] = (slot, takenAt) =>
          resolve((report) => store.release(kind, slot, { tookMs: clock.now() - takenAt, report }));
        queues[lane].push({ since: clock.now(), go, refuse });
        void look();
      }),
  };
}

/** Not every pause is for a limit: the call is refused for what HubSpot gave as its reason. */
function held(pause: AskedPause, turnMs = 0): RemoteError {
  const kind = pauseScope[pause.reason].isForLimit ? "rate_limited" : "transient";
  const message = `HubSpot asked for a pause (${pause.reason}) that is not over`;
  return new RemoteError(kind, message, { retryAfterMs: pause.ms + turnMs, pause });
}

function usedUp(retryAfterMs: number): RemoteError {
  return new RemoteError("rate_limited", "HubSpot's limit for this account is used up", { retryAfterMs });
}
