import { type SQL, sql } from "drizzle-orm";

const timesAsMany = 10;
const pauseMinutes = 60;

/**
 * Whether an open notice of the table `told`, which counts what `params` say by now, is told at once a second time: another
 * mapping has stopped; or there are ten times as many as when that was done last, or as at their fewest since then, and
 * that is an hour ago.
 */
export const isToldAgain = (told: SQL, params: SQL): SQL => sql`(${stopsAnother(told, params)} or coalesce(
  (${params} ->> 'count')::int >= ${timesAsMany} * greatest(${told}.told_count, 1)
    and ${told}.told_at <= now() - make_interval(mins => ${pauseMinutes}), false))`;

/** Whether `params` name a mapping that the open notice does not: one is told of for each, whatever went on meanwhile. */
export const stopsAnother = (told: SQL, params: SQL): SQL => sql`exists (
  select from jsonb_array_elements_text(${params} -> 'mappings') stopped(id)
  where not ${told}.params -> 'mappings' ? stopped.id)`;
