import { clock } from "../machine/clock";
import type { World } from "../world";

type Act = { tx: string; actor: string; source: string; record: string | null };

/** No page, and nothing that it leaves, has to wait for longer. */
const longestPauseMs = 60 * 60_000;

/** Where the witness of all acts stands before a page. */
export async function markActs({ database }: World): Promise<number> {
  const [row] = await database.raw("select coalesce(max(seq), 0) as seq from sim_acts");
  return Number(row?.seq);
}

/**
 * A crash leaves work to repeat, never a gap. Whatever the page that died has committed: what it concluded stands as a
 * whole, in one transaction that let its records go; of what it did not commit nothing is there, and its records are
 * still to be looked at, and due before long.
 */
export async function checkAfterDeath(
  world: World,
  page: { worker: string; since: number; pending: string[] },
): Promise<string[]> {
  const acts = await actsSince(world, page.since);
  const own = acts.filter(({ actor }) => actor === page.worker);
  const left = new Map((await pendingNow(world)).map((row) => [row.record, row.dueAt]));
  const live = await liveRecords(world, page.pending);
  const latest = (clock.now ?? 0) + longestPauseMs;
  return [
    ...halfConcluded(own),
    ...page.pending
      .filter((record) => !left.has(record) && live.has(record) && !isConcluded(acts, record))
      .map((record) => `after a crash nobody looks at ${record} any more`),
    ...page.pending
      .filter((record) => (left.get(record) ?? 0) > latest)
      .map((record) => `after a crash ${record} is looked at no sooner than in an hour`),
  ];
}

function halfConcluded(own: Act[]): string[] {
  const concluding = new Set(own.filter(isConclusion).map(({ tx }) => tx));
  const releasing = new Set(own.filter((act) => !isConclusion(act)).map(({ tx }) => tx));
  const unheld = own.filter((act) => isConclusion(act) && !releasing.has(act.tx));
  return [
    ...new Set(
      unheld.map(({ source }) => `a page that died changed ${source} and left its records as they were`),
    ),
    ...(concluding.size > 1 ? [`a page that died was concluded in ${concluding.size} transactions`] : []),
  ];
}

function isConclusion({ source }: Act): boolean {
  return source !== "settled" && source !== "released";
}

/** It left the queue together with what was made of it, whoever did that. */
function isConcluded(acts: Act[], record: string): boolean {
  return acts.some(
    (act) =>
      act.source === "settled" &&
      act.record === record &&
      acts.some((one) => one.tx === act.tx && isConclusion(one)),
  );
}

/** Of records that are gone nothing is left to conclude. */
async function liveRecords({ account, database }: World, records: string[]): Promise<Set<string>> {
  const rows = await database.raw("select id::text from prospects where deleted_at is null");
  const prospects = new Set(rows.map(({ id }) => String(id)));
  const isLive = (record: string) => {
    const [side, id = ""] = record.split(" ");
    if (side === "snov") return prospects.has(id);
    const contact = account.contacts.get(id);
    return contact?.id === id && contact.archivedAt === undefined;
  };
  return new Set(records.filter(isLive));
}

async function actsSince({ database }: World, since: number): Promise<Act[]> {
  const rows = await database.raw(
    "select tx::text, actor, source, record from sim_acts where seq > $1 order by seq",
    [String(since)],
  );
  return rows.map(({ tx, actor, source, record }) => ({
    tx: String(tx),
    actor: String(actor),
    source: String(source),
    record: record === null ? null : String(record),
  }));
}

async function pendingNow({ database }: World): Promise<{ record: string; dueAt: number }[]> {
  const rows = await database.raw(
    `select side || ' ' || record_id as record,
       extract(epoch from greatest(due_at, coalesce(leased_until, due_at))) * 1000 as due from pending_records`,
  );
  return rows.map(({ record, due }) => ({ record: String(record), dueAt: Number(due) }));
}
