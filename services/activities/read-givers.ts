import { and, eq, inArray, isNotNull } from "drizzle-orm";
import { z } from "zod";
import { hubspotUserNames } from "@/db/queries/hubspot-users";
import { integrations } from "@/db/schema/integrations";
import { activities, type StoredGivers } from "@/db/schema/sync";
import type { Ctx } from "@/services/context";
import { requireIntegration } from "@/services/integrations/require-integration";
import { loadPreviewContext } from "@/services/sync/load-page-context";
import { learnGivers } from "./learn-givers";
import { type ToldGiver, toldGiver } from "./told-giver";
import { ungivenActivities } from "./ungiven-activities";

const ReadGivers = z.object({
  integrationId: z.uuid(),
  activityIds: z.array(z.coerce.number().int().positive()).max(50),
});

export type { ToldGiver as Giver } from "./told-giver";

/** Activity id → its fields, as Snov.io calls them. */
type Givers = Record<string, Record<string, ToldGiver>>;

/**
 * Who had given HubSpot the values that came from there, as far as its own history still says. HubSpot is asked only of what nobody has asked it yet; what it could not be asked now is left out.
 */
export async function readGivers({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof ReadGivers>;
}): Promise<Givers> {
  const { integrationId, activityIds } = ReadGivers.parse(input);
  await requireIntegration(ctx, integrationId);
  if (!activityIds.length) return {};
  const known = await storedGivers(ctx, integrationId, activityIds);
  const asked = inArray(activities.id, activityIds);
  const ungiven = await ungivenActivities(ctx.db, integrationId, activityIds.length, asked);
  const page = ungiven.length ? await loadPreviewContext(ctx.db, integrationId) : null;
  const learnt = page ? await learnGivers(ctx, page, ungiven, "live") : new Map<number, StoredGivers>();
  const unlearnt = new Set(ungiven.flatMap(({ id }) => (learnt.has(id) ? [] : id)));
  return await named(ctx, integrationId, [
    ...activityIds.filter((id) => !unlearnt.has(id)).map((id): [number, StoredGivers] => [id, {}]),
    ...known,
    ...learnt,
  ]);
}

/** Of these what HubSpot has said so far; it is not asked. The integration is known to be the workspace's. */
export async function knownGivers(
  ctx: Pick<Ctx, "db">,
  integrationId: string,
  activityIds: number[],
): Promise<Givers> {
  return await named(ctx, integrationId, await storedGivers(ctx, integrationId, activityIds));
}

async function storedGivers(
  { db }: Pick<Ctx, "db">,
  integrationId: string,
  activityIds: number[],
): Promise<[number, StoredGivers][]> {
  if (!activityIds.length) return [];
  const asked = inArray(activities.id, activityIds);
  const rows = await db
    .select({ id: activities.id, givers: activities.givers })
    .from(activities)
    .where(and(eq(activities.integrationId, integrationId), asked, isNotNull(activities.givers)));
  return rows.map(({ id, givers }) => [id, givers ?? {}]);
}

async function named(
  { db }: Pick<Ctx, "db">,
  integrationId: string,
  given: [number, StoredGivers][],
): Promise<Givers> {
  const [integration] = await db
    .select({ connectionId: integrations.connectionId })
    .from(integrations)
    .where(eq(integrations.id, integrationId));
  const userIds = given.flatMap(([, givers]) => Object.values(givers).map(({ userId }) => userId));
  const names = integration
    ? await hubspotUserNames(db, integration.connectionId, userIds)
    : new Map<string, string>();
  return Object.fromEntries(
    given.map(([id, givers]) => [
      id,
      Object.fromEntries(
        Object.entries(givers).map(([field, { at, source, userId }]) => [
          field,
          toldGiver({ at: Date.parse(at), source, userId }, names),
        ]),
      ),
    ]),
  );
}
