import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import { hourlyCalls, hourlyChanges, hourlyLatencies, hourlyStatuses } from "@/db/schema/hours";
import { type ChartRange, type Spans, spansOf } from "./hour-spans";
import { type OfIntegration, ownIntegration } from "./own-integration";

const count = z.coerce.number();
const statuses = { inSync: count, waiting: count, failing: count, inConflict: count, excluded: count };
const use = z.object({ calls: count, peak: count, allowed: count });
const Row = z.object({
  starts: z.coerce.date().transform((at) => at.toISOString()),
  toHubspot: count,
  toSnov: count,
  /** How many of both a transfer wrote. */
  transferred: count,
  latencies: z
    .record(z.string(), count)
    .transform((buckets) =>
      Object.entries(buckets).map(([bucket, changes]) => ({ bucket: Number(bucket), changes })),
    ),
  /** As the last hour of the span that was counted found them; null where none was. */
  statuses: z.object(statuses).nullable(),
  /** Null where nobody called. */
  general: use.nullable(),
  search: use.nullable(),
});
export type ChartSpan = z.infer<typeof Row>;

/** One row a span, the oldest first, with zeros where nothing happened. `account`: as in `rate_budgets`. */
export async function chartSpans(
  db: Db,
  of: OfIntegration,
  account: string,
  { range, timeZone }: { range: ChartRange; timeZone: string },
): Promise<ChartSpan[]> {
  const spans = spansOf(range, timeZone);
  const own = ownIntegration(of);
  const written = (what: SQL, filter: SQL) => sql`coalesce(sum(${what}) filter (where ${filter}), 0)`;
  const rows = await db.execute(sql`
    with span as materialized ${spans.table},
    written as (
      select span.starts, ${written(sql`changes`, sql`side = 'hubspot'`)} as "toHubspot",
        ${written(sql`changes`, sql`side = 'snov'`)} as "toSnov", ${written(sql`transferred`, sql`true`)} as transferred
      from ${within(spans, hourlyChanges, sql`integration_id = ${own}`)} group by 1
    ), stood as (
      select distinct on (span.starts) span.starts, jsonb_build_object('inSync', in_sync, 'waiting', waiting,
        'failing', failing, 'inConflict', in_conflict, 'excluded', excluded) as statuses
      from ${within(spans, hourlyStatuses, sql`integration_id = ${own}`)} order by span.starts, hour desc
    ), called as (
      select span.starts, kind, jsonb_build_object('calls', sum(calls), 'peak', max(peak), 'allowed', max(allowed)) as use
      from ${within(spans, hourlyCalls, sql`account = ${account} and exists (select from integrations where id = ${own})`)}
      group by 1, 2
    )
    select span.starts, coalesce("toHubspot", 0) as "toHubspot", coalesce("toSnov", 0) as "toSnov",
      coalesce(transferred, 0) as transferred, statuses,
      ${latenciesOf(own)} as latencies,
      (select use from called where called.starts = span.starts and kind = 'general') as general,
      (select use from called where called.starts = span.starts and kind = 'search') as search
    from span left join written using (starts) left join stood using (starts)
    order by span.starts`);
  return Row.array().parse([...rows]);
}

function within({ first }: Spans, table: object, own: SQL): SQL {
  return sql`span join ${table} on hour >= span.starts and hour < span.ends and hour >= ${first} and ${own}`;
}

/** Many times as many rows as anything else: each span adds its own up, which takes half as long as all of them joined. */
function latenciesOf(own: SQL): SQL {
  return sql`(select coalesce(jsonb_object_agg(bucket, changes), '{}'::jsonb) from (
    select bucket, sum(changes) as changes from ${hourlyLatencies}
    where integration_id = ${own} and hour >= span.starts and hour < span.ends group by 1) buckets)`;
}
