import { asHubspotValue, sameMeaning } from "../values";
import type { World } from "../world";
import { fieldsOfRow, valuesOf } from "./final-state";

/**
 * What a page calls in sync, it agreed on: where both sides of a pair say the same, that is the base from which the
 * next change is told. To be asked right after a page that nobody disturbed, of the records that it settled
 * (`snov <id>`, `hubspot <id>`): a later look would make up for it.
 */
export async function checkSettled(world: World, settled: Set<string>): Promise<string[]> {
  const rows = await world.database.raw(
    `select l.contact_id, l.base, to_jsonb(p) as prospect, (select e.email from prospect_emails e
        where e.prospect_id = p.id and e.is_primary) as email
     from record_links l
     join prospects p on p.id = l.prospect_id and p.deleted_at is null
     join record_statuses s on s.integration_id = l.integration_id and s.side = 'snov'
       and s.record_id = l.prospect_id::text and s.status = 'in_sync'
     order by l.id`,
  );
  const mappings = await world.database.raw("select id, snov_field from field_mappings order by position");
  return rows.flatMap(({ contact_id, base, prospect, email }) => {
    const row = read(prospect);
    const contact = world.account.contacts.get(String(contact_id));
    if (!contact || !world.account.contacts.live(contact.id)) return [];
    if (![`snov ${row.id}`, `hubspot ${contact.id}`].some((name) => settled.has(name))) return [];
    const agreed = read(base);
    return mappings.flatMap(({ id, snov_field }) => {
      const field = world.settings.fields.find(({ snov }) => snov === snov_field);
      if (!field) return [];
      const { snov, hubspot } = valuesOf(field, { fields: fieldsOfRow(row, email) }, contact);
      const shared = asHubspotValue(field, snov);
      if (shared === undefined || !sameMeaning(field, shared, hubspot)) return [];
      return sameMeaning(field, agreed[String(id)] ?? null, hubspot)
        ? []
        : [
            `${field.snov} of prospect ${row.id} is ${JSON.stringify(hubspot)} on both sides, and the base is ${JSON.stringify(agreed[String(id)])}`,
          ];
    });
  });
}

function read(json: unknown) {
  return JSON.parse(typeof json === "string" ? json : JSON.stringify(json));
}
