import { and, eq, inArray, sql } from "drizzle-orm";
import type { HubspotClient } from "@/connectors/hubspot/client";
import type { Contact } from "@/connectors/hubspot/contact";
import { SEARCH_PAGE_SIZE } from "@/connectors/hubspot/contacts";
import type { Db, Tx } from "@/db/client";
import { integrations, type PollWindow } from "@/db/schema/integrations";
import { seenContacts } from "@/db/schema/sync";
import { markPending } from "@/services/pending/mark-pending";
import type { PageContext } from "./page-context";

export type Polled = { noticed: number; more: boolean };

/** HubSpot's search shows a change "a few moments" later: windows overlap by this much. */
const overlapMs = 5 * 60_000;

/**
 * Whether a contact that changed then is still to be searched for, by the next poll or within the window of one that has
 * not come to its end: the news of it is on its way, whatever became of its notice.
 */
export async function searchAhead(
  db: Db,
  integrationId: string,
): Promise<(contact: { id: string; updatedAt: Date }) => boolean> {
  const { from, until, afterId, isNew } = await openWindow(db, integrationId);
  const begin = Date.parse(from);
  if (isNew) return ({ updatedAt }) => updatedAt.getTime() >= begin;
  const next = Date.parse(until) - overlapMs;
  return ({ id, updatedAt }) =>
    updatedAt.getTime() >= next || (updatedAt.getTime() >= begin && Number(id) > Number(afterId));
}

/**
 * Marks contacts that changed since we looked at them. Paged by id inside a window of time, so that neither moving
 * rows nor HubSpot's limit of 10,000 results loses one. Each page is saved with its place in the window: what ends
 * a poll, be it its time or a fault, costs no page that was read. The next window begins where this one ends, and no
 * window ends later than HubSpot's clock: ours may be ahead, and what happens until HubSpot's has caught up would
 * lie before all that is searched next.
 */
export async function pollChanged(
  db: Db,
  hubspot: HubspotClient,
  { integrationId }: PageContext,
  end: number,
  onNews: (tx: Tx, news: Contact[]) => Promise<void> = async () => {},
): Promise<Polled> {
  let noticed = 0;
  let window = await openWindow(db, integrationId);
  for (;;) {
    const { from, until, afterId } = window;
    const found = await hubspot.contacts.searchChanged({
      from: new Date(from),
      until: new Date(until),
      afterId,
      properties: ["email"],
    });
    const hubspotTime = hubspot.time();
    const ahead = window.isNew ? msAhead(window, hubspotTime) : 0;
    // The window was opened before the answer, which may have taken long: the launch is put back by no less than the difference.
    if (
      ahead &&
      hubspotTime &&
      (await putBackLaunch(db, integrationId, Date.now() - hubspotTime.getTime()))
    ) {
      window = await openWindow(db, integrationId);
      continue;
    }
    const searched = { from, until: new Date(Date.parse(until) - ahead).toISOString() };
    const last = found.at(-1);
    const next = last && found.length >= SEARCH_PAGE_SIZE ? { ...searched, afterId: last.id } : null;
    noticed += await db.transaction(async (tx) => {
      await tx
        .update(integrations)
        .set(next ? { pollWindow: next } : { pollWindow: null, polledUntil: new Date(searched.until) })
        .where(eq(integrations.id, integrationId));
      const news = await markUnseen(tx, integrationId, found);
      await onNews(tx, news);
      return news.length;
    });
    if (!next) return { noticed, more: false };
    if (Date.now() >= end) return { noticed, more: true };
    window = { ...next, isNew: false };
  }
}

/** The window that a former poll left open, or a new one. */
async function openWindow(db: Db, integrationId: string): Promise<PollWindow & { isNew: boolean }> {
  const [stored] = await db
    .select({
      launchedAt: integrations.launchedAt,
      polledUntil: integrations.polledUntil,
      pollWindow: integrations.pollWindow,
    })
    .from(integrations)
    .where(eq(integrations.id, integrationId));
  if (stored?.pollWindow) return { ...stored.pollWindow, isNew: false };
  const launchedAt = stored?.launchedAt ?? new Date();
  const until = stored?.polledUntil ?? launchedAt;
  const from = new Date(Math.max(launchedAt.getTime(), until.getTime() - overlapMs));
  return { from: from.toISOString(), until: new Date().toISOString(), afterId: "", isNew: true };
}

function msAhead({ until }: PollWindow, hubspotTime: Date | null): number {
  return hubspotTime ? Math.max(0, Date.parse(until) - hubspotTime.getTime()) : 0;
}

/**
 * The launch was told by our clock and is compared with HubSpot's times: the first poll after it, which meets the same
 * difference, puts it right. False where that has been done.
 */
async function putBackLaunch(db: Db, integrationId: string, ms: number): Promise<boolean> {
  // HubSpot's clock is known to the second.
  const seconds = (ms + 1000) / 1000;
  const launch = sql`${integrations.launchedAt} - make_interval(secs => ${seconds}::float8)`;
  const put = await db
    .update(integrations)
    .set({ launchedAt: launch, polledUntil: null })
    .where(and(eq(integrations.id, integrationId), eq(integrations.polledUntil, integrations.launchedAt)))
    .returning({ id: integrations.id });
  return put.length > 0;
}

async function markUnseen(tx: Tx, integrationId: string, found: Contact[]): Promise<Contact[]> {
  if (!found.length) return [];
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
  return news;
}
