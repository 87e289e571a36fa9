import { z } from "zod";
import { chartRanges } from "@/db/queries/hour-spans";
import { type ChartSpan, chartSpans } from "@/db/queries/overview-charts";
import { type BucketCount, latencyAt } from "@/lib/latency-buckets";
import { chooseTimeZone } from "@/lib/locales";
import { accountKey } from "@/services/connections/account-budget";
import type { Ctx } from "@/services/context";
import { requireOverviewHead } from "@/services/integrations/overview-head";

const ReadCharts = z.object({
  id: z.string(),
  range: z.enum(chartRanges),
  /** Whose days the days are. */
  timeZone: z.string().max(60).optional(),
});

export type { ChartRange } from "@/db/queries/hour-spans";
export type Charts = {
  spans: (Omit<ChartSpan, "latencies"> & { latency: Latency | null })[];
  /** Of all of them together. */
  latency: Latency | null;
};
/** Milliseconds from the notice to the commit, of half and of 95 % of the changes. */
type Latency = { half: number; most: number };

/** What happened hour by hour or day by day, for every member of the workspace. */
export async function readCharts({
  ctx,
  input,
}: {
  ctx: Pick<Ctx, "db" | "workspaceId">;
  input: z.input<typeof ReadCharts>;
}): Promise<Charts> {
  const { id, range, timeZone } = ReadCharts.parse(input);
  const head = await requireOverviewHead(ctx, id);
  const of = { workspaceId: ctx.workspaceId, integrationId: head.id };
  const asked = { range, timeZone: chooseTimeZone(timeZone) };
  const spans = await chartSpans(ctx.db, of, accountKey(head.accountId), asked);
  return {
    spans: spans.map(({ latencies, ...span }) => ({ ...span, latency: latencyOf(latencies) })),
    latency: latencyOf(spans.flatMap(({ latencies }) => latencies)),
  };
}

function latencyOf(counts: BucketCount[]): Latency | null {
  const [half, most] = [latencyAt(0.5, counts), latencyAt(0.95, counts)];
  return half !== null && most !== null ? { half, most } : null;
}
