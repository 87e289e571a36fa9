import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { markPending, markRecordsPending } from "@/services/pending/mark-pending";
import type { Claim } from "./claim-pending";
import { subjectsOf } from "./conflict-subjects";
import { LostRace } from "./lost-race";
import type { Outcome } from "./outcome";
import type { RecordWork } from "./record-work";

const againAfterMs = 300;

/** A page whose lease was taken over by another one must not put its older values over the other's. */
export async function holdLease(tx: Tx, { lease, records }: Claim): Promise<void> {
  if (!records.length) return;
  const held = await tx.execute(
    sql`select id from pending_records where lease = ${lease}::uuid order by integration_id, side, record_id for update`,
  );
  if (held.length < records.length) throw new LostRace("the page lost its lease");
}

/** Removes what is settled and has not been noticed again; everything else goes round again. */
export async function settlePending(tx: Tx, claim: Claim, outcomes: Map<RecordWork, Outcome>): Promise<void> {
  if (!claim.records.length) return;
  const settled = [...outcomes].flatMap(([work, { kind }]) =>
    kind === "again" ? [] : work.claimed.map(({ id, generation }) => ({ id, generation })),
  );
  const given = sql`jsonb_to_recordset(${JSON.stringify(settled)}::jsonb) as x(id bigint, generation int)`;
  await tx.execute(sql`
    delete from pending_records p using ${given}
    where p.id = x.id and p.generation = x.generation and p.lease = ${claim.lease}::uuid`);
  // A settled row that is still here was noticed again while we looked.
  const isSettled = sql`id in (select x.id from ${given})`;
  await tx.execute(sql`
    update pending_records set lease = null, leased_until = null,
      noticed_at = case when ${isSettled} then now() else noticed_at end,
      due_at = case when ${isSettled} then now() else now() + make_interval(secs => ${againAfterMs / 1000}::float8 * attempts) end
    where lease = ${claim.lease}::uuid`);
}

/** A record that a page came across by another one's row has none of its own that would bring it round again. */
export async function markUnclaimed(
  tx: Tx,
  integrationId: string,
  outcomes: Map<RecordWork, Outcome>,
): Promise<void> {
  const left = [...outcomes].flatMap(([work, { kind }]) =>
    kind === "again" && !work.claimed.length ? subjectsOf(work).slice(0, 1) : [],
  );
  await markRecordsPending(
    tx,
    integrationId,
    left.map(({ side, record_id: id }) => ({ side, id })),
  );
}

/** Whom a prospect belongs to by its id is seen where the two are looked at, the contact among them. */
export async function markBearers(tx: Tx, integrationId: string, works: RecordWork[]): Promise<void> {
  await markPending(
    tx,
    integrationId,
    "hubspot",
    works.flatMap(({ bearer }) => bearer ?? []),
  );
}
