import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { SavedLink } from "./commit-links";
import type { PageContext } from "./page-context";
import type { RecordWork } from "./record-work";

/** Opens and renews the conflicts of these links; those whose sides meet again close themselves. */
export async function saveConflicts(
  tx: Tx,
  page: PageContext,
  saved: Map<RecordWork, SavedLink>,
): Promise<void> {
  if (!saved.size) return;
  const open = [...saved].flatMap(([{ plan }, { linkId }]) =>
    plan.kind === "pair"
      ? plan.conflicts.map(({ mappingId, base, values }) => ({
          link_id: linkId,
          mapping_id: mappingId,
          base_value: base ?? null,
          snov_value: values.snov,
          hubspot_value: values.hubspot,
        }))
      : [],
  );
  const given = sql`jsonb_to_recordset(${JSON.stringify(open)}::jsonb) as x(
    link_id uuid, mapping_id uuid, base_value jsonb, snov_value jsonb, hubspot_value jsonb)`;
  if (open.length)
    await tx.execute(sql`
      insert into conflicts (integration_id, link_id, mapping_id, base_value, snov_value, hubspot_value)
      select ${page.integrationId}::uuid, x.link_id, x.mapping_id, x.base_value, x.snov_value, x.hubspot_value from ${given}
      on conflict (link_id, mapping_id) where closed_at is null
      do update set base_value = excluded.base_value, snov_value = excluded.snov_value, hubspot_value = excluded.hubspot_value`);
  const looked = JSON.stringify({
    links: [...saved.values()].map(({ linkId }) => linkId),
    // A stopped mapping was not looked at: its conflicts stay open.
    mappings: page.planner.mappings.filter(({ stopped }) => !stopped).map(({ id }) => id),
  });
  await tx.execute(sql`
    update conflicts c set closed_at = now()
    where c.closed_at is null
      and c.link_id::text in (select jsonb_array_elements_text(${looked}::jsonb -> 'links'))
      and c.mapping_id::text in (select jsonb_array_elements_text(${looked}::jsonb -> 'mappings'))
      and not exists (select 1 from ${given} where x.link_id = c.link_id and x.mapping_id = c.mapping_id)`);
}
