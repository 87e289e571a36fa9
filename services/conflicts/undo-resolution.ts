import { randomUUID } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { isReversible, isStopped } from "@/db/queries/conflicts";
import type { integrations } from "@/db/schema/integrations";
import type { Ctx } from "@/services/context";
import { requireIntegration } from "@/services/integrations/require-integration";
import { readSettingsFields } from "@/services/integrations/settings-fields";
import { lockChoices } from "@/services/sync/open-conflicts";
import { plannerMapping } from "@/services/sync/planner-mapping";
import { isAskedAgain } from "@/sync/asked-again";
import { sharedValues } from "@/sync/choices";
import type { Both } from "@/sync/side";
import type { Value } from "@/sync/value";
import { isMarkedNow, markConflicted } from "./store-choices";
import { type ApartConflict, tellTakenBack } from "./tell-kept-apart";

const UndoResolution = z.object({
  integrationId: z.uuid(),
  resolutionId: z.uuid(),
  /** Only what the act decided about this one. */
  conflictId: z.uuid().optional(),
});

export type UndoneResolution = {
  /** Had not been carried out yet: as if nobody had chosen. */
  takenBack: number;
  /** What was replaced is put back where nobody has changed it since; the conflicts are open again. */
  puttingBack: number;
  /** Cannot be taken back here: removed and restored records, also while a page is at it, new pairs, fields that are in conflict again. */
  kept: number;
  /** Stays as it is: its field is synced no more, so that nothing could be put back. */
  stopped: number;
  /** Stays as it is: a rule or a one-way direction would settle it again at once. */
  ruled: number;
};

/** Takes back one act of the person's own, or its choice about one conflict; owners and admins take back anybody's. */
export async function undoResolution({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof UndoResolution>;
}): Promise<UndoneResolution> {
  const { integrationId, resolutionId, conflictId } = UndoResolution.parse(input);
  const integration = await requireIntegration(ctx, integrationId);
  const theirs = ctx.role === "member" ? sql`and c.resolved_by = ${ctx.userId}::uuid` : sql``;
  const own = sql`c.integration_id = ${integrationId}::uuid and c.resolution_id = ${resolutionId}::uuid
    ${theirs} and not coalesce(c.resolution ? 'undo', false)
    ${conflictId ? sql`and c.id = ${conflictId}::uuid` : sql``}`;
  const takingBack = sql`outcome = null, stop_reason = null, resolution_id = ${randomUUID()}::uuid,
    resolution = c.resolution || jsonb_build_object('undo',
      jsonb_build_object('by', ${ctx.userId}::uuid, 'act', c.resolution_id)
      || case when c.base_value is null then '{}'::jsonb else jsonb_build_object('base', c.base_value) end)`;
  const undone = await ctx.db.transaction(async (tx) => {
    await lockChoices(tx, { integrationId });
    await markConflicted(tx, integrationId, own);
    const isRuled = await ruledAmong(tx, integration, own);
    const waiting = await tx.execute(sql`
      update conflicts c set resolution = null, resolution_id = null, resolved_by = null, resolved_at = null,
        outcome = 'undone'
      where ${own} and ${isWaiting} and not ${mayHaveBegun}`);
    // All that is left of them, whatever became of their pages since.
    const begun = await tx.execute(sql`
      update conflicts c set ${takingBack}
      where ${own} and c.kind = 'value' and ${isWaiting} and not ${isStopped} and not ${isRuled}`);
    const free = sql`not exists (select 1 from conflicts o where o.integration_id = c.integration_id and o.side = c.side
      and o.record_id = c.record_id and o.kind = c.kind and o.mapping_id is not distinct from c.mapping_id
      and o.closed_at is null)`;
    const apart = await tx.execute<ApartConflict>(sql`
      update conflicts c set closed_at = null, revised_in = pg_current_xact_id(), outcome = 'undone', resolution = null, resolution_id = null,
        resolved_by = null, resolved_at = null
      where ${own} and c.outcome = 'apart' and ${free} and ${isMarkedNow}
      returning c.id, c.side, c.record_id as "recordId", c.detail ->> 'recordName' as "recordName"`);
    await tellTakenBack(tx, ctx, integrationId, [...apart]);
    const left = sql`${own} and c.outcome in ('applied', 'apart', 'kept')`;
    const done = await tx.execute(sql`
      update conflicts c set closed_at = null, revised_in = pg_current_xact_id(), ${takingBack}
      where ${left} and c.kind = 'value' and ${isReversible} and ${free} and ${isMarkedNow} and not ${isStopped} and not ${isRuled}`);
    const [staying] = await tx.execute<{ kept: number; stopped: number; ruled: number }>(sql`
      select count(*) filter (where not ${isStopped} and not ${isRuled})::int as kept,
        count(*) filter (where ${isStopped})::int as stopped,
        count(*) filter (where ${isRuled} and not ${isStopped})::int as ruled
      from conflicts c where ${left} or ${own} and ${isWaiting}`);
    return {
      takenBack: waiting.count + apart.count,
      puttingBack: begun.count + done.count,
      kept: staying?.kept ?? 0,
      stopped: staying?.stopped ?? 0,
      ruled: staying?.ruled ?? 0,
    };
  });
  await ctx.wake([integrationId]);
  return undone;
}

type Choice = { id: string; mappingId: string; base: Value; seen: Both<Value> };

/** What the planner says of each: once the values are back that were seen, no person would be asked. */
async function ruledAmong(tx: Tx, integration: typeof integrations.$inferSelect, which: SQL): Promise<SQL> {
  const { mappings, snov, hubspot } = await readSettingsFields(tx, integration);
  const planned = new Map(
    mappings.map((mapping) => [
      mapping.id,
      plannerMapping(integration, mapping, snov.get(mapping.snovField), hubspot.get(mapping.hubspotProperty)),
    ]),
  );
  const choices = await tx.execute<Choice>(sql`
    select c.id, c.mapping_id as "mappingId", c.base_value as base, c.resolution -> 'seen' as seen from conflicts c
    where ${which} and c.kind = 'value' and c.mapping_id is not null and c.resolution ? 'seen'`);
  const ruled = choices.filter(({ mappingId, base, seen }) => {
    const mapping = planned.get(mappingId);
    const shared = mapping && sharedValues(mapping, seen);
    return mapping && shared && !isAskedAgain(mapping, base ?? undefined, shared);
  });
  const ids = JSON.stringify(ruled.map(({ id }) => id));
  return sql`(c.id in (select id::uuid from jsonb_array_elements_text(${ids}::jsonb) ruled(id)))`;
}

const isWaiting = sql`c.closed_at is null and c.resolution is not null`;

/** A page, or one of a transfer, is at work on the record, or died after it had noted the write: nobody knows yet whether HubSpot has it. */
const mayHaveBegun = sql`(
  exists (select 1 from unconfirmed_writes u where u.integration_id = c.integration_id
    and u.prospect_id::text = c.record_id and u.sent ? c.mapping_id::text)
  or exists (select 1 from pending_records p left join record_links l on l.id = c.link_id
    where p.integration_id = c.integration_id and p.lease is not null and p.record_id in (c.record_id, l.contact_id))
  or exists (select 1 from run_items i join runs r on r.id = i.run_id left join record_links l on l.id = c.link_id
    where r.integration_id = c.integration_id and r.finished_at is null and i.outcome = 'planned' and i.lease is not null
      and i.record_id in (c.record_id, l.contact_id)))`;
