import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { hourlyCalls } from "@/db/schema/hours";
import { type CallKind, rateBudgets, rateSlots } from "@/db/schema/rates";
import { errorFields, log } from "@/lib/log";
import { learnLimit, noteForeignCalls } from "./learn-limit";
import { WINDOW_MARGIN_MS } from "./rate-budget";
import type { Known } from "./read-slots";
import type { SlotStore } from "./slot-store";

type Answered = Parameters<SlotStore["release"]>;

/** Answered calls on their way to the database: what comes while one statement runs goes with the next. */
export function batchReleases(
  db: Db,
  account: string,
  known: ReadonlyMap<CallKind, Known>,
): SlotStore["release"] {
  let waiting: Answered[] = [];
  let running = false;

  async function run(): Promise<void> {
    running = true;
    while (waiting.length) {
      const batch = waiting;
      waiting = [];
      try {
        await releaseSlots(db, account, batch);
        await learn(db, account, batch, known);
      } catch (error) {
        // The leases end by themselves, and the next answer tells the limit again.
        log.warn("rate-slots/not-released", errorFields(error));
      }
    }
    running = false;
  }

  return (...answered) => {
    waiting.push(answered);
    if (!running) void run();
  };
}

/** Counts the calls in their hour as well, with how many counted under the limit at this moment. */
async function releaseSlots(db: Db, account: string, answered: Answered[]): Promise<void> {
  const done = answered.map(([kind, { number, lease }, { tookMs }]) => ({
    kind,
    number,
    lease,
    called: tookMs > 0,
  }));
  await db.execute(sql`
    with released as (
      update ${rateSlots} as held
      set free_at = now() + (budget.window_ms + ${WINDOW_MARGIN_MS}::int) * interval '1 millisecond'
      from ${rateBudgets} as budget,
        jsonb_to_recordset(${JSON.stringify(done)}::jsonb) as done (kind text, number int, lease uuid, called boolean)
      where held.account = ${account} and held.kind = done.kind and held.slot = done.number
        and held.lease = done.lease and budget.account = held.account and budget.kind = held.kind
      returning held.kind, done.called, budget.max_calls
    )
    insert into ${hourlyCalls} as sums (account, kind, hour, calls, peak, allowed)
    select ${account}, kind, date_trunc('hour', now(), 'UTC'), count(*)::int, (
      select count(*)::int from ${rateSlots} as counting
      where counting.account = ${account} and counting.kind = released.kind and counting.free_at > now()
    ), max(max_calls)
    from released where called group by kind order by kind
    on conflict (account, kind, hour) do update
      set calls = sums.calls + excluded.calls, peak = greatest(sums.peak, excluded.peak), allowed = excluded.allowed`);
}

/** Most answers say what is known already, and cost no statement. */
async function learn(
  db: Db,
  account: string,
  answered: Answered[],
  known: ReadonlyMap<CallKind, Known>,
): Promise<void> {
  for (const kind of new Set(answered.map(([one]) => one))) {
    const own = answered.filter(([one]) => one === kind);
    const reports = own.flatMap(([, , { report }]) => report ?? []);
    const last = reports.at(-1);
    const now = known.get(kind);
    if (!last || !now) continue;
    if (last.maxCalls !== now.maxCalls || last.windowMs !== now.state.windowMs)
      await learnLimit(db, account, kind, last);
    const counted = last.maxCalls - Math.min(...reports.map(({ remaining }) => remaining));
    const sinceMs = Math.max(...own.map(([, , { tookMs }]) => tookMs));
    if (counted > now.held.size) await noteForeignCalls(db, account, kind, counted, sinceMs);
  }
}
