import { and, desc, eq, isNotNull, or } from "drizzle-orm";
import { anyOf } from "@/db/any-of";
import type { Tx } from "@/db/client";
import { runItems, runs } from "@/db/schema/runs";
import type { ActivityCause } from "@/db/schema/sync";
import { transfers } from "@/db/schema/transfers";
import { users } from "@/db/schema/workspaces";
import type { NewActivity } from "@/services/activities/record-activity";
import type { PageContext } from "./page-context";
import { prospectIdOf, type RecordWork } from "./record-work";
import { undoCause } from "./undo-cause";

/**
 * Contacts that an undo has archived without living to tell so, and that are made anew by now, as somebody has edited what was
 * left: the undo's next page finds another contact, and could tell it no more.
 */
export async function untoldUndoes(tx: Tx, page: PageContext, done: RecordWork[]): Promise<NewActivity[]> {
  const works = done.filter(isMadeAnew);
  if (!works.length) return [];
  const undoes = await latestUndoes(tx, page.integrationId, works);
  return works.flatMap((work): NewActivity[] => {
    const prospectId = prospectIdOf(work);
    const undo = undoes.get(prospectId ?? "");
    if (!undo) return [];
    const { workspaceId, integrationId } = page;
    return [
      {
        workspaceId,
        integrationId,
        prospectId,
        contactId: work.link?.contactId ?? null,
        side: "hubspot",
        kind: "contact/archived",
        recordName: work.prospect?.name ?? null,
        ...undo,
      },
    ];
  });
}

function isMadeAnew({ plan, link, absences, mergedAway, unconfirmed }: RecordWork): boolean {
  const isArchived = absences.hubspot === "archived" && !mergedAway;
  return (
    plan.kind === "create" &&
    plan.on === "hubspot" &&
    isArchived &&
    unconfirmed.removal &&
    link?.declined.creation !== undefined
  );
}

/** Prospect id → the undo that was the last to take its contact back. */
async function latestUndoes(
  tx: Tx,
  integrationId: string,
  works: RecordWork[],
): Promise<Map<string, { runId: string; cause: ActivityCause }>> {
  const rows = await tx
    .select({
      prospectId: runItems.recordId,
      runId: runs.id,
      userId: runs.startedBy,
      name: users.name,
      undoesChanges: transfers.undoesChanges,
    })
    .from(runItems)
    .innerJoin(runs, eq(runs.id, runItems.runId))
    .innerJoin(transfers, eq(transfers.runId, runs.id))
    .leftJoin(users, eq(users.id, runs.startedBy))
    .where(
      and(
        eq(runs.integrationId, integrationId),
        eq(runItems.side, "snov"),
        anyOf(
          runItems.recordId,
          works.flatMap((work) => prospectIdOf(work) ?? []),
        ),
        eq(runItems.planned, "take_back"),
        isNotNull(transfers.allowedAt),
        or(isNotNull(transfers.undoes), isNotNull(transfers.undoesChanges)),
      ),
    )
    .orderBy(desc(runs.startedAt));
  return new Map(
    rows
      .reverse()
      .map(({ prospectId, runId, userId, name, undoesChanges }) => [
        prospectId,
        { runId, cause: undoCause(userId, name, undoesChanges) },
      ]),
  );
}
