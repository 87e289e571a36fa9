import canonicalize from "canonicalize";
import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { integrations } from "@/db/schema/integrations";
import type { FieldDelta } from "@/db/schema/sync";
import type { Both } from "@/sync/side";
import type { Value } from "@/sync/value";
import { memberCause } from "../activities/member-cause";
import { recordActivities } from "../activities/record-activity";
import type { Ctx } from "../context";
import { markHeldBack } from "../pending/mark-held-back";
import { ServiceError } from "../service-error";

/** What every change of settings names: which integration, and which state of it the person was looking at. */
export const SettingsTarget = z.object({ integrationId: z.uuid(), seen: z.iso.datetime().optional() });
export type SettingsTarget = z.infer<typeof SettingsTarget>;

export type Integration = typeof integrations.$inferSelect;
type Change<T> = { set?: Partial<Integration>; deltas: FieldDelta[]; result: T };

/**
 * Runs one change of settings in a transaction with its activity row. Refuses with `settings_moved` when
 * somebody else changed them since `seen`, so that two admins never overwrite each other unseen.
 */
export async function changeSettings<T extends object>(
  ctx: Ctx,
  { integrationId, seen }: SettingsTarget,
  change: (tx: Tx, integration: Integration) => Promise<Change<T>>,
): Promise<T & { updatedAt: string }> {
  let cured = false;
  const changed = await ctx.db.transaction(async (tx) => {
    const integration = await lockIntegration(tx, ctx.workspaceId, integrationId);
    if (seen && seen !== integration.updatedAt.toISOString())
      throw new ServiceError("out_of_date", "the settings changed meanwhile", { reason: "settings_moved" });
    const { set, deltas, result } = await change(tx, integration);
    const moved = deltas.filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after));
    if (!moved.length && !set) return { ...result, updatedAt: integration.updatedAt.toISOString() };
    // Two changes within a millisecond are two states all the same.
    const updatedAt = new Date(Math.max(Date.now(), integration.updatedAt.getTime() + 1));
    await tx
      .update(integrations)
      .set({ ...set, updatedAt })
      .where(eq(integrations.id, integrationId));
    if (moved.length)
      await recordActivities(tx, [
        {
          workspaceId: ctx.workspaceId,
          integrationId,
          kind: "integration/changed",
          changes: moved,
          cause: memberCause(ctx),
        },
      ]);
    cured = integration.state !== "draft";
    if (cured) await markHeldBack(tx, integrationId);
    return { ...result, updatedAt: updatedAt.toISOString() };
  });
  if (cured) await ctx.wake([integrationId]);
  return changed;
}

/** The integration, held until the transaction ends; another workspace's is not found. */
export async function lockIntegration(
  tx: Tx,
  workspaceId: string,
  integrationId: string,
): Promise<Integration> {
  const [integration] = await tx
    .select()
    .from(integrations)
    .where(
      and(
        eq(integrations.id, integrationId),
        eq(integrations.workspaceId, workspaceId),
        isNull(integrations.disconnectedAt),
      ),
    )
    .for("no key update");
  if (!integration) throw new ServiceError("not_found", "no such integration in this workspace");
  return integration;
}

/** A setting before and after, for the activity; structures are told as their JSON, whatever order Postgres keeps. */
export function delta(field: string, before: unknown, after: unknown, about?: Both<string>[]): FieldDelta {
  return {
    field,
    label: field,
    before: told(before),
    after: told(after),
    ...(about ? { pairs: about } : {}),
  };
}

function told(value: unknown): Value {
  if (value === null || value === undefined) return null;
  return typeof value === "string" || typeof value === "boolean" ? value : (canonicalize(value) ?? null);
}
