import type { World } from "../world";
import type { FinalState } from "./final-state";

/** Erased stays erased: whoever has an address of a prospect that was erased is excluded, and says why. */
export async function checkErased({ database }: World, state: FinalState): Promise<string[]> {
  const rows = await database.raw(
    `select distinct e.was->>'match_key' as key from sim_journal p join sim_journal e on e.at = p.at
       and e.was->>'prospect_id' = p.was->>'id'
     where p.source = 'prospects' and p.is_now is null and e.source = 'prospect_emails' and e.is_now is null`,
  );
  const erased = new Set(rows.map(({ key }) => String(key)));
  return [...state.prospects.values()]
    .filter(({ live, emails }) => live && emails.some((email) => erased.has(email.trim().toLowerCase())))
    .filter(({ id }) => state.statuses.get(`snov ${id}`)?.reason !== "erased")
    .filter(({ id }) => !state.disputed.has(`snov ${id}`))
    .map(
      ({ id, emails }) =>
        `prospect ${id} has an erased address (${emails.join(", ")}) and is not excluded for it`,
    );
}
