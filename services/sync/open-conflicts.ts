import { and, eq, isNull, sql } from "drizzle-orm";
import { anyOf } from "@/db/any-of";
import type { Db, Tx } from "@/db/client";
import { lockSubject } from "@/db/lock-subject";
import { conflicts } from "@/db/schema/conflicts";
import { users } from "@/db/schema/workspaces";
import { groupBy } from "@/lib/group-by";
import type { PageContext } from "./page-context";
import type { GivenResolution, Observation } from "./record-work";

/** What is open between the records, and what people decided about it; an undo leaves that to the ordinary line. */
export async function addOpenConflicts(
  db: Db,
  page: Pick<PageContext, "undoneBy" | "runId" | "integrationId">,
  observations: Observation[],
): Promise<void> {
  const linkIds = observations.flatMap(({ link }) => link?.id ?? []);
  if (!linkIds.length) return;
  const { undoneBy } = page;
  const open = await (page.runId && !undoneBy
    ? db.transaction(async (tx) => {
        await lockChoices(tx, page);
        return await openOf(tx, linkIds);
      })
    : openOf(db, linkIds));
  const byLink = groupBy(open, ({ conflict }) => conflict.linkId);
  for (const observation of observations)
    for (const { conflict, userId, userName } of byLink.get(observation.link?.id ?? null) ?? []) {
      const { kind, mappingId, snovValue, hubspotValue } = conflict;
      if (kind === "value" && mappingId)
        observation.openConflicts[mappingId] = { snov: snovValue, hubspot: hubspotValue };
      if (!undoneBy) observation.resolutions.push(...resolutionsOf(conflict, userId, userName));
    }
}

/**
 * While it is held nobody takes choices back, and no page of a transfer begins with one: it has read it before, and holds
 * its record, or reads what became of it. The ordinary line's pages are kept off by the queue.
 */
export function lockChoices(tx: Tx, { integrationId }: Pick<PageContext, "integrationId">): Promise<void> {
  return lockSubject(tx, "choices", integrationId);
}

function openOf(db: Db | Tx, linkIds: string[]) {
  return db
    .select({ conflict: conflicts, userId: users.id, userName: users.name })
    .from(conflicts)
    .leftJoin(users, eq(users.id, actedBy))
    .where(and(anyOf(conflicts.linkId, linkIds), isNull(conflicts.closedAt)));
}

/** Who chose, or who takes the choice back. */
export const actedBy = sql<
  string | null
>`coalesce((${conflicts.resolution} -> 'undo' ->> 'by')::uuid, ${conflicts.resolvedBy})`;

function resolutionsOf(
  { id, resolution, resolutionId, mappingId }: typeof conflicts.$inferSelect,
  userId: string | null,
  userName: string | null,
): GivenResolution[] {
  if (!resolution || !resolutionId) return [];
  const about = { conflictId: id, ...(resolution.undo ? { takesBack: true as const } : {}) };
  const by = userId
    ? ({ kind: "member", userId, name: userName ?? "", ...about } as const)
    : ({ kind: "system" } as const);
  return [{ conflictId: id, resolutionId, mappingId, resolution, by }];
}
