import { and, eq, isNotNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { integrations } from "@/db/schema/integrations";
import { runs } from "@/db/schema/runs";
import { activities } from "@/db/schema/sync";
import { transfers, type UndoneChanges } from "@/db/schema/transfers";
import { type Ctx, requireAdmin } from "@/services/context";
import { lockIntegration } from "@/services/integrations/change-settings";
import { ServiceError } from "@/services/service-error";
import { endPages } from "./end-pages";
import { noPreview, noUndo } from "./preview-counts";
import { replacePreview } from "./replace-preview";
import { undoneRule } from "./undone-rule";
import { canBeUndone } from "./undone-writes";

/** The longest day, where clocks are put back. */
const dayMs = 25 * 3_600_000;
const Day = z
  .object({ from: z.iso.datetime({ offset: true }), to: z.iso.datetime({ offset: true }) })
  .refine(({ from, to }) => {
    const span = Date.parse(to) - Date.parse(from);
    return span > 0 && span <= dayMs;
  });
const StartUndo = z.union([
  z.object({ runId: z.uuid() }),
  /** One change; with `day`, all of its record within it. */
  z
    .object({ integrationId: z.uuid(), activityId: z.number().int().positive(), day: Day.optional() })
    .strict(),
  /** All that the policy of this field, which settled it in this change, has settled. */
  z.object({
    integrationId: z.uuid(),
    activityId: z.number().int().positive(),
    settledField: z.string().max(200),
  }),
]);
export type StartUndoInput = z.input<typeof StartUndo>;

/**
 * Begins to show what undoing an ended transfer, a change, a record's changes of a day, or all that a rule settled would
 * do. The undo is a run of its own: it is allowed, paused and cancelled as a transfer is. The caller tells the engine of it.
 */
export async function startUndo({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: StartUndoInput;
}): Promise<{ runId: string; integrationId: string }> {
  requireAdmin(ctx);
  const asked = StartUndo.parse(input);
  if ("runId" in asked && !(await endPages(ctx, asked.runId))) throw refused("undone_in_flight");
  const settled =
    "settledField" in asked ? await undoneRule(ctx.db, ctx, { ...asked, field: asked.settledField }) : null;
  return await ctx.db.transaction(async (tx) => {
    const undone =
      "runId" in asked
        ? await ofTransfer(tx, ctx, asked.runId)
        : settled
          ? ofNoTransfer(asked.integrationId, settled)
          : await ofChanges(tx, ctx, asked);
    const { integrationId, ...values } = undone;
    const integration = await lockIntegration(tx, ctx.workspaceId, integrationId);
    if (integration.state !== "active") throw refused("transfer_not_active");
    const runId = await replacePreview(tx, integrationId, ctx);
    await tx.insert(transfers).values({ runId, ...values, preview: { ...noPreview, undo: noUndo } });
    return { runId, integrationId };
  });
}

type Undone = { integrationId: string } & Omit<typeof transfers.$inferInsert, "runId" | "preview">;

async function ofTransfer(tx: Tx, ctx: Ctx, undoes: string): Promise<Undone> {
  const [undone] = await tx
    .select({ integrationId: runs.integrationId, transfer: transfers })
    .from(runs)
    .innerJoin(transfers, eq(transfers.runId, runs.id))
    .innerJoin(integrations, eq(integrations.id, runs.integrationId))
    .where(
      and(
        eq(runs.id, undoes),
        eq(integrations.workspaceId, ctx.workspaceId),
        isNotNull(runs.finishedAt),
        isNotNull(transfers.allowedAt),
      ),
    );
  if (!undone) throw new ServiceError("not_found", "no such ended transfer in this workspace");
  const { integrationId, transfer } = undone;
  if (transfer.undoes || transfer.undoesChanges) throw refused("is_an_undo");
  const { fromSnov, fromHubspot, prospects, contacts } = transfer;
  return { integrationId, undoes, fromSnov, fromHubspot, prospects, contacts };
}

async function ofChanges(
  tx: Tx,
  ctx: Ctx,
  {
    integrationId,
    activityId,
    day,
  }: { integrationId: string; activityId: number; day?: z.output<typeof Day> },
): Promise<Undone> {
  const [change] = await tx
    .select({
      prospectId: activities.prospectId,
      recordName: activities.recordName,
      at: sql<string>`to_json(${activities.at})#>>'{}'`,
      now: sql<string>`to_json(now())#>>'{}'`,
    })
    .from(activities)
    .where(
      and(
        eq(activities.id, activityId),
        eq(activities.workspaceId, ctx.workspaceId),
        isNotNull(activities.prospectId),
        isNotNull(activities.side),
        canBeUndone(integrationId),
      ),
    );
  if (!change?.prospectId) throw new ServiceError("not_found", "no such change that can be undone");
  const { prospectId, recordName, at, now } = change;
  // What somebody changes from now on is no part of it, whenever the day ends: nobody was shown that.
  const undoesChanges: UndoneChanges = day
    ? { kind: "day", prospectId, recordName, at, from: day.from, to: earlierOf(day.to, now) }
    : { kind: "change", activityId, recordName, at };
  return ofNoTransfer(integrationId, undoesChanges);
}

function ofNoTransfer(integrationId: string, undoesChanges: UndoneChanges): Undone {
  return {
    integrationId,
    undoesChanges,
    fromSnov: false,
    fromHubspot: false,
    prospects: { kind: "all" },
    contacts: { kind: "all" },
  };
}

function earlierOf(one: string, other: string): string {
  return Date.parse(one) < Date.parse(other) ? one : other;
}

function refused(reason: string): ServiceError {
  return new ServiceError("out_of_date", `undo refused: ${reason}`, { reason });
}
