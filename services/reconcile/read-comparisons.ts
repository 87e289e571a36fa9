import { z } from "zod";
import { type EndedComparison, endedComparisons } from "@/db/queries/comparisons";
import type { Ctx } from "@/services/context";
import { requireIntegration } from "@/services/integrations/require-integration";

export type { EndedComparison } from "@/db/queries/comparisons";

const ReadComparisons = z.object({ id: z.uuid() });

/** How an integration's full comparisons ended, all that are kept, the latest first, for every member of the workspace. */
export async function readComparisons({
  ctx,
  input,
}: {
  ctx: Pick<Ctx, "db" | "workspaceId">;
  input: z.input<typeof ReadComparisons>;
}): Promise<EndedComparison[]> {
  const { id } = ReadComparisons.parse(input);
  await requireIntegration(ctx, id);
  return await endedComparisons(ctx.db, { workspaceId: ctx.workspaceId, integrationId: id });
}
