import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { defaultFuses, type FuseSettings, fuseBounds } from "@/sync/fuses";
import { policies } from "@/sync/policy";
import { removalRules } from "@/sync/removal";
import { type Ctx, requireAdmin } from "../context";
import { changeSettings, delta, SettingsTarget } from "./change-settings";

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
  const { integrationId, seen, policy, removals, fuses } = SaveSafety.parse(input);
  return changeSettings(ctx, { integrationId, seen }, async (_tx, before) => {
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
      ],
      result: {},
    };
  });
}

function ownLimits(fuses: Partial<FuseSettings>): Partial<FuseSettings> {
  return Object.fromEntries(
    Object.entries(fuses).filter(([key, value]) => value !== defaultFuses[key as keyof FuseSettings]),
  );
}
