import { eq, isNotNull, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { activities } from "@/db/schema/sync";
import { type ActivityCauseKind, activityCauses } from "@/lib/activity-causes";
import { sides } from "@/sync/side";

/** Which activities; what is left out restricts nothing. */
export const ActivityFilter = z.object({
  /** Part of the record's name, or words of the prospect's name and address. */
  search: z.string().trim().max(100).optional(),
  prospectId: z.uuid().optional(),
  /** A field as that side calls it. */
  field: z.object({ side: z.enum(sides), name: z.string().max(200) }).optional(),
  cause: z.enum(activityCauses).optional(),
  /** Whose act it was. */
  userId: z.uuid().optional(),
  /** HubSpot's id of its user who gave it the value that came from there. */
  giverId: z
    .string()
    .regex(/^\d{1,20}$/)
    .optional(),
  runId: z.uuid().optional(),
  side: z.enum(sides).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  /** Up to, and without, that moment. */
  to: z.iso.datetime({ offset: true }).optional(),
});
export type ActivityFilter = z.infer<typeof ActivityFilter>;

/** What a row is asked once an index has found it. */
export function activityConditions({ field, cause, side, giverId }: ActivityFilter): (SQL | undefined)[] {
  return [
    field &&
      sql`${sideOfField} = ${field.side} and ${activities.changes} @> ${JSON.stringify([{ field: field.name }])}::jsonb`,
    cause && causeConditions[cause],
    side && eq(activities.side, side),
    giverId === undefined ? undefined : isGivenBy(giverId),
  ];
}

function isGivenBy(userId: string): SQL {
  return sql`jsonb_path_exists(${activities.givers}, '$.*.userId ? (@ == $id)', jsonb_build_object('id', ${userId}::text))`;
}

/** A value that a person left as it is was written to neither side; it is named as Snov.io calls its field. */
const sideOfField = sql`case when ${activities.kind} in ('conflict/left', 'conflict/taken_back') then 'snov' else ${activities.side} end`;

const kindIs = (kind: string) => sql`${activities.cause} ->> 'kind' = ${kind}`;
const causeConditions: Record<ActivityCauseKind, SQL> = {
  member: sql`${kindIs("member")} and not ${activities.cause} ? 'conflictId'`,
  from_snov: sql`${kindIs("sync")} and ${activities.cause} ->> 'from' = 'snov'`,
  from_hubspot: sql`${kindIs("sync")} and ${activities.cause} ->> 'from' = 'hubspot'`,
  transfer: sql`${kindIs("sync")} and ${isNotNull(activities.runId)}`,
  resolution: sql`${activities.cause} ? 'conflictId'`,
  rule: sql`jsonb_path_exists(${activities.changes}, '$[*].why ? (@ == "policy" || @ == "source")')`,
  undo: kindIs("undo"),
};
