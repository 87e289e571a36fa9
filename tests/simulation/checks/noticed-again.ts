import type { World } from "../world";

/** A record that is noticed while a page looks at it is looked at again. */
export async function checkNoticedAgain({ database }: World): Promise<string[]> {
  const rows = await database.raw("select distinct side, record_id from sim_lost_notices order by 1, 2");
  return rows.map(
    ({ side, record_id }) => `${side} ${record_id} was noticed while a page looked at it, and forgotten`,
  );
}
