import { z } from "zod";
import { type DecidedPage, decidedPage } from "@/db/queries/decided-conflicts";
import type { Ctx } from "@/services/context";
import { requireIntegration } from "@/services/integrations/require-integration";
import { isInstant } from "@/services/prospects/cursor";
import { sides } from "@/sync/side";

const ReadDecided = z.object({
  integrationId: z.uuid(),
  filter: z
    .object({
      search: z.string().trim().max(100).optional(),
      userId: z.uuid().optional(),
      record: z.object({ side: z.enum(sides), recordId: z.string().max(60) }).optional(),
    })
    .default({}),
  /** The last decision already shown. */
  after: z
    .object({ resolvedAt: z.string().refine((key) => isInstant({ key })), id: z.uuid() })
    .nullable()
    .default(null),
});
export type ReadDecidedInput = z.input<typeof ReadDecided>;
export type DecidedView = DecidedPage;

const pageLength = 50;

/** What people have decided, the latest first, for every member of the workspace: there each choice can be taken back. */
export async function readDecided({
  ctx,
  input,
}: {
  ctx: Pick<Ctx, "db" | "workspaceId">;
  input: ReadDecidedInput;
}): Promise<DecidedView> {
  const { integrationId, filter, after } = ReadDecided.parse(input);
  await requireIntegration(ctx, integrationId);
  return await decidedPage(ctx.db, integrationId, filter, { after, limit: pageLength });
}
