import { type ConflictRow, conflictsPage } from "@/db/queries/conflicts";
import { type DescribedFields, describedFields } from "@/db/queries/described-fields";
import { type OverviewFigures, type OverviewHead, overviewFigures } from "@/db/queries/overview";
import { lastChanges, type OverviewChange } from "@/db/queries/overview-changes";
import { type OverviewComparison, overviewComparison } from "@/db/queries/overview-comparison";
import type { ReasonCount } from "@/db/queries/reason-counts";
import type { Ctx } from "@/services/context";
import type { Side } from "@/sync/side";
import { requireOverviewHead } from "./overview-head";
import { type ChangeArrival, readChangeArrival } from "./read-change-arrival";
import { readLimitUse } from "./read-limit-use";

export type Overview = OverviewHead & {
  figures: OverviewFigures;
  /** Of the HubSpot account, whoever calls. */
  limits: Awaited<ReturnType<typeof readLimitUse>>;
  reasons: ReasonCount[];
  changes: OverviewChange[];
  /** The longest open ones. */
  conflicts: ConflictRow[];
  comparison: OverviewComparison;
  arrival: ChangeArrival;
  /** The fields that `changes`, `conflicts` and `fuseStop` name. */
  fields: DescribedFields;
};

const shownChanges = 20;
/** The queue has a page of its own, and on a phone all else of this one stands below them. */
const shownConflicts = 5;

/** Everything the page of an integration shows, for every member of the workspace. */
export async function readOverview({
  ctx,
  input,
}: {
  ctx: Pick<Ctx, "db" | "workspaceId">;
  input: { id: string };
}): Promise<Overview> {
  const head = await requireOverviewHead(ctx, input.id);
  const [{ figures, reasons }, limits, changes, { conflicts }, comparison, arrival] = await Promise.all([
    overviewFigures(ctx.db, ctx.workspaceId, head.id),
    readLimitUse(ctx.db, head.accountId),
    lastChanges(ctx.db, ctx.workspaceId, head.id, shownChanges),
    conflictsPage(ctx.db, head.id, {}, { after: null, limit: shownConflicts }),
    overviewComparison(ctx.db, { workspaceId: ctx.workspaceId, integrationId: head.id }),
    readChangeArrival(ctx, head.id),
  ]);
  const fields = await describedFields(ctx.db, ctx.workspaceId, head.connectionId, {
    snov: namedFields("snov", head, changes, conflicts),
    hubspot: namedFields("hubspot", head, changes, conflicts),
  });
  return { ...head, figures, limits, reasons, changes, conflicts, comparison, arrival, fields };
}

/** The fields of one side that anything on the page names. */
function namedFields(
  side: Side,
  { fuseStop }: OverviewHead,
  changes: OverviewChange[],
  conflicts: ConflictRow[],
): string[] {
  return [
    ...changes
      .filter((change) => change.side === side)
      .flatMap((change) => change.changes.map(({ field }) => field)),
    ...conflicts.flatMap(({ fields, edits }) =>
      [...(fields ? [fields] : []), ...edits.map((edit) => edit.fields)].map((field) => field[side]),
    ),
    ...(fuseStop?.samples ?? []).filter((sample) => sample.side === side).flatMap(({ field }) => field ?? []),
  ];
}
