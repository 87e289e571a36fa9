import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { markRecordsPending } from "@/services/pending/mark-pending";
import type { Side } from "@/sync/side";
import type { SavedLink } from "./commit-links";
import { type Subject, subjectsOf } from "./conflict-subjects";
import { namesOf } from "./gather-records";
import { ownKeys } from "./kept-apart";
import type { RecordWork } from "./record-work";

/**
 * A record that is, or might be, kept apart. `addresses`: its own; null where it is gone. `merged`: it is another
 * one by now, which may have more of them. `partners`: by every name of theirs.
 */
type Met = Subject & { kept: boolean; addresses: string[] | null; merged: boolean; partners: string[] };

/**
 * The person's choice ends once an address of the record changes, or it is a pair with the one that it is kept apart from;
 * it outlives a removal, another partner, and looks that are about somebody else. The other one of the two is looked at
 * again then, as where the record is gone: once, or the two would have each other looked at for ever.
 */
export async function endApart(
  tx: Tx,
  integrationId: string,
  looked: RecordWork[],
  saved: Map<RecordWork, SavedLink>,
): Promise<void> {
  const met = looked.flatMap((work) => metBy(work, saved.get(work)));
  const others = await tx.execute<{ side: Side; id: string }>(sql`
    with met as (
      select c.id, c.other_side, c.other_id, s.addresses is null as gone, c.detail ? 'gone' as known,
        not s.kept and (s.partners ?| array[c.other_id, c.detail ->> 'mergedContactId']
          or not s.addresses @> own.addresses or not (s.merged or s.addresses <@ own.addresses)) as ends
      from jsonb_to_recordset(${JSON.stringify(met)}::jsonb) as s(
        side text, record_id text, kept boolean, addresses jsonb, merged boolean, partners jsonb)
      join conflicts c on c.integration_id = ${integrationId}::uuid and c.outcome = 'apart' and c.side = s.side
        and c.record_id = s.record_id
      cross join lateral (select coalesce(c.detail -> 'addresses', '[]') as addresses) own
    ), changed as (
      update conflicts c set outcome = case when met.ends then 'applied' else c.outcome end,
        detail = case when met.gone then c.detail || '{"gone": true}' else c.detail - 'gone' end
      from met where c.id = met.id and (met.ends or met.gone <> met.known)
    )
    select other_side as side, other_id as id from met where ends or (gone and not known)`);
  const isLookedAt = (other: { side: Side; id: string }) =>
    met.some(({ kept, side, record_id }) => !kept && side === other.side && record_id === other.id);
  await markRecordsPending(
    tx,
    integrationId,
    others.filter((other) => !isLookedAt(other)),
  );
}

function metBy(work: RecordWork, saved: SavedLink | undefined): Met[] {
  const { prospect, contact } = work;
  return subjectsOf(work, saved).map((subject) => {
    const isOurs = subject.side === "snov";
    const alone = isOurs ? { prospect, contact: null } : { prospect: null, contact };
    const partners = prospect && contact ? (isOurs ? namesOf(contact) : [prospect.id]) : [];
    return {
      ...subject,
      kept: isKeptApart(work),
      addresses: (isOurs ? prospect : contact) ? ownKeys(alone) : null,
      merged: !isOurs && contact !== null && subject.record_id !== contact.id,
      partners,
    };
  });
}

function isKeptApart({ plan }: RecordWork): boolean {
  return plan.kind === "excluded" && plan.reason === "kept_apart";
}
