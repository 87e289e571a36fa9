import type { World } from "../world";
import type { FinalState } from "./final-state";
import { keyOf } from "./kin";

/** Erased stays erased: whoever has an address of a prospect that was erased is excluded, and says why. */
export async function checkErased(world: World, state: FinalState): Promise<string[]> {
  const erased = await erasedSince(world);
  return [...state.prospects.values()]
    .filter(({ live, emails }) => live && emails.some((email) => erased.has(email.trim().toLowerCase())))
    .filter(({ id }) => state.statuses.get(`snov ${id}`)?.reason !== "erased")
    .map(
      ({ id, emails }) =>
        `prospect ${id} has an erased address (${emails.join(", ")}) and is not excluded for it: ` +
        JSON.stringify(state.statuses.get(`snov ${id}`)),
    );
}

/** The addresses of everybody who was erased, here or by HubSpot's privacy deletion, and of those who were linked with them. */
export async function erasedKeys(world: World, state: FinalState): Promise<Set<string>> {
  const gone = world.contacts.changes.filter(
    ({ kind, contactId }) => kind === "vanished" && !world.account.contacts.get(contactId),
  );
  const ids = new Set(gone.map(({ contactId }) => contactId));
  const ofContacts = world.contacts.changes
    .filter(({ contactId }) => ids.has(contactId))
    .flatMap(({ properties: { email, hs_additional_emails: more } }) =>
      [email, more].flatMap((change) =>
        [change?.was, change?.is].flatMap((known) => known?.split(";") ?? []),
      ),
    );
  const ofPartners = gone.map(({ contactId }) => keysOfPartners(world, state, contactId));
  return new Set([
    ...(await erasedSince(world)).keys(),
    ...ofContacts.filter(Boolean).map(keyOf),
    ...(await Promise.all(ofPartners)).flat(),
  ]);
}

/** The addresses by which prospects of erased people were reached, each with when the first of them was erased. */
export async function erasedSince(world: World): Promise<Map<string, number>> {
  const rows = await world.database.raw(
    `select e.was->>'match_key' as key, min(extract(epoch from p.at)) * 1000 as at
     from sim_journal p join sim_journal e on e.at = p.at and e.was->>'prospect_id' = p.was->>'id'
     where p.source = 'prospects' and p.is_now is null and e.source = 'prospect_emails' and e.is_now is null
     group by 1`,
  );
  return new Map(rows.map(({ key, at }) => [String(key), Number(at)]));
}

/** HubSpot has the contact no more, not even in its recycle bin. */
export function isErased({ account, contacts }: World, contactId: string | undefined): boolean {
  return contacts.changes.some(
    (change) =>
      change.kind === "vanished" && change.contactId === contactId && !account.contacts.get(contactId),
  );
}

/** What its prospects are reached by, or ever were: of an erased person the addresses of before are remembered, too. */
async function keysOfPartners(
  { database }: World,
  { pairs, prospects }: FinalState,
  contactId: string,
): Promise<string[]> {
  const ids = pairs.filter((pair) => pair.contactId === contactId).map(({ prospectId }) => prospectId);
  const lost = await database.raw(
    `select was->>'prospect_id' as id, was->>'match_key' as key from sim_journal
     where source = 'prospect_emails' and is_now is null`,
  );
  return [
    ...ids.flatMap((id) => prospects.get(id)?.emails ?? []).map(keyOf),
    ...lost.filter(({ id }) => ids.includes(String(id))).map(({ key }) => String(key)),
  ];
}

/** Of a prospect that is gone for good nothing is told: no name, no value, no dispute. */
export async function checkForgotten({ database }: World): Promise<string[]> {
  const rows = await database.raw(
    `with told(what, id) as (
       select 'an activity', prospect_id::text from activities where record_name is not null or changes <> '[]'
       union all select 'a conflict', record_id from conflicts where side = 'snov'
       union all select 'a status', record_id from record_statuses where side = 'snov'
       union all select 'an example', sample->>'prospectId'
         from integrations, jsonb_array_elements(fuse_stop->'samples') sample)
     select distinct what, id from told
     where id is not null and not exists (select from prospects where prospects.id::text = told.id) order by 1, 2`,
  );
  return rows.map(({ what, id }) => `${what} tells of prospect ${id}, which was erased`);
}
