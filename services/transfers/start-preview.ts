import { z } from "zod";
import { transfers } from "@/db/schema/transfers";
import { type Ctx, requireAdmin } from "@/services/context";
import { lockIntegration } from "@/services/integrations/change-settings";
import { requireLists } from "@/services/prospects/require-lists";
import { ServiceError } from "@/services/service-error";
import { noPreview } from "./preview-counts";
import { replacePreview } from "./replace-preview";
import { requireWay } from "./require-way";

const Chosen = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("all") }),
  z.object({ kind: z.literal("lists"), ids: z.array(z.string().min(1)).min(1).max(100) }),
]);
const StartPreview = z.object({
  integrationId: z.uuid(),
  fromSnov: z.boolean(),
  fromHubspot: z.boolean(),
  prospects: Chosen.default({ kind: "all" }),
  contacts: Chosen.default({ kind: "all" }),
});
export type StartPreviewInput = z.input<typeof StartPreview>;

/**
 * Begins to show what a transfer would do. A preview that nobody allowed gives way to the new one; a transfer that is
 * under way does not. The caller tells the engine of it.
 */
export async function startPreview({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: StartPreviewInput;
}): Promise<{ runId: string }> {
  requireAdmin(ctx);
  const { integrationId, ...chosen } = StartPreview.parse(input);
  return await ctx.db.transaction(async (tx) => {
    const integration = await lockIntegration(tx, ctx.workspaceId, integrationId);
    if (integration.state !== "active") throw refused("transfer_not_active");
    if (!integration.existingLinkedAt) throw refused("still_linking");
    requireWay(integration, chosen);
    if (chosen.prospects.kind === "lists") await requireLists(tx, ctx.workspaceId, chosen.prospects.ids);

    const runId = await replacePreview(tx, integrationId, ctx);
    await tx.insert(transfers).values({ runId, ...chosen, preview: noPreview });
    return { runId };
  });
}

function refused(reason: string): ServiceError {
  return new ServiceError("out_of_date", `transfer refused: ${reason}`, { reason });
}
