import { z } from "zod";
import { readIntegrationConnection } from "@/db/queries/hubspot-connections";
import { liftDayPause } from "@/services/connections/lift-day-pause";
import { forPerson } from "@/services/connections/remote-failure";
import { rereadUsers } from "@/services/connections/reread-users";
import { type Ctx, requireAdmin } from "@/services/context";
import { ServiceError } from "@/services/service-error";
import { rereadProperties } from "./reread-properties";

const RefreshProperties = z.object({ integrationId: z.uuid() });

/** The Refresh button: properties made in HubSpot since then can be mapped. */
export async function refreshProperties({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof RefreshProperties>;
}): Promise<{ properties: number }> {
  requireAdmin(ctx);
  const { integrationId } = RefreshProperties.parse(input);
  const known = await readIntegrationConnection(ctx.db, ctx.workspaceId, integrationId);
  if (!known) throw new ServiceError("not_found", "no such integration in this workspace");
  return forPerson(async () => {
    await liftDayPause(ctx, known.connection.accountId);
    const read = await rereadProperties(ctx, known.connection.id, { lane: "live", why: "asked" });
    await rereadUsers(ctx, known.connection.id, "live");
    return read;
  });
}
