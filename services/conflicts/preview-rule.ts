import { sql } from "drizzle-orm";
import { z } from "zod";
import { conflictsPage } from "@/db/queries/conflicts";
import { openConnection } from "@/services/connections/open-connection";
import { type Ctx, requireAdmin } from "@/services/context";
import { requireIntegration } from "@/services/integrations/require-integration";
import { ServiceError } from "@/services/service-error";
import { loadPageContext } from "@/services/sync/load-page-context";
import { planRecords } from "@/services/sync/plan-records";
import { policies } from "@/sync/policy";
import { type Side, sides } from "@/sync/side";
import type { Value } from "@/sync/value";

const PreviewRule = z.object({ integrationId: z.uuid(), mappingId: z.uuid(), policy: z.enum(policies) });

export type RulePreview = {
  /** Open conflicts of the field that nobody has decided yet: the rule would look at each. */
  open: number;
  /** Of the first few of them, planned with the rule as they are now. */
  samples: {
    conflictId: string;
    recordName: string | null;
    /** What would be written, and where; none where both stay as they are. */
    writes: { side: Side; before: Value; after: Value }[];
    /** The rule names no winner here. */
    stays: boolean;
  }[];
};

const samplesShown = 10;

/** What "always do this" would settle at once, before it does. */
export async function previewRule({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof PreviewRule>;
}): Promise<RulePreview> {
  requireAdmin(ctx);
  const { integrationId, mappingId, policy } = PreviewRule.parse(input);
  await requireIntegration(ctx, integrationId);
  const page = await loadPageContext(ctx.db, integrationId);
  const mapping = page?.planner.mappings.find(({ id }) => id === mappingId);
  if (!page || !mapping)
    throw new ServiceError("not_found", "no such field in use, or the integration does not sync");
  const [counted] = await ctx.db.execute<{ open: number }>(sql`
    select count(*)::int as open from conflicts c where c.integration_id = ${integrationId}::uuid
      and c.mapping_id = ${mappingId}::uuid and c.kind = 'value' and c.closed_at is null and c.resolution is null`);
  const shown = await conflictsPage(
    ctx.db,
    integrationId,
    { mappingId, kind: "value" },
    { after: null, limit: samplesShown },
  );
  const undecided = shown.conflicts.filter(({ resolution }) => resolution === null);
  const ruled = page.planner.mappings.map((one) => (one === mapping ? { ...one, policy } : one));
  const hubspot = await openConnection(ctx, page.connectionId, "live");
  const works = await planRecords(
    { db: ctx.db, hubspot },
    { ...page, planner: { ...page.planner, mappings: ruled } },
    undecided.map(({ side, recordId }) => ({ side, recordId })),
  );
  return {
    open: counted?.open ?? 0,
    samples: undecided.flatMap(({ id, recordId, recordName, values }) => {
      const plan = works.find(({ prospect }) => prospect?.id === recordId)?.plan;
      if (plan?.kind !== "pair") return [];
      const writes = sides.flatMap((side) => {
        const field = mapping.fields[side];
        const after = plan.writes[side][field];
        return after === undefined ? [] : [{ side, before: values[side], after }];
      });
      const stays = plan.conflicts.some((conflict) => conflict.mappingId === mappingId);
      return [{ conflictId: id, recordName, writes, stays }];
    }),
  };
}
