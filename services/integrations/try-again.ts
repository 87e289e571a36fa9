import { z } from "zod";
import { readIntegrationConnection } from "@/db/queries/hubspot-connections";
import { liftDayPause } from "@/services/connections/lift-day-pause";
import type { Ctx } from "@/services/context";
import { markFailing } from "@/services/pending/mark-failing";
import { ServiceError } from "@/services/service-error";
import { sides } from "@/sync/side";

const TryAgain = z.object({
  integrationId: z.uuid(),
  /** One failing record; all of them unless given. */
  record: z.object({ side: z.enum(sides), recordId: z.string().max(60) }).optional(),
});

/** For every member: an edit of the record has the same effect. `tried`: how many records are looked at again. */
export async function tryAgain({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof TryAgain>;
}): Promise<{ tried: number }> {
  const { integrationId, record } = TryAgain.parse(input);
  const known = await readIntegrationConnection(ctx.db, ctx.workspaceId, integrationId);
  if (!known || known.integration.disconnectedAt)
    throw new ServiceError("not_found", "no such integration in this workspace");
  if (known.integration.state !== "active")
    throw new ServiceError("out_of_date", "the integration does not sync", { reason: "trying_not_active" });
  const tried = await ctx.db.transaction((tx) => markFailing(tx, integrationId, record));
  const isLifted = await liftDayPause(ctx, known.connection.accountId);
  if (tried || isLifted) await ctx.wake([integrationId]);
  return { tried };
}
