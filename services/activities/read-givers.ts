import { and, eq, inArray, isNotNull } from "drizzle-orm";
import { z } from "zod";
import { hubspotUserNames } from "@/db/queries/hubspot-users";
import { integrations } from "@/db/schema/integrations";
import { activities, type StoredGivers } from "@/db/schema/sync";
import type { HubspotChange } from "@/services/conflicts/hubspot-changes";
import type { Ctx } from "@/services/context";
import { requireIntegration } from "@/services/integrations/require-integration";
import { loadPreviewContext } from "@/services/sync/load-page-context";
import { learnGivers } from "./learn-givers";
import { ungivenActivities } from "./ungiven-activities";

const ReadGivers = z.object({
  integrationId: z.uuid(),
  activityIds: z.array(z.coerce.number().int().positive()).max(50),
});

/** Who gave HubSpot a value, when and by what, which is HubSpot's word. */
export type Giver = Pick<HubspotChange, "at" | "source" | "userName">;

/**
 * Who had given HubSpot the values that came from there, as far as its own history still says: activity id → its fields, as
 * Snov.io calls them. HubSpot is asked only of what nobody has asked it yet; what it could not be asked now is left out.
 */
export async function readGivers({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof ReadGivers>;
}): Promise<Record<string, Record<string, Giver>>> {
  const { integrationId, activityIds } = ReadGivers.parse(input);
  await requireIntegration(ctx, integrationId);
  if (!activityIds.length) return {};
  const asked = inArray(activities.id, activityIds);
  const known = await ctx.db
    .select({ id: activities.id, givers: activities.givers })
    .from(activities)
    .where(and(eq(activities.integrationId, integrationId), asked, isNotNull(activities.givers)));
  const ungiven = await ungivenActivities(ctx.db, integrationId, activityIds.length, asked);
  const page = ungiven.length ? await loadPreviewContext(ctx.db, integrationId) : null;
  const learnt = page ? await learnGivers(ctx, page, ungiven, "live") : new Map<number, StoredGivers>();
  const unlearnt = new Set(page ? ungiven.flatMap(({ id }) => (learnt.has(id) ? [] : id)) : []);
  return await named(ctx, integrationId, [
    ...activityIds.filter((id) => !unlearnt.has(id)).map((id): [number, StoredGivers] => [id, {}]),
    ...known.map(({ id, givers }): [number, StoredGivers] => [id, givers ?? {}]),
    ...learnt,
  ]);
}

async function named(
  { db }: Pick<Ctx, "db">,
  integrationId: string,
  given: [number, StoredGivers][],
): Promise<Record<string, Record<string, Giver>>> {
  const [integration] = await db
    .select({ connectionId: integrations.connectionId })
    .from(integrations)
    .where(eq(integrations.id, integrationId));
  const userIds = given.flatMap(([, givers]) => Object.values(givers).map(({ userId }) => userId));
  const names = integration ? await hubspotUserNames(db, integration.connectionId, userIds) : new Map();
  const nameOf = (userId: string | undefined): string | null => names.get(userId ?? "") ?? null;
  return Object.fromEntries(
    given.map(([id, givers]) => [
      id,
      Object.fromEntries(
        Object.entries(givers).map(([field, { at, source, userId }]) => [
          field,
          { at, source, userName: nameOf(userId) },
        ]),
      ),
    ]),
  );
}
