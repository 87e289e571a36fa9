import { and, eq, isNotNull, type SQL, sql } from "drizzle-orm";
import { LONGEST_REQUEST_MS } from "@/connectors/hubspot/transport";
import type { Db, Tx } from "@/db/client";
import { integrations } from "@/db/schema/integrations";
import { runItems, runs } from "@/db/schema/runs";
import type { Ctx } from "@/services/context";
import { markPending } from "@/services/pending/mark-pending";
import { lockLinks } from "@/services/sync/moved-links";
import { areNamed, leaseSeconds } from "./claim-items";

/** What a page sends is on its way so long after it has renewed its lease, at most. */
const lastSent = sql`now() + make_interval(secs => ${leaseSeconds - LONGEST_REQUEST_MS / 1000}::float8)`;

/**
 * Sees to it that no page of an ended transfer saves anything any more: one that can send nothing any more, alive or not,
 * loses its records, and so its race. What it had done in HubSpot is noted, and is the ordinary line's to tell of. Returns whether
 * all of it is told; until then nobody knows what there is to undo.
 */
export async function endPages(
  { db, workspaceId, wake }: Pick<Ctx, "db" | "workspaceId" | "wake">,
  runId: string,
): Promise<boolean> {
  const [run] = await db
    .select({ integrationId: runs.integrationId })
    .from(runs)
    .innerJoin(integrations, eq(integrations.id, runs.integrationId))
    .where(and(eq(runs.id, runId), eq(integrations.workspaceId, workspaceId), isNotNull(runs.finishedAt)));
  if (!run) return true;
  const { integrationId } = run;
  const held = await heldBy(db, runId);
  const untold = held.some(({ isSending }) => isSending) || (await endHeld(db, integrationId, runId, held));
  if (untold) await wake([integrationId]);
  return !untold;
}

type HeldItem = { recordId: string; isSending: boolean };

/** Found before anybody is kept waiting: this reads all whose turn has not come. */
async function heldBy(db: Db, runId: string): Promise<HeldItem[]> {
  return await db
    .select({ recordId: runItems.recordId, isSending: sql<boolean>`${runItems.leasedUntil} > ${lastSent}` })
    .from(runItems)
    .where(isHeldIn(runId));
}

/** Returns whether something of the transfer is still to be told. */
async function endHeld(db: Db, integrationId: string, runId: string, held: HeldItem[]): Promise<boolean> {
  return await db.transaction(async (tx) => {
    // No page commits meanwhile.
    await lockLinks(tx, integrationId);
    const [run] = await tx
      .select({ checkpoint: runs.checkpoint })
      .from(runs)
      .where(and(eq(runs.id, runId), isNotNull(runs.finishedAt)))
      .for("no key update");
    // Somebody has it try again.
    if (!run) return false;
    const these = and(isHeldIn(runId), areNamed(held));
    if (await tx.$count(runItems, and(these, sql`${runItems.leasedUntil} > ${lastSent}`))) return true;
    const ended = await tx
      .update(runItems)
      .set({ lease: null, leasedUntil: null })
      .where(these)
      .returning({ recordId: runItems.recordId });
    const noted = await notedOf(tx, integrationId, runId);
    if (!ended.length && run.checkpoint.toBeTold) return noted.some(({ pending }) => pending);
    await markPending(
      tx,
      integrationId,
      "snov",
      noted.map(({ id }) => id),
    );
    await tx
      .update(runs)
      .set({ checkpoint: sql`${runs.checkpoint} || '{"toBeTold": true}'` })
      .where(eq(runs.id, runId));
    return noted.length > 0;
  });
}

function isHeldIn(runId: string): SQL | undefined {
  return and(eq(runItems.runId, runId), eq(runItems.outcome, "planned"), isNotNull(runItems.lease));
}

/** Prospects for whose contacts the transfer noted a write that no activity tells of yet. */
async function notedOf(
  tx: Tx,
  integrationId: string,
  runId: string,
): Promise<{ id: string; pending: boolean }[]> {
  const rows = await tx.execute<{ id: string; pending: boolean }>(sql`
    select u.prospect_id as id, exists (select 1 from pending_records p
      where p.integration_id = u.integration_id and p.side = 'snov' and p.record_id = u.prospect_id::text) as pending
    from unconfirmed_writes u
    where u.integration_id = ${integrationId}::uuid and exists (
      select 1 from jsonb_each(u.sent) field, jsonb_array_elements(field.value) write
      where write #>> '{run,id}' = ${runId} and (write ->> 'told') is distinct from 'true')`);
  return [...rows];
}
