import { type SQL, sql } from "drizzle-orm";

const timesAsMany = 10;
const pauseMinutes = 60;

/**
 * Whether an open notice of the table `told`, which counts what `params` say by now, is told at once a second time: there
 * are ten times as many as when that was done last, or as at their fewest since then, and that is an hour ago.
 */
export const isToldAgain = (told: SQL, params: SQL): SQL => sql`coalesce(
  (${params} ->> 'count')::int >= ${timesAsMany} * greatest(${told}.told_count, 1)
    and ${told}.told_at <= now() - make_interval(mins => ${pauseMinutes}), false)`;
