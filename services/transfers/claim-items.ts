import { randomUUID } from "node:crypto";
import { inArray, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db, Tx } from "@/db/client";
import { type PlannedChange, type PlannedOutcome, runItems } from "@/db/schema/runs";
import type { Hindrance } from "@/db/schema/transfers";
import { triesInCompany } from "@/services/sync/claim-pending";
import { LostRace } from "@/services/sync/lost-race";
import { type Side, sides } from "@/sync/side";
import { nextPage } from "./hindrance";

export const leaseSeconds = 30;

const Row = z.object({
  side: z.enum(sides),
  record_id: z.string(),
  planned: z.custom<PlannedOutcome>(),
  changes: z.custom<PlannedChange[] | null>(),
  attempts: z.number(),
  held: z.boolean(),
});
export type ClaimedItem = {
  side: Side;
  recordId: string;
  planned: PlannedOutcome;
  changes: PlannedChange[];
  attempts: number;
  held: boolean;
};
export type ItemClaim = { lease: string; items: ClaimedItem[] };

/**
 * The next page of a transfer that runs. A record is in one page at a time, and a page that died gives its records back
 * when its lease ends. Nothing tells whether one of them killed the process: they come after all others, in pages half as
 * large, so that one that does so again and again is alone in the end, and nobody else is blamed. Those of which several
 * pages in a row failed for a record's sake, or died with it alone, come last and alone.
 * Records of one kind go together, so that a page needs one call to read and one to write. While HubSpot keeps the
 * transfer waiting the pages are smaller, and no record is blamed.
 */
export async function claimItems(
  db: Db,
  runId: string,
  hindered: Hindrance | null = null,
): Promise<ItemClaim> {
  const lease = randomUUID();
  const { size, skip } = nextPage(hindered);
  const inCompany = sql`i.attempts < ${triesInCompany}`;
  const turns = [
    ...(skip ? [{ which: sql`${inCompany} and not ${died}`, limit: size, skip }] : []),
    { which: sql`${inCompany} and not ${died}`, limit: size, skip: 0 },
    { which: sql`${inCompany} and ${died}`, limit: size, ofDead: true, skip: 0 },
    { which: sql`i.attempts >= ${triesInCompany}`, limit: 1, skip: 0 },
  ];
  for (const { ofDead = false, ...turn } of turns) {
    const dead = ofDead ? await deadPage(db, runId, turn.which) : null;
    if (ofDead && !dead) continue;
    const items = await claim(db, runId, lease, dead ? halfOf(dead, turn) : turn);
    if (items.length) return { lease, items };
  }
  return { lease, items: [] };
}

/** Whoever was given back, or another turn, has no end of a lease, or no lease. */
const died = sql`(i.lease is not null and i.leased_until is not null)`;
const DeadPage = z.object({ lease: z.string(), records: z.number() });
type DeadPage = z.infer<typeof DeadPage>;

/** The first page that died, and how many of its records nobody has taken over yet. */
async function deadPage(db: Db, runId: string, which: SQL): Promise<DeadPage | null> {
  const [row] = await db.execute(sql`
    select i.lease, count(*)::int as records from run_items i
    where i.run_id = ${runId}::uuid and i.outcome = 'planned' and i.leased_until < now() and ${which}
    group by i.lease order by min(i.planned), i.lease limit 1`);
  return row ? DeadPage.parse(row) : null;
}

function halfOf({ lease, records }: DeadPage, { which, limit }: Turn): Turn {
  return {
    which: sql`${which} and i.lease = ${lease}::uuid`,
    limit: Math.min(limit, Math.ceil(records / 2)),
    skip: 0,
  };
}

/** Before anything is sent: the records are this page's still, and stay so. Throws `LostRace` otherwise. */
export async function renewItems(db: Db | Tx, runId: string, claim: ItemClaim): Promise<void> {
  const held = await db.execute(sql`
    update run_items set leased_until = now() + make_interval(secs => ${leaseSeconds})
    where ${isHeld(runId, claim)} returning 1`);
  if (held.length < claim.items.length) throw lostLease();
}

/** Until the transaction ends no other page can take them over. Throws `LostRace` where one has. */
export async function lockItems(tx: Tx, runId: string, claim: ItemClaim): Promise<void> {
  if (!claim.items.length) return;
  const held = await tx.execute(sql`select 1 from run_items where ${isHeld(runId, claim)} for update`);
  if (held.length < claim.items.length) throw lostLease();
}

function isHeld(runId: string, { lease, items }: ItemClaim): SQL {
  return sql`run_id = ${runId}::uuid and ${areNamed(items)} and lease = ${lease}::uuid and outcome = 'planned'`;
}

/** Items by their ids: to look for a lease among all that are still planned takes ever longer with the transfer's size. */
export function areNamed(items: { recordId: string }[]): SQL {
  const ids = items.map(({ recordId }) => recordId);
  return sql`${inArray(runItems.side, [...sides])} and ${runItems.recordId} = any(${sql.param(ids)}::text[])`;
}

export const lostLease = () => new LostRace("the page of a transfer lost its lease");

type Turn = { which: SQL; limit: number; skip: number };

async function claim(
  db: Db,
  runId: string,
  lease: string,
  { which, limit, skip }: Turn,
): Promise<ClaimedItem[]> {
  // A page that died was no try of its records, unless they are alone by now. Looked up once: within a join Postgres may do so for every row, and lock another page each time.
  const rows = await db.execute(sql`
    with due as materialized (
      select i.run_id, i.side, i.record_id, ${died} as died from run_items i
      join runs r on r.id = i.run_id and r.state = 'running'
      where i.run_id = ${runId}::uuid and i.outcome = 'planned'
        and (i.leased_until is null or i.leased_until < now()) and ${which}
      order by i.planned, i.side, i.record_id limit ${limit} offset ${skip}
      for update of i skip locked
    )
    update run_items claimed
    set lease = ${lease}::uuid, leased_until = now() + make_interval(secs => ${leaseSeconds}),
      attempts = claimed.attempts + case when due.died and (select count(*) from due) > 1 then 0 else 1 end
    from due
    where claimed.run_id = due.run_id and claimed.side = due.side and claimed.record_id = due.record_id
    returning claimed.side, claimed.record_id, claimed.planned, claimed.changes, claimed.attempts, claimed.held`);
  return Row.array()
    .parse([...rows])
    .map(({ record_id, changes, ...row }) => ({ ...row, recordId: record_id, changes: changes ?? [] }));
}

/**
 * Gives records back after a page that did not commit. `blameless`: the fault was not the records'. `everLonger`: HubSpot
 * may answer in a while; with all its tries such a record takes some seven minutes.
 */
export async function releaseItems(
  db: Db,
  runId: string,
  claim: ItemClaim,
  { blameless, everLonger = false }: { blameless: boolean; everLonger?: boolean },
): Promise<void> {
  const seconds = everLonger ? sql`3 * power(least(attempts - 1, 10), 2)` : sql`attempts * 2`;
  await db.execute(sql`
    update run_items set attempts = attempts - ${blameless ? 1 : 0},
      lease = null, leased_until = case when ${blameless} then null else now() + make_interval(secs => ${seconds}) end
    where ${isHeld(runId, claim)}`);
}
