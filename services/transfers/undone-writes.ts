import { and, eq, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import { activities, type FieldDelta } from "@/db/schema/sync";
import type { UndoneChanges } from "@/db/schema/transfers";
import type { Side } from "@/sync/side";
import type { OpenTransfer } from "./open-transfer";

/** Whose writes an undo takes back. */
export type UndoneWrites = { integrationId: string } & ({ kind: "transfer"; runId: string } | UndoneChanges);

/** Null for a transfer that undoes nothing. */
export function undoneBy({
  integrationId,
  undoes,
  undoesChanges,
}: Pick<OpenTransfer, "integrationId" | "undoes" | "undoesChanges">): UndoneWrites | null {
  if (undoes) return { integrationId, kind: "transfer", runId: undoes };
  return undoesChanges && { integrationId, ...undoesChanges };
}

/** A condition on the activities that tell of these writes. */
export function tellingOf(undone: UndoneWrites): SQL | undefined {
  const written = isNotNull(activities.side);
  switch (undone.kind) {
    case "transfer":
      return and(eq(activities.runId, undone.runId), written);
    case "change":
      return and(eq(activities.id, undone.activityId), written);
    case "day":
      return and(
        eq(activities.prospectId, undone.prospectId),
        sql`${activities.at} >= ${undone.from}::timestamptz and ${activities.at} < ${undone.to}::timestamptz`,
        written,
        canBeUndone(undone.integrationId),
      );
    case "rule": {
      const { snov, hubspot } = undone.fields;
      return and(
        eq(activities.integrationId, undone.integrationId),
        sql`${activities.at} >= ${undone.from}::timestamptz and ${activities.at} < ${undone.to}::timestamptz`,
        sql`${activities.kind} in ('prospect/edited', 'contact/edited')`,
        sql`${activities.changes} @> '[{"why": "policy"}]'`,
        sql`exists (select from jsonb_array_elements(${activities.changes}) settled
          where settled ->> 'why' = 'policy'
            and settled ->> 'field' = case ${activities.side} when 'snov' then ${snov} else ${hubspot} end)`,
        written,
        canBeUndone(undone.integrationId),
      );
    }
  }
}

/** Which changes of such an activity are taken back: a rule settled one field, and others may have travelled with it. */
export function undoneOf(undone: UndoneWrites, side: Side, changes: FieldDelta[]): FieldDelta[] {
  if (undone.kind !== "rule") return changes;
  return changes.filter(({ field, why }) => why === "policy" && field === undone.fields[side]);
}

/** What the integration wrote, and people's edits here; no undo, and no record that a person made. */
export function canBeUndone(integrationId: string): SQL | undefined {
  const byMember = sql`${activities.cause} ->> 'kind' = 'member'`;
  return and(
    or(eq(activities.integrationId, integrationId), isNull(activities.integrationId)),
    sql`${activities.changes} <> '[]'::jsonb`,
    sql`${activities.cause} ->> 'kind' <> 'undo'`,
    or(
      sql`${activities.kind} in ('prospect/edited', 'contact/edited')`,
      and(sql`${activities.kind} in ('prospect/created', 'contact/created')`, sql`not ${byMember}`),
    ),
  );
}
