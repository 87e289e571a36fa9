import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { conflicts } from "@/db/schema/conflicts";
import { recordActivities } from "@/services/activities/record-activity";
import type { Ctx } from "@/services/context";
import type { Side } from "@/sync/side";

type Who = Pick<Ctx, "workspaceId" | "userId" | "userName">;
export type ApartConflict = { id: string; side: Side; recordId: string; recordName: string | null };

/** Nothing is written to a record that is kept apart: its history tells of the choice itself. */
export async function tellKeptApart(
  tx: Tx,
  ctx: Who,
  { integrationId, resolutionId }: { integrationId: string; resolutionId: string },
): Promise<void> {
  const kept = await tx
    .select({
      id: conflicts.id,
      side: conflicts.side,
      recordId: conflicts.recordId,
      recordName: sql<string | null>`${conflicts.detail} ->> 'recordName'`,
    })
    .from(conflicts)
    .where(
      and(
        eq(conflicts.resolutionId, resolutionId),
        eq(conflicts.outcome, "apart"),
        // An earlier part of the same act has told its own.
        sql`${conflicts.resolvedAt} = now()`,
      ),
    );
  await tell(tx, ctx, integrationId, "conflict/kept_apart", kept);
}

/** The same where they shall be apart no more. */
export async function tellTakenBack(
  tx: Tx,
  ctx: Who,
  integrationId: string,
  apart: ApartConflict[],
): Promise<void> {
  await tell(tx, ctx, integrationId, "conflict/taken_back", apart);
}

async function tell(
  tx: Tx,
  { workspaceId, userId, userName }: Who,
  integrationId: string,
  kind: string,
  about: ApartConflict[],
): Promise<void> {
  const takesBack = kind === "conflict/taken_back" ? ({ takesBack: true } as const) : {};
  await recordActivities(
    tx,
    about.map(({ id, side, recordId, recordName }) => ({
      workspaceId,
      integrationId,
      prospectId: side === "snov" ? recordId : null,
      contactId: side === "hubspot" ? recordId : null,
      kind,
      recordName,
      cause: { kind: "member", userId, name: userName, conflictId: id, ...takesBack },
    })),
  );
}
