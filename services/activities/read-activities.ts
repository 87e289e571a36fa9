import { z } from "zod";
import { type ActivitiesPage, type ActivityCursor, activitiesPage } from "@/db/queries/activities-page";
import { ActivityFilter } from "@/db/queries/activity-filter";
import type { Ctx } from "@/services/context";
import { requireIntegration } from "@/services/integrations/require-integration";
import { isInstant } from "@/services/prospects/cursor";

const ReadActivities = z.object({
  integrationId: z.uuid(),
  filter: ActivityFilter.default({}),
  /** The last activity already shown. */
  after: z
    .object({ at: z.string().refine((key) => isInstant({ key })), id: z.coerce.number().int() })
    .nullable()
    .default(null),
});

export type { ActivityFilter } from "@/db/queries/activity-filter";
export type ActivitiesView = ActivitiesPage;
export type ReadActivitiesInput = z.input<typeof ReadActivities>;
export type { ActivityCursor };

/** What was changed on both sides, the latest first, for every member of the workspace. `length`: rows of a page. */
export async function readActivities({
  ctx,
  input,
  length = 50,
}: {
  ctx: Pick<Ctx, "db" | "workspaceId">;
  input: ReadActivitiesInput;
  length?: number;
}): Promise<ActivitiesView> {
  const { integrationId, filter, after } = ReadActivities.parse(input);
  await requireIntegration(ctx, integrationId);
  const of = { workspaceId: ctx.workspaceId, integrationId };
  return await activitiesPage(ctx.db, of, filter, { after, limit: length });
}
