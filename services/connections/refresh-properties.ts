import { z } from "zod";
import { readIntegrationConnection } from "@/db/queries/hubspot-connections";
import { usedProperties } from "@/db/queries/hubspot-properties";
import type { Lane } from "@/db/schema/rates";
import { type Ctx, type Deps, requireAdmin } from "@/services/context";
import { ServiceError } from "@/services/service-error";
import { liftDayPause } from "./lift-day-pause";
import { openConnection } from "./open-connection";
import { readProperties } from "./read-properties";
import { forPerson } from "./remote-failure";
import { rereadUsers } from "./reread-users";
import { type ReadingCause, takeInProperties } from "./take-in-properties";

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

/** The same, every day, by itself. Throws `RemoteError`. */
export async function rereadProperties(
  deps: Deps,
  connectionId: string,
  { lane = "bulk", why = "daily" }: { lane?: Lane; why?: ReadingCause } = {},
): Promise<{ properties: number }> {
  const hubspot = await openConnection(deps, connectionId, lane);
  const read = await readProperties(hubspot, () => usedProperties(deps.db, connectionId));
  const busy = await deps.db.transaction((tx) => takeInProperties(tx, connectionId, read, why));
  if (busy.length) await deps.wake(busy);
  return { properties: read.definitions.length };
}
