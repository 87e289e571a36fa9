import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import { sides } from "@/sync/side";
import { LostRace } from "./lost-race";

/**
 * Claims pending records for one page. Invariants:
 * - only records of an active integration that are due are claimed; paused and broken ones wait;
 * - a row is in one page at a time: the lease is taken in one statement that skips locked rows,
 *   and a page that died gives its rows back when the lease ends;
 * - records that failed several pages in a row come last and alone, so that one bad record
 *   cannot stop the others;
 * - the generation that was claimed decides later whether the row may be removed.
 */
export const pageSize = 100;
const leaseSeconds = 30;
export const triesInCompany = 3;
/** After so many pages that ended in an unforeseen error, a record is set aside as failing. */
export const triesAtAll = 8;

const ClaimedRecord = z.object({
  id: z.coerce.number(),
  side: z.enum(sides),
  record_id: z.string(),
  generation: z.number(),
  attempts: z.number(),
  noticed_at: z.coerce.date(),
  latest_notice_at: z.coerce.date(),
});
export type ClaimedRecord = {
  id: number;
  side: (typeof sides)[number];
  recordId: string;
  generation: number;
  attempts: number;
  /** The first notice since it was last looked at. */
  noticedAt: Date;
  latestNoticeAt: Date;
};
export type Claim = { lease: string; records: ClaimedRecord[] };

export async function claimPending(db: Db, integrationId: string): Promise<Claim> {
  const lease = randomUUID();
  const inCompany = await claim(db, integrationId, lease, sql`p.attempts < ${triesInCompany}`, pageSize);
  const records = inCompany.length
    ? inCompany
    : await claim(db, integrationId, lease, sql`p.attempts >= ${triesInCompany}`, 1);
  return { lease, records };
}

async function claim(
  db: Db,
  integrationId: string,
  lease: string,
  which: ReturnType<typeof sql>,
  limit: number,
): Promise<ClaimedRecord[]> {
  const rows = await db.execute(sql`
    update pending_records claimed
    set lease = ${lease}::uuid, leased_until = now() + make_interval(secs => ${leaseSeconds}), attempts = claimed.attempts + 1
    from (
      select p.id from pending_records p
      join integrations i on i.id = p.integration_id and i.state = 'active' and i.disconnected_at is null
      where p.integration_id = ${integrationId}::uuid and p.due_at <= now()
        and (p.leased_until is null or p.leased_until < now()) and ${which}
      order by p.due_at, p.id limit ${limit}
      for update of p skip locked
    ) due
    where claimed.id = due.id
    returning claimed.id, claimed.side, claimed.record_id, claimed.generation, claimed.attempts,
      claimed.noticed_at, claimed.latest_notice_at`);
  return ClaimedRecord.array()
    .parse([...rows])
    .map(({ record_id, noticed_at, latest_notice_at, ...row }) => ({
      ...row,
      recordId: record_id,
      noticedAt: noticed_at,
      latestNoticeAt: latest_notice_at,
    }));
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

/** Gives the rows back after a page that did not commit. `blameless`: the fault was not the records'. */
export async function releaseClaim(db: Db, lease: string, options: { blameless: boolean }): Promise<void> {
  await db.execute(sql`
    update pending_records set lease = null, leased_until = null,
      attempts = attempts - ${options.blameless ? 1 : 0},
      due_at = case when ${options.blameless} then due_at else now() + make_interval(secs => attempts * 5) end
    where lease = ${lease}::uuid`);
}
