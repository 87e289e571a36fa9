import { type SQL, sql } from "drizzle-orm";

/** What a chart shows: the last 24 hours by the hour, the last 7 or 90 days by the day. */
export const chartRanges = ["day", "week", "quarter"] as const;
export type ChartRange = (typeof chartRanges)[number];

const spans = {
  day: { unit: "hour", count: 24 },
  week: { unit: "day", count: 7 },
  quarter: { unit: "day", count: 90 },
} as const satisfies Record<ChartRange, { unit: string; count: number }>;

export type Spans = {
  /** A subquery of `starts` and `ends`, the present span last. Days are those of the time zone. */
  table: SQL;
  first: SQL;
};

export function spansOf(range: ChartRange, timeZone: string): Spans {
  const { unit, count } = spans[range];
  const zone = unit === "day" ? timeZone : "UTC";
  const local = sql`date_trunc(${unit}, now() at time zone ${zone})`;
  const step = sql.raw(`interval '1 ${unit}'`);
  const start = (back: SQL) => sql`((${local} - ${back} * ${step}) at time zone ${zone})`;
  return {
    table: sql`(select ${start(sql`back`)} as starts, ${start(sql`(back - 1)`)} as ends
      from generate_series(0, ${count - 1}::int) as back)`,
    first: start(sql`${count - 1}::int`),
  };
}
