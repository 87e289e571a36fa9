import { and, eq, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import type { UndoneChanges } from "@/db/schema/runs";
import { activities } from "@/db/schema/sync";
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
  }
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
