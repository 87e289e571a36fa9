import { z } from "zod";
import { readIntegrationConnection } from "@/db/queries/hubspot-connections";
import { type Ctx, type Deps, requireAdmin } from "@/services/context";
import { ServiceError } from "@/services/service-error";
import { openConnection } from "./open-connection";
import { forPerson } from "./remote-failure";
import { reviewMappings } from "./review-mappings";
import { storeProperties } from "./store-properties";

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
  return forPerson(() => rereadProperties(ctx, known.connection.id));
}

/** The same, every day, by itself. Throws `RemoteError`. */
export async function rereadProperties(deps: Deps, connectionId: string): Promise<{ properties: number }> {
  const hubspot = await openConnection(deps, connectionId);
  const definitions = await hubspot.properties.list();
  const resumed = await deps.db.transaction(async (tx) => {
    await storeProperties(tx, connectionId, definitions);
    return reviewMappings(tx, connectionId, definitions);
  });
  if (resumed.length) await deps.wake(resumed);
  return { properties: definitions.length };
}
