import { and, eq, inArray } from "drizzle-orm";
import type { Contact } from "@/connectors/hubspot/contact";
import { type HubspotContacts, SEARCH_PAGE_SIZE } from "@/connectors/hubspot/contacts";
import type { Db, Tx } from "@/db/client";
import { integrations, type PollWindow } from "@/db/schema/integrations";
import { seenContacts } from "@/db/schema/sync";
import { markPending } from "@/services/pending/mark-pending";
import type { PageContext } from "./page-context";

export type Polled = { noticed: number; more: boolean };

/** HubSpot's search shows a change "a few moments" later: windows overlap by this much. */
const overlapMs = 5 * 60_000;

/**
 * Marks contacts that changed since we looked at them. Paged by id inside a window of time, so that neither moving
 * rows nor HubSpot's limit of 10,000 results loses one. Each page is saved with its place in the window: what ends
 * a poll, be it its time or a fault, costs no page that was read. The next window begins where this one ends.
 */
export async function pollChanged(
  db: Db,
  contacts: HubspotContacts,
  { integrationId, launchedAt }: PageContext,
  end: number,
): Promise<Polled> {
  let noticed = 0;
  let window = await openWindow(db, integrationId, launchedAt);
  for (;;) {
    const { from, until, afterId } = window;
    const found = await contacts.searchChanged({
      from: new Date(from),
      until: new Date(until),
      afterId,
      properties: ["email"],
    });
    const last = found.at(-1);
    const next = last && found.length >= SEARCH_PAGE_SIZE ? { ...window, afterId: last.id } : null;
    noticed += await db.transaction(async (tx) => {
      await tx
        .update(integrations)
        .set(next ? { pollWindow: next } : { pollWindow: null, polledUntil: new Date(until) })
        .where(eq(integrations.id, integrationId));
      return await markUnseen(tx, integrationId, found);
    });
    if (!next) return { noticed, more: false };
    if (Date.now() >= end) return { noticed, more: true };
    window = next;
  }
}

/** The window that a former poll left open, or a new one. */
async function openWindow(db: Db, integrationId: string, launchedAt: Date): Promise<PollWindow> {
  const [stored] = await db
    .select({ polledUntil: integrations.polledUntil, pollWindow: integrations.pollWindow })
    .from(integrations)
    .where(eq(integrations.id, integrationId));
  if (stored?.pollWindow) return stored.pollWindow;
  const until = stored?.polledUntil ?? launchedAt;
  const from = new Date(Math.max(launchedAt.getTime(), until.getTime() - overlapMs));
  return { from: from.toISOString(), until: new Date().toISOString(), afterId: "" };
}

async function markUnseen(tx: Tx, integrationId: string, found: Contact[]): Promise<number> {
  if (!found.length) return 0;
  const ids = found.map(({ id }) => id);
  const seen = await tx
    .select()
    .from(seenContacts)
    .where(and(eq(seenContacts.integrationId, integrationId), inArray(seenContacts.contactId, ids)));
  const seenAt = new Map(seen.map((row) => [row.contactId, row.contactUpdatedAt.getTime()]));
  const news = found.filter(({ id, updatedAt }) => Date.parse(updatedAt) > (seenAt.get(id) ?? 0));
  await markPending(
    tx,
    integrationId,
    "hubspot",
    news.map(({ id }) => id),
  );
  return news.length;
}
