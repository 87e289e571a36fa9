import { z } from "zod";
import { readIntegrationConnection } from "@/db/queries/hubspot-connections";
import type { Lane } from "@/db/schema/rates";
import { type Ctx, type Deps, requireAdmin } from "@/services/context";
import { ServiceError } from "@/services/service-error";
import { openConnection } from "./open-connection";
import { forPerson } from "./remote-failure";
import { rereadUsers } from "./reread-users";
import { reviewMappings } from "./review-mappings";
import { storeProperties } from "./store-properties";
import { tryChangedProperties } from "./try-changed-properties";

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
    const read = await rereadProperties(ctx, known.connection.id, "live");
    await rereadUsers(ctx, known.connection.id, "live");
    return read;
  });
}

/** The same, every day, by itself. Throws `RemoteError`. */
export async function rereadProperties(
  deps: Deps,
  connectionId: string,
  lane: Lane = "bulk",
): Promise<{ properties: number }> {
  const hubspot = await openConnection(deps, connectionId, lane);
  const definitions = await hubspot.properties.list();
  const busy = await deps.db.transaction(async (tx) => {
    const changed = await storeProperties(tx, connectionId, definitions);
    const resumed = await reviewMappings(tx, connectionId, definitions);
    return [...new Set([...resumed, ...(await tryChangedProperties(tx, connectionId, changed))])];
  });
  if (busy.length) await deps.wake(busy);
  return { properties: definitions.length };
}
