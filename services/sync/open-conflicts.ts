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

/** A record, another one that it meets, and the addresses that it was looked at with. */
type Meeting = { recordId: string; otherId: string; keys: string[] };

/** Whom a person keeps apart, until an address changes: in dispute, or as the pair that they would be by now. */
export async function addApart(db: Db, integrationId: string, observations: Observation[]): Promise<void> {
  const meetings = new Map(observations.map((observation) => [observation, meetingsOf(observation)]));
  const ids = [...meetings.values()].flat().map(({ recordId }) => recordId);
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
  const nameOf = (recordId: string, otherId: string | null, keys: string[] = []) =>
    JSON.stringify([recordId, otherId, keys.toSorted()]);
  const apart = new Set(
    kept.map(({ recordId, otherId, detail }) => nameOf(recordId, otherId, detail.addresses)),
  );
  for (const [observation, theirs] of meetings)
    observation.apart = theirs.some(({ recordId, otherId, keys }) =>
      apart.has(nameOf(recordId, otherId, keys)),
    );
}

/** Each of two that meet has a question of its own, which is about its own addresses. */
function meetingsOf(observation: Observation): Meeting[] {
  const { dispute, prospect, contact, link } = observation;
  if (dispute) {
    const recordId = prospect?.id ?? contact?.id;
    return dispute.kind === "removed_and_edited" || !recordId
      ? []
      : [{ recordId, otherId: dispute.otherId, keys: ownKeys(observation) }];
  }
  if (link || !prospect || !contact) return [];
  return [
    { recordId: prospect.id, otherId: contact.id, keys: ownKeys({ prospect, contact: null }) },
    { recordId: contact.id, otherId: prospect.id, keys: ownKeys({ prospect: null, contact }) },
  ];
}

/** The addresses over which a record meets others. */
export function ownKeys({ prospect, contact }: Pick<Observation, "prospect" | "contact">): string[] {
  return [...new Set([...(prospect?.emails ?? []).map(matchKey), ...(contact ? contactKeys(contact) : [])])];
}
