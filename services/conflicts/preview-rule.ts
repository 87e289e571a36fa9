import { z } from "zod";
import { conflictCounts, conflictsPage } from "@/db/queries/conflicts";
import { openConnection } from "@/services/connections/open-connection";
import { type Ctx, requireAdmin } from "@/services/context";
import { requireIntegration } from "@/services/integrations/require-integration";
import { ServiceError } from "@/services/service-error";
import { loadPreviewContext } from "@/services/sync/load-page-context";
import { planRecords } from "@/services/sync/plan-records";
import { ownValue } from "@/sync/own-value";
import { policies } from "@/sync/policy";
import { type Side, sides } from "@/sync/side";
import type { Value } from "@/sync/value";

const PreviewRule = z.object({ integrationId: z.uuid(), mappingId: z.uuid(), policy: z.enum(policies) });

export type RulePreview = {
  /** Conflicts of the field that a person could decide: the rule would look at each. */
  open: number;
  /** The longest open of them, planned with the rule as they are now; and how many of those it would settle. */
  looked: number;
  settled: number;
  /** Some of what it would settle. */
  samples: {
    conflictId: string;
    recordName: string | null;
    /** What would be written, and where; none where both stay as they are. */
    writes: { side: Side; before: Value; after: Value }[];
  }[];
};

const lookedAt = 100;
const samplesShown = 10;

/** What "always do this" would settle, at once or, while the integration is paused, once it goes on. Writes nothing. */
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
  const page = await loadPreviewContext(ctx.db, integrationId);
  const mapping = page?.planner.mappings.find(({ id }) => id === mappingId);
  if (!page || !mapping)
    throw new ServiceError("not_found", "no such field in use, or the integration does not sync");
  const filter = { mappingId, kind: "value" } as const;
  const [{ conflicts }, { counts }] = await Promise.all([
    conflictsPage(ctx.db, integrationId, filter, { after: null, limit: lookedAt, decidable: true }),
    conflictCounts(ctx.db, integrationId, filter),
  ]);
  const ruled = page.planner.mappings.map((one) => (one === mapping ? { ...one, policy } : one));
  const hubspot = await openConnection(ctx, page.connectionId, "live");
  const works = await planRecords(
    { db: ctx.db, hubspot },
    { ...page, planner: { ...page.planner, mappings: ruled } },
    conflicts.map(({ side, recordId }) => ({ side, recordId })),
  );
  const settled = conflicts.flatMap(({ id, recordId, recordName }) => {
    const work = works.find(({ prospect }) => prospect?.id === recordId);
    if (work?.plan.kind !== "pair") return [];
    const { plan, prospect, contact } = work;
    if (plan.conflicts.some((conflict) => conflict.mappingId === mappingId)) return [];
    const now = { snov: prospect?.fields, hubspot: contact?.fields };
    const writes = sides.flatMap((side) => {
      const field = mapping.fields[side];
      const after = ownValue(plan.writes[side], field);
      return after === undefined ? [] : [{ side, before: ownValue(now[side] ?? {}, field) ?? null, after }];
    });
    return [{ conflictId: id, recordName, writes }];
  });
  return {
    open: counts.total,
    looked: conflicts.length,
    settled: settled.length,
    samples: settled.slice(0, samplesShown),
  };
}
