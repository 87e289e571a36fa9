import { isDeepStrictEqual } from "node:util";
import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { fieldMappings } from "@/db/schema/integrations";
import type { FieldDelta } from "@/db/schema/sync";
import { defaultFuses, type FuseSettings, fuseBounds } from "@/sync/fuses";
import { type Policy, policies } from "@/sync/policy";
import { removalRules } from "@/sync/removal";
import { type Ctx, requireAdmin } from "../context";
import { changeSettings, delta, type Integration, SettingsTarget } from "./change-settings";
import { findMapping, mappingLabel, pairOf } from "./mapping-input";
import { readSettingsFields } from "./settings-fields";

const limit = (of: keyof FuseSettings) =>
  z
    .number("limit_out_of_range")
    .int("limit_out_of_range")
    .min(fuseBounds[of].min, "limit_out_of_range")
    .max(fuseBounds[of].max, "limit_out_of_range");
const SaveSafety = SettingsTarget.extend({
  policy: z.enum(policies).optional(),
  removals: z.enum(removalRules).optional(),
  fuses: z
    .object({
      windowMinutes: limit("windowMinutes"),
      removals: limit("removals"),
      blankings: limit("blankings"),
      overwrites: limit("overwrites"),
      bounces: limit("bounces"),
    })
    .partial()
    .optional(),
  /** Mapping → its own policy; all others follow the integration's. */
  exceptions: z.record(z.uuid(), z.enum(policies)).optional(),
});

/** What is left out stays as it is. A limit that is the default is not stored, so that a better default reaches it. */
export async function saveSafety({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof SaveSafety>;
}): Promise<{ updatedAt: string }> {
  requireAdmin(ctx);
  const { integrationId, seen, policy, removals, fuses, exceptions } = SaveSafety.parse(input);
  return changeSettings(ctx, { integrationId, seen }, async (tx, before) => {
    const old = { policy: before.policy, removals: before.removals, fuses: before.fuses };
    const after = {
      policy: policy ?? old.policy,
      removals: removals ?? old.removals,
      fuses: ownLimits({ ...old.fuses, ...fuses }),
    };
    return {
      ...(isDeepStrictEqual(old, after) ? {} : { set: after }),
      deltas: [
        delta("policy", old.policy, after.policy),
        delta("removals", old.removals, after.removals),
        delta("fuses", old.fuses, after.fuses),
        ...(exceptions ? await saveExceptions(tx, before, exceptions) : []),
      ],
      result: {},
    };
  });
}

async function saveExceptions(
  tx: Tx,
  integration: Integration,
  exceptions: Record<string, Policy>,
): Promise<FieldDelta[]> {
  const fields = await readSettingsFields(tx, integration);
  for (const mappingId of Object.keys(exceptions)) findMapping(fields, mappingId);
  const changed = fields.mappings.filter(({ id, policy }) => policy !== (exceptions[id] ?? null));
  await tx
    .update(fieldMappings)
    .set({ policy: sql`${JSON.stringify(exceptions)}::jsonb ->> ${fieldMappings.id}::text` })
    .where(eq(fieldMappings.integrationId, integration.id));
  return changed.map((mapping) =>
    delta(`${mappingLabel(fields, mapping)}: policy`, mapping.policy, exceptions[mapping.id] ?? null, [
      pairOf(mapping),
    ]),
  );
}

function ownLimits(fuses: Partial<FuseSettings>): Partial<FuseSettings> {
  return Object.fromEntries(
    Object.entries(fuses).filter(([key, value]) => value !== defaultFuses[key as keyof FuseSettings]),
  );
}
