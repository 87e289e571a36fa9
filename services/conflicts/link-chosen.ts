import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { recordActivities } from "@/services/activities/record-activity";
import type { Ctx } from "@/services/context";
import { type ChosenConflict, isFree, isMarkedNow } from "./store-choices";

const Linked = z.array(
  z.object({ id: z.string(), prospect_id: z.string(), contact_id: z.string(), name: z.string().nullable() }),
);

/**
 * Makes pairs of records that share an address and are both free, and returns the conflicts that this settles. The
 * pair agrees on nothing yet: its next page brings the two together as at first link. To be asked under `lockLinks`.
 */
export async function linkChosen(
  tx: Tx,
  ctx: Pick<Ctx, "workspaceId" | "userId" | "userName">,
  act: { integrationId: string; resolutionId: string },
  chosen: ChosenConflict[],
): Promise<Set<string>> {
  if (!chosen.length) return new Set();
  const given = sql`jsonb_to_recordset(${JSON.stringify(chosen)}::jsonb) as g(id uuid, seen int)`;
  const rows = await tx.execute(sql`
    with asked as (
      select c.id, case when c.side = 'snov' then c.record_id else c.other_id end as prospect_id,
        case when c.side = 'snov' then c.other_id else c.record_id end as contact_id, c.detail ->> 'recordName' as name
      from conflicts c join ${given} on g.id = c.id
      where c.integration_id = ${act.integrationId}::uuid and c.kind = 'same_address' and c.mapping_id is null
        and c.revision = g.seen and ${isFree(ctx.userId)} and ${isMarkedNow}
    ), made as (
      insert into record_links (integration_id, prospect_id, contact_id)
      select ${act.integrationId}::uuid, p.id, a.contact_id from asked a
      join prospects p on p.id = a.prospect_id::uuid and p.workspace_id = ${ctx.workspaceId}::uuid and p.deleted_at is null
      on conflict do nothing
      returning prospect_id, contact_id
    )
    select a.id, a.prospect_id, a.contact_id, a.name from asked a
    join made m on m.prospect_id = a.prospect_id::uuid and m.contact_id = a.contact_id`);
  const linked = Linked.parse([...rows]);
  const ids = linked.map(({ id }) => id);
  if (ids.length)
    await tx.execute(sql`
      update conflicts c set closed_at = now(), outcome = 'applied', resolution = '{"choice": {"kind": "link"}}',
        resolution_id = ${act.resolutionId}::uuid, resolved_by = ${ctx.userId}::uuid, resolved_at = now(),
        decided_in = pg_current_xact_id(), stop_reason = null
      where c.id in ${ids}`);
  await recordActivities(
    tx,
    linked.map(({ id, prospect_id, contact_id, name }) => ({
      workspaceId: ctx.workspaceId,
      integrationId: act.integrationId,
      prospectId: prospect_id,
      contactId: contact_id,
      kind: "conflict/linked",
      recordName: name,
      cause: { kind: "member", userId: ctx.userId, name: ctx.userName, conflictId: id },
    })),
  );
  return new Set(ids);
}
