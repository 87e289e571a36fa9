import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/client";
import type { Base } from "@/db/schema/sync";
import type { ExtraKind } from "@/sync/record-plan";
import type { Both } from "@/sync/side";
import { endLinks } from "./end-links";
import type { Outcome } from "./outcome";
import type { PageContext } from "./page-context";
import { madeInScope } from "./page-scope";
import type { RecordWork } from "./record-work";

export type UnsavedLink = {
  work: RecordWork;
  prospectId: string;
  contactId: string;
  base: Base;
  wrote: Both<boolean>;
  owed: ExtraKind[];
};
export type SavedLink = { linkId: string; prospectId: string; contactId: string };

const Returned = z.array(z.object({ id: z.string(), prospect_id: z.string(), contact_id: z.string() }));

/**
 * Saves links with their bases: one statement for new pairs, one for known ones. A pair whose contact, made or
 * adopted just now, somebody else has linked is missing from the answer.
 */
export async function saveLinks(
  tx: Tx,
  page: PageContext,
  unsaved: UnsavedLink[],
): Promise<Map<RecordWork, SavedLink>> {
  const { integrationId } = page;
  const known = unsaved.filter(({ work }) => work.link);
  const fresh = unsaved.filter(({ work }) => !work.link);
  const dead = fresh.flatMap(({ work }) => work.deadLinkIds);
  await endLinks(tx, integrationId, dead);
  const rows = [
    ...(fresh.length ? await insertLinks(tx, page, fresh) : []),
    ...(known.length ? await updateLinks(tx, page, known) : []),
  ];
  const byProspect = new Map(rows.map((row) => [row.prospect_id, row]));
  const saved = new Map<RecordWork, SavedLink>();
  for (const { work, prospectId } of unsaved) {
    const row = byProspect.get(prospectId);
    if (row) saved.set(work, { linkId: row.id, prospectId, contactId: row.contact_id });
  }
  return saved;
}

/** A pair of which nothing may travel is not saved, and yet it is known that its records have left the chosen lists. */
export async function saveScopes(tx: Tx, outcomes: Map<RecordWork, Outcome>): Promise<void> {
  const left = [...outcomes].flatMap(([{ link, prospect, contact, plan, inScope }, { kind }]) =>
    link && prospect && contact && kind === "settled" && plan.kind === "excluded"
      ? [{ id: link.id, ...inScope }]
      : [],
  );
  if (!left.length) return;
  await tx.execute(sql`
    update record_links l set snov_in_scope = x.snov, hubspot_in_scope = x.hubspot
    from jsonb_to_recordset(${JSON.stringify(left)}::jsonb) as x(id uuid, snov boolean, hubspot boolean)
    where l.id = x.id and (l.snov_in_scope, l.hubspot_in_scope) is distinct from (x.snov, x.hubspot)`);
}

async function insertLinks(tx: Tx, page: PageContext, unsaved: UnsavedLink[]) {
  const rows = await tx.execute(sql`
    insert into record_links (integration_id, prospect_id, contact_id, base, turns, declined, refused, snov_in_scope, hubspot_in_scope,
      first_synced_to_snov, first_synced_to_hubspot, owed)
    select ${page.integrationId}::uuid, x.prospect_id, x.contact_id, x.base, x.turns, x.declined, x.refused, x.snov_in_scope, x.hubspot_in_scope,
      x.snov, x.hubspot, x.owed
    from ${given(page, unsaved)}
    on conflict do nothing
    returning id, prospect_id, contact_id`);
  return Returned.parse([...rows]);
}

/** A merged contact answers with its survivor's id: the link follows it, unless the survivor has a link already. */
async function updateLinks(tx: Tx, page: PageContext, unsaved: UnsavedLink[]) {
  const rows = await tx.execute(sql`
    update record_links l set
      base = x.base, turns = x.turns, owed = x.owed, declined = x.declined, refused = x.refused, both_removed = false,
      snov_in_scope = x.snov_in_scope, hubspot_in_scope = x.hubspot_in_scope,
      first_synced_to_snov = l.first_synced_to_snov or x.snov,
      first_synced_to_hubspot = l.first_synced_to_hubspot or x.hubspot,
      contact_id = case when exists (
          select 1 from record_links o where o.integration_id = l.integration_id and o.contact_id = x.contact_id and o.id <> l.id
        ) then l.contact_id else x.contact_id end
    from ${given(page, unsaved)}
    where l.id = x.link_id
    returning l.id, l.prospect_id, l.contact_id`);
  return Returned.parse([...rows]);
}

function given(page: PageContext, unsaved: UnsavedLink[]) {
  const made = madeInScope(page);
  const json = JSON.stringify(
    unsaved.map(({ work, prospectId, contactId, base, wrote, owed }) => ({
      link_id: work.link?.id ?? null,
      prospect_id: prospectId,
      contact_id: contactId,
      base,
      turns: work.turns,
      declined: work.plan.kind === "pair" ? work.plan.declined : { removal: false, values: {} },
      refused: work.plan.kind === "pair" || work.plan.kind === "create" ? work.plan.refused : {},
      snov_in_scope: work.prospect ? work.inScope.snov : made.snov,
      hubspot_in_scope: work.contact ? work.inScope.hubspot : made.hubspot,
      snov: wrote.snov,
      hubspot: wrote.hubspot,
      owed,
    })),
  );
  return sql`jsonb_to_recordset(${json}::jsonb) as x(link_id uuid, prospect_id uuid, contact_id text, base jsonb, turns jsonb,
    declined jsonb, refused jsonb, snov_in_scope boolean, hubspot_in_scope boolean, snov boolean, hubspot boolean, owed text[])`;
}
