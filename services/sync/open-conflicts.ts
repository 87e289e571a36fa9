import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { conflicts } from "@/db/schema/conflicts";
import { users } from "@/db/schema/workspaces";
import { groupBy } from "@/lib/group-by";
import { matchKey } from "@/sync/match-key";
import { contactKeys } from "./contact-keys";
import type { PageContext } from "./page-context";
import type { GivenResolution, Observation } from "./record-work";

/** What is open between the records, and what people decided about it; an undo leaves that to the ordinary line. */
export async function addOpenConflicts(
  db: Db,
  { undoneBy }: Pick<PageContext, "undoneBy">,
  observations: Observation[],
): Promise<void> {
  const linkIds = observations.flatMap(({ link }) => link?.id ?? []);
  if (!linkIds.length) return;
  const open = await db
    .select({ conflict: conflicts, userId: users.id, userName: users.name })
    .from(conflicts)
    .leftJoin(users, eq(users.id, actedBy))
    .where(and(inArray(conflicts.linkId, linkIds), isNull(conflicts.closedAt)));
  const byLink = groupBy(open, ({ conflict }) => conflict.linkId);
  for (const observation of observations)
    for (const { conflict, userId, userName } of byLink.get(observation.link?.id ?? null) ?? []) {
      const { kind, mappingId, snovValue, hubspotValue } = conflict;
      if (kind === "value" && mappingId)
        observation.openConflicts[mappingId] = { snov: snovValue, hubspot: hubspotValue };
      if (!undoneBy) observation.resolutions.push(...resolutionsOf(conflict, userId, userName));
    }
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

/** Whom a person keeps apart, until an address changes or other records share them. */
export async function addApart(db: Db, integrationId: string, observations: Observation[]): Promise<void> {
  const disputed = observations.filter(({ dispute }) => dispute);
  const ids = disputed.flatMap(({ prospect, contact }) => [prospect?.id ?? [], contact?.id ?? []].flat());
  if (!ids.length) return;
  const kept = await db
    .select({ recordId: conflicts.recordId, otherId: conflicts.otherId, detail: conflicts.detail })
    .from(conflicts)
    .where(
      and(
        eq(conflicts.integrationId, integrationId),
        eq(conflicts.outcome, "apart"),
        inArray(conflicts.recordId, ids),
      ),
    );
  for (const observation of disputed) {
    const { dispute, prospect, contact } = observation;
    const id = prospect?.id ?? contact?.id;
    const keys = ownKeys(observation).sort().join(" ");
    observation.apart = kept.some(
      ({ recordId, otherId, detail }) =>
        recordId === id &&
        dispute?.kind !== "removed_and_edited" &&
        otherId === dispute?.otherId &&
        [...(detail.addresses ?? [])].sort().join(" ") === keys,
    );
  }
}

/** The addresses over which a record meets others. */
export function ownKeys({ prospect, contact }: Pick<Observation, "prospect" | "contact">): string[] {
  return [...new Set([...(prospect?.emails ?? []).map(matchKey), ...(contact ? contactKeys(contact) : [])])];
}
