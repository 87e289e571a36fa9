import { and, eq, inArray } from "drizzle-orm";
import type { Contact } from "@/connectors/hubspot/contact";
import { SEARCH_PAGE_SIZE } from "@/connectors/hubspot/contacts";
import { integrations } from "@/db/schema/integrations";
import { seenContacts } from "@/db/schema/sync";
import { openConnection } from "@/services/connections/open-connection";
import type { Deps } from "@/services/context";
import { markPending } from "@/services/pending/mark-pending";
import { loadPageContext } from "./load-page-context";
import { pollListMembers } from "./poll-list-members";

/** HubSpot's search shows a change "a few moments" later: windows overlap by this much. */
const overlapMs = 5 * 60_000;

/**
 * Asks HubSpot which contacts changed since the last poll and marks those that changed since we looked:
 * what webhooks did not tell arrives all the same. Paged by id inside a window of time, so that neither
 * moving rows nor HubSpot's limit of 10,000 results loses one.
 */
export async function pollContacts(deps: Deps, integrationId: string): Promise<{ noticed: number }> {
  const page = await loadPageContext(deps.db, integrationId);
  if (!page) return { noticed: 0 };
  const [{ polledUntil } = { polledUntil: null }] = await deps.db
    .select({ polledUntil: integrations.polledUntil })
    .from(integrations)
    .where(eq(integrations.id, integrationId));
  const until = new Date();
  const from = new Date(
    Math.max(page.launchedAt.getTime(), (polledUntil ?? page.launchedAt).getTime() - overlapMs),
  );
  const hubspot = await openConnection(deps, page.connectionId, "bulk");

  let noticed = 0;
  let afterId = "";
  for (;;) {
    const changed = await hubspot.contacts.searchChanged({ from, until, afterId, properties: ["email"] });
    noticed += await markUnseen(deps, integrationId, changed);
    const last = changed.at(-1);
    if (!last || changed.length < SEARCH_PAGE_SIZE) break;
    afterId = last.id;
  }
  noticed += await pollListMembers(deps.db, hubspot.lists, page);
  await deps.db.update(integrations).set({ polledUntil: until }).where(eq(integrations.id, integrationId));
  if (noticed) await deps.wake([integrationId]);
  return { noticed };
}

async function markUnseen({ db }: Deps, integrationId: string, changed: Contact[]): Promise<number> {
  if (!changed.length) return 0;
  return await db.transaction(async (tx) => {
    const ids = changed.map(({ id }) => id);
    const seen = await tx
      .select()
      .from(seenContacts)
      .where(and(eq(seenContacts.integrationId, integrationId), inArray(seenContacts.contactId, ids)));
    const seenAt = new Map(seen.map((row) => [row.contactId, row.contactUpdatedAt.getTime()]));
    const news = changed.filter(({ id, updatedAt }) => Date.parse(updatedAt) > (seenAt.get(id) ?? 0));
    await markPending(
      tx,
      integrationId,
      "hubspot",
      news.map(({ id }) => id),
    );
    return news.length;
  });
}
