import { z } from "zod";
import { conflictsById } from "@/db/queries/conflicts";
import { openConnection } from "@/services/connections/open-connection";
import type { Ctx } from "@/services/context";
import { requireIntegration } from "@/services/integrations/require-integration";
import { loadPreviewContext } from "@/services/sync/load-page-context";
import { changesTold, type HubspotChanges, readToldProperties } from "./hubspot-changes";

export type { HubspotChange, HubspotChanges } from "./hubspot-changes";

const ReadChanges = z.object({ integrationId: z.uuid(), ids: z.array(z.uuid()).max(50) });

/** Who changed HubSpot's side of these conflicts and when, which HubSpot is asked in one call: conflict id → its changes. */
export async function readChanges({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof ReadChanges>;
}): Promise<Record<string, HubspotChanges>> {
  const { integrationId, ids } = ReadChanges.parse(input);
  await requireIntegration(ctx, integrationId);
  const page = ids.length ? await loadPreviewContext(ctx.db, integrationId) : null;
  if (!page) return {};
  const rows = await conflictsById(ctx.db, integrationId, ids);
  const hubspot = await openConnection(ctx, page.connectionId, "live");
  const told = await readToldProperties(hubspot, page, rows);
  return Object.fromEntries(await changesTold(ctx.db, page, told));
}
