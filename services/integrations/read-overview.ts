import { z } from "zod";
import { type DescribedFields, describedFields } from "@/db/queries/described-fields";
import {
  type OverviewFigures,
  type OverviewHead,
  overviewFigures,
  overviewHead,
} from "@/db/queries/overview";
import { lastChanges, type OverviewChange } from "@/db/queries/overview-changes";
import { type OverviewConflict, openConflicts } from "@/db/queries/overview-conflicts";
import { type ReasonCount, reasonCounts } from "@/db/queries/overview-records";
import type { Ctx } from "@/services/context";
import { ServiceError } from "@/services/service-error";

export type Overview = OverviewHead & {
  figures: OverviewFigures;
  reasons: ReasonCount[];
  changes: OverviewChange[];
  conflicts: OverviewConflict[];
  /** The fields that `changes` and `conflicts` name. */
  fields: DescribedFields;
};

const shownChanges = 20;
const shownConflicts = 20;

/** Everything the page of an integration shows, for every member of the workspace. */
export async function readOverview({
  ctx,
  input,
}: {
  ctx: Pick<Ctx, "db" | "workspaceId">;
  input: { id: string };
}): Promise<Overview> {
  const id = z.uuid().safeParse(input.id);
  const head = id.success ? await overviewHead(ctx.db, ctx.workspaceId, id.data) : null;
  if (!head) throw new ServiceError("not_found", "no such integration in this workspace");
  const [figures, reasons, changes, conflicts] = await Promise.all([
    overviewFigures(ctx.db, ctx.workspaceId, head.id),
    reasonCounts(ctx.db, ctx.workspaceId, head.id),
    lastChanges(ctx.db, ctx.workspaceId, head.id, shownChanges),
    openConflicts(ctx.db, ctx.workspaceId, head.id, shownConflicts),
  ]);
  const changed = (side: OverviewChange["side"]) =>
    changes.flatMap((change) => (change.side === side ? change.changes.map(({ field }) => field) : []));
  const fields = await describedFields(ctx.db, ctx.workspaceId, head.connectionId, {
    snov: [...changed("snov"), ...conflicts.map(({ snovField }) => snovField)],
    hubspot: [...changed("hubspot"), ...conflicts.map(({ hubspotProperty }) => hubspotProperty)],
  });
  return { ...head, figures, reasons, changes, conflicts, fields };
}
