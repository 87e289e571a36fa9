import { isDeepStrictEqual } from "node:util";
import { eq, sql } from "drizzle-orm";
import type { HubspotLists } from "@/connectors/hubspot/lists";
import { isNotFound } from "@/connectors/hubspot/remote-error";
import type { Db } from "@/db/client";
import { integrations } from "@/db/schema/integrations";
import { markPending } from "@/services/pending/mark-pending";
import type { PageContext } from "./page-context";
import type { Polled } from "./poll-changed";

/**
 * Marks contacts that joined a chosen HubSpot list after launch: joining is no change of the contact, so
 * neither webhook nor search tells of it. Goes on at the last page it knows, which is all that can grow.
 * A list that HubSpot does not know is noted and passed over, and asked for again: HubSpot can restore it.
 */
export async function pollListMembers(
  db: Db,
  lists: HubspotLists,
  page: PageContext,
  end: number,
): Promise<Polled> {
  if (page.incomingScope.kind === "all") return { noticed: 0, more: false };
  const [row] = await db
    .select({ cursors: integrations.listCursors, goneLists: integrations.goneLists })
    .from(integrations)
    .where(eq(integrations.id, page.integrationId));
  const { ids } = page.incomingScope;
  // What is not asked for this time is what it was.
  const gone = new Set(row?.goneLists);
  let noticed = 0;
  try {
    for (const listId of ids) {
      const reached = { listId, cursor: row?.cursors[listId] };
      const polled = await pollKnown(db, lists, page, reached, end);
      if (!polled) gone.add(listId);
      else gone.delete(listId);
      noticed += polled?.noticed ?? 0;
      if (polled?.more) return { noticed, more: true };
    }
    return { noticed, more: false };
  } finally {
    const goneLists = ids.filter((id) => gone.has(id));
    if (!isDeepStrictEqual(goneLists, row?.goneLists))
      await db.update(integrations).set({ goneLists }).where(eq(integrations.id, page.integrationId));
  }
}

/** Null where HubSpot does not know the list. */
async function pollKnown(...asked: Parameters<typeof pollList>): Promise<Polled | null> {
  try {
    return await pollList(...asked);
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

type Reached = { listId: string; cursor: string | undefined };

async function pollList(
  db: Db,
  lists: HubspotLists,
  page: PageContext,
  { listId, cursor }: Reached,
  end: number,
): Promise<Polled> {
  let noticed = 0;
  let after = cursor;
  for (;;) {
    const { members, next } = await lists.joinedPage(listId, after);
    const joined = members
      .filter(({ joinedAt }) => joinedAt >= page.launchedAt)
      .map(({ contactId }) => contactId);
    noticed += await markUnlinked(db, page.integrationId, joined, { listId, cursor: after });
    if (next === undefined) return { noticed, more: false };
    if (Date.now() >= end) return { noticed, more: true };
    after = next;
  }
}

/**
 * What is linked or known to be waiting for something else needs no notice for being in a list, nor does what is left as
 * it was before launch.
 */
async function markUnlinked(
  db: Db,
  integrationId: string,
  contactIds: string[],
  reached: Reached,
): Promise<number> {
  return await db.transaction(async (tx) => {
    const rows = await tx.execute(sql`
      select given.id from jsonb_array_elements_text(${JSON.stringify(contactIds)}::jsonb) as given(id)
      where not exists (
          select 1 from record_links l where l.integration_id = ${integrationId}::uuid and l.contact_id = given.id
            and (l.hubspot_in_scope or exists (
              select 1 from record_statuses s where s.integration_id = l.integration_id and s.side = 'snov'
                and s.record_id = l.prospect_id::text and s.reason = 'not_transferred')))
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
