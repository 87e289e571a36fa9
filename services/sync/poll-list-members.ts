import { eq, sql } from "drizzle-orm";
import type { HubspotLists } from "@/connectors/hubspot/lists";
import type { Db } from "@/db/client";
import { integrations } from "@/db/schema/integrations";
import { markPending } from "@/services/pending/mark-pending";
import type { PageContext } from "./page-context";

/**
 * Marks contacts that joined a chosen HubSpot list after launch: joining is no change of the contact, so
 * neither webhook nor search tells of it. Goes on at the last page it knows, which is all that can grow.
 */
export async function pollListMembers(db: Db, lists: HubspotLists, page: PageContext): Promise<number> {
  if (page.incomingScope.kind === "all") return 0;
  const [row] = await db
    .select({ cursors: integrations.listCursors })
    .from(integrations)
    .where(eq(integrations.id, page.integrationId));
  let noticed = 0;
  for (const listId of page.incomingScope.ids) {
    let after = row?.cursors[listId];
    for (;;) {
      const { members, next } = await lists.joinedPage(listId, after);
      const joined = members
        .filter(({ joinedAt }) => joinedAt >= page.launchedAt)
        .map(({ contactId }) => contactId);
      noticed += await markUnlinked(db, page.integrationId, joined, { listId, cursor: after });
      if (next === undefined) break;
      after = next;
    }
  }
  return noticed;
}

/** What is linked or known to be waiting for something else needs no notice for being in a list. */
async function markUnlinked(
  db: Db,
  integrationId: string,
  contactIds: string[],
  reached: { listId: string; cursor: string | undefined },
): Promise<number> {
  return await db.transaction(async (tx) => {
    const rows = await tx.execute(sql`
      select given.id from jsonb_array_elements_text(${JSON.stringify(contactIds)}::jsonb) as given(id)
      where not exists (
          select 1 from record_links l where l.integration_id = ${integrationId}::uuid and l.contact_id = given.id
            and l.hubspot_in_scope)
        and not exists (
          select 1 from record_statuses s where s.integration_id = ${integrationId}::uuid and s.side = 'hubspot'
            and s.record_id = given.id and s.reason is distinct from 'out_of_scope')`);
    const ids = rows.map(({ id }) => String(id));
    await markPending(tx, integrationId, "hubspot", ids);
    if (reached.cursor !== undefined)
      await tx
        .update(integrations)
        .set({
          listCursors: sql`${integrations.listCursors} || ${JSON.stringify({ [reached.listId]: reached.cursor })}::jsonb`,
        })
        .where(eq(integrations.id, integrationId));
    return ids.length;
  });
}
