import { randomUUID } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import { sides } from "@/sync/side";
import { LostRace } from "./lost-race";

/**
 * Claims pending records for one page. Invariants:
 * - only records of an active integration that are due are claimed; paused and broken ones wait;
 * - a row is in one page at a time: the lease is taken in one statement that skips locked rows,
 *   and a page that died gives its rows back when the lease ends;
 * - records whose pages failed several times in a row come last, and in ever smaller pages until each is alone: one
 *   bad record cannot stop the others, and a stream of new ones cannot stop those for more than a while;
 * - what people did goes before the echoes of our own writes, of which a transfer leaves thousands;
 * - the generation that was claimed decides later whether the row may be removed.
 */
export const pageSize = 100;
const leaseSeconds = 30;
export const triesInCompany = 3;
/** After so many failed pages, a record is alone in its next one. */
const triesBeforeAlone = 8;
/** A record that fails alone in an unforeseen way is set aside as failing. */
export const triesAtAll = triesBeforeAlone + 1;
const secondsToYield = 30;
/** A record whose page failed is due again later by this with each try, up to so many tries. */
const secondsPerTry = 5;
const mostTriesWaitedFor = 12;

const ClaimedRecord = z.object({
  id: z.coerce.number(),
  side: z.enum(sides),
  recordId: z.string(),
  generation: z.number(),
  attempts: z.number(),
  /** The first notice since it was last looked at. */
  noticedAt: z.coerce.date(),
});
export type ClaimedRecord = z.infer<typeof ClaimedRecord>;
export type Claim = { lease: string; records: ClaimedRecord[] };

export async function claimPending(db: Db, integrationId: string): Promise<Claim> {
  const lease = randomUUID();
  const turns = [overdue, sql`${inCompany} and not p.echo`, sql`${inCompany} and p.echo`, apart];
  for (const turn of turns) {
    const records = await claim(db, integrationId, lease, turn);
    if (records.length) return { lease, records };
  }
  return { lease, records: [] };
}

const inCompany = sql`p.attempts < ${triesInCompany}`;
const apart = sql`p.attempts >= ${triesInCompany}`;
const overdue = sql`${apart} and p.due_at < now() - make_interval(secs => ${secondsToYield})`;
/** 100, then 50, 25, ... and 1. */
const size = sql`greatest(1, ${pageSize} >> greatest(0, least(p.attempts, ${triesBeforeAlone}) - 2))`;

/** Of the due records that `which` takes in, those that are due first, all of one size of page. */
async function claim(db: Db, integrationId: string, lease: string, which: SQL): Promise<ClaimedRecord[]> {
  const due = sql`pending_records p
      join integrations i on i.id = p.integration_id and i.state = 'active' and i.disconnected_at is null
      where p.integration_id = ${integrationId}::uuid and p.due_at <= now()
        and (p.leased_until is null or p.leased_until < now()) and ${which}`;
  // Looked up once: within a join Postgres may do so for every row, and lock another page each time.
  const rows = await db.execute(sql`
    with first as (select ${size} as size from ${due} order by p.due_at, p.id limit 1),
    due as materialized (
      select p.id from ${due} and ${size} = (select size from first)
      order by p.due_at, p.id limit (select size from first)
      for update of p skip locked
    )
    update pending_records claimed
    set lease = ${lease}::uuid, leased_until = now() + make_interval(secs => ${leaseSeconds}), attempts = claimed.attempts + 1
    from due
    where claimed.id = due.id
    returning claimed.id, claimed.side, claimed.record_id as "recordId", claimed.generation, claimed.attempts,
      claimed.noticed_at as "noticedAt"`);
  return ClaimedRecord.array().parse([...rows]);
}

/**
 * Before anything is sent: the rows are this page's still, and stay so for a while. Throws `LostRace` where another page
 * has taken them over, whose values may be newer.
 */
export async function renewClaim(db: Db, { lease, records }: Claim): Promise<void> {
  const held = await db.execute(sql`
    update pending_records set leased_until = now() + make_interval(secs => ${leaseSeconds})
    where lease = ${lease}::uuid returning id`);
  if (held.length < records.length)
    throw new LostRace("the page lost its lease before it had sent everything");
}

/**
 * Gives the rows back after a page that did not commit. `blameless`: the fault was not the records'. Others are due
 * one after the other, so that many bad ones do not take every turn. `counted`: among what they are given up for.
 */
export async function releaseClaim(
  db: Db,
  lease: string,
  { blameless, counted = true }: { blameless: boolean; counted?: boolean },
): Promise<void> {
  await db.execute(
    blameless
      ? sql`update pending_records set lease = null, leased_until = null, attempts = greatest(attempts - 1, 0)
          where lease = ${lease}::uuid`
      : sql`update pending_records p set lease = null, leased_until = null, attempts = greatest(p.attempts - ${counted ? 0 : 1}, 0),
            due_at = now() + make_interval(secs => least(p.attempts - 1, ${mostTriesWaitedFor}) * ${secondsPerTry} + case when p.attempts < ${triesInCompany} then 0 else held.place end)
          from (select id, row_number() over (order by due_at, id) as place from pending_records where lease = ${lease}::uuid) held
          where p.id = held.id and p.lease = ${lease}::uuid`,
  );
}
