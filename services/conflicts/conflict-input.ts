import { z } from "zod";
import { readIntegrationConnection } from "@/db/queries/hubspot-connections";
import type { integrations } from "@/db/schema/integrations";
import type { Ctx } from "@/services/context";
import { FieldValue } from "@/services/prospects/parse-prospect-input";
import { ServiceError } from "@/services/service-error";
import { sides } from "@/sync/side";

/** `value` is typed as HubSpot has it: for choices, one of HubSpot's. */
export const ChoiceInput = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("take"), side: z.enum(sides) }),
  z.object({ kind: z.literal("value"), value: FieldValue }),
  z.object({ kind: z.literal("leave") }),
  z.object({ kind: z.literal("remove") }),
  z.object({ kind: z.literal("bring_back") }),
  z.object({ kind: z.literal("link") }),
  z.object({ kind: z.literal("apart") }),
]);

/** For every member, like editing a record: an integration of the workspace that still has its account. */
export async function requireIntegration(
  ctx: Pick<Ctx, "db" | "workspaceId">,
  integrationId: string,
): Promise<typeof integrations.$inferSelect> {
  const known = await readIntegrationConnection(ctx.db, ctx.workspaceId, integrationId);
  if (!known || known.integration.disconnectedAt)
    throw new ServiceError("not_found", "no such integration in this workspace");
  return known.integration;
}
