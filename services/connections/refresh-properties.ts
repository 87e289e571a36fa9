import { z } from "zod";
import type { HubspotClient } from "@/connectors/hubspot/client";
import { RemoteError } from "@/connectors/hubspot/remote-error";
import { readIntegrationConnection } from "@/db/queries/hubspot-connections";
import { usedProperties } from "@/db/queries/hubspot-properties";
import type { Lane } from "@/db/schema/rates";
import { errorFields, log } from "@/lib/log";
import { type Ctx, type Deps, requireAdmin } from "@/services/context";
import { ServiceError } from "@/services/service-error";
import type { FieldDefinition } from "@/sync/field-definition";
import { liftDayPause } from "./lift-day-pause";
import { openConnection } from "./open-connection";
import { forPerson } from "./remote-failure";
import { rereadUsers } from "./reread-users";
import { reviewExtras } from "./review-extras";
import { reviewConnection } from "./review-mappings";
import { storeProperties } from "./store-properties";
import { tryChangedProperties } from "./try-changed-properties";
import { tryListedOptions } from "./try-listed-options";

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
    const read = await rereadProperties(ctx, known.connection.id, { lane: "live" });
    await rereadUsers(ctx, known.connection.id, "live");
    return read;
  });
}

/** The same, every day, by itself. Throws `RemoteError`. */
export async function rereadProperties(
  deps: Deps,
  connectionId: string,
  { lane = "bulk", isDoubted = false }: { lane?: Lane; isDoubted?: boolean } = {},
): Promise<{ properties: number }> {
  const hubspot = await openConnection(deps, connectionId, lane);
  const definitions = await hubspot.properties.list();
  const sensitive = await readSensitive(deps, connectionId, hubspot, definitions);
  const busy = await deps.db.transaction(async (tx) => {
    const changed = await storeProperties(tx, connectionId, definitions);
    const read = { definitions, sensitive, labels: changed };
    const resumed = [
      ...(await reviewConnection(tx, connectionId, read)),
      ...(await reviewExtras(tx, connectionId, read)),
    ];
    const tried = [
      ...(await tryChangedProperties(tx, connectionId, [...changed.keys()])),
      // Whoever doubts has just been refused: that it is sent again at once would have no end.
      ...(isDoubted ? [] : await tryListedOptions(tx, connectionId)),
    ];
    return [...new Set([...resumed, ...tried])];
  });
  if (busy.length) await deps.wake(busy);
  return { properties: definitions.length };
}

/** Asked only where something that is used is missing; what HubSpot does not tell here holds nothing up. */
async function readSensitive(
  { db }: Deps,
  connectionId: string,
  hubspot: HubspotClient,
  definitions: FieldDefinition[],
): Promise<Set<string> | undefined> {
  const known = new Set(definitions.map(({ key }) => key));
  const used = await usedProperties(db, connectionId);
  if (used.every((name) => known.has(name))) return undefined;
  try {
    return await hubspot.properties.listSensitive();
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    log.warn("properties/sensitive-not-read", errorFields(error));
    return undefined;
  }
}
