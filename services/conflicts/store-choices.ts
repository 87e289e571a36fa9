import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { prospectOf } from "@/db/queries/conflict-filter";
import type { ConflictChoice } from "@/db/schema/conflicts";
import { markSelected } from "@/services/pending/mark-selected";

export type ChosenConflict = { id: string; seen: number | null; choice: ConflictChoice };
type Act = { integrationId: string; userId: string; resolutionId: string };

const Ids = z.array(z.object({ id: z.string() }));

/**
 * Has the records of these conflicts looked at, and those that stand against them: what is said of one of two is true of the
 * other. Always before the conflicts themselves are written, as a page does
 * it: the other way round the two would wait for each other.
 */
export async function markConflicted(tx: Tx, integrationId: string, which: SQL): Promise<void> {
  await markSelected(
    tx,
    integrationId,
    sql`select distinct c.side, c.record_id from conflicts c
      where c.integration_id = ${integrationId}::uuid and ${which}
      union select c.other_side, c.other_id from conflicts c
      where c.integration_id = ${integrationId}::uuid and c.mapping_id is null and c.other_id is not null and ${which}`,
  );
}

/** Marked in this very transaction: no page can settle the record before the choice is there to see. */
export const isMarkedNow = sql`exists (select 1 from pending_records p where p.integration_id = c.integration_id
  and p.side = c.side and p.record_id = c.record_id and p.latest_notice_at = now())`;

/** Nobody else has chosen; who chose may choose anew, but for what is being put back after a choice was taken back. */
export function isFree(userId: string): SQL {
  return sql`c.closed_at is null and (c.resolution is null
    or c.resolved_by = ${userId}::uuid and not c.resolution ? 'undo')`;
}

/**
 * Stores one choice per conflict with the values that stand there, and returns whose conflict was still open, free
 * and as it was seen. One statement: of two people one wins.
 */
export async function storeChoices(tx: Tx, act: Act, chosen: ChosenConflict[]): Promise<Set<string>> {
  if (!chosen.length) return new Set();
  const given = sql`jsonb_to_recordset(${JSON.stringify(chosen)}::jsonb) as g(id uuid, seen int, choice jsonb)`;
  const rows = await tx.execute(sql`
    update conflicts c set ${choosing(act, sql`g.choice`)} from ${given}
    where c.id = g.id and c.integration_id = ${act.integrationId}::uuid and ${isFree(act.userId)}
      and c.revision = g.seen and ${isMarkedNow}
    returning c.id`);
  return new Set(Ids.parse([...rows]).map(({ id }) => id));
}

const changedInSnov = sql`(select p.field_changes -> m.snov_field from field_mappings m, prospects p
  where m.id = c.mapping_id and p.id = ${prospectOf})`;

/** Those that a prospect has when somebody chooses, which may be others than at the last look. */
const addressesNow = sql`(select jsonb_build_object('addresses', coalesce(jsonb_agg(e.match_key), '[]'))
  from prospect_emails e where e.prospect_id = ${prospectOf})`;

/** What a choice leaves on its conflict. A record that is kept apart has nothing to be carried out. */
export function choosing({ userId, resolutionId }: Omit<Act, "integrationId">, choice: SQL): SQL {
  return sql`resolution = case when c.detail ? 'edited' then jsonb_build_object('edited', c.detail -> 'edited') else '{}'::jsonb end
      || jsonb_build_object('choice', ${choice})
      || case when c.mapping_id is null then '{}'::jsonb
        else jsonb_build_object('seen', jsonb_build_object('snov', c.snov_value, 'hubspot', c.hubspot_value))
          || jsonb_strip_nulls(jsonb_build_object('changedInSnov', ${changedInSnov})) end,
    resolution_id = ${resolutionId}::uuid, resolved_by = ${userId}::uuid, resolved_at = now(),
    decided_in = pg_current_xact_id(), stop_reason = null,
    closed_at = case when ${choice} ->> 'kind' = 'apart' then now() end,
    detail = case when ${choice} ->> 'kind' = 'apart' and c.side = 'snov' then c.detail || ${addressesNow} else c.detail end,
    outcome = case when ${choice} ->> 'kind' = 'apart' then 'apart' end`;
}
