import { and, eq, inArray, isNull, ne } from "drizzle-orm";
import type { Notice } from "@/connectors/hubspot/notice";
import type { Tx } from "@/db/client";
import { connections, integrations } from "@/db/schema/integrations";
import { erasedContacts } from "@/db/schema/safety";
import { changeNotices } from "@/db/schema/sync";
import { markPending } from "@/services/pending/mark-pending";

/** Echoes of our own writes gather for a moment: they are looked at once, and nearly never find anything. */
const ECHO_DELAY_MS = 1000;

/**
 * Keeps what HubSpot told, by whatever way, and marks the contacts it is about. What was stored before marks nothing
 * again. `wake` names the integrations that have something to do once the transaction is committed.
 */
export async function storeNotices(
  tx: Tx,
  notices: Notice[],
  appId: string,
): Promise<{ stored: number; wake: string[] }> {
  const fresh = await store(tx, notices);
  return { stored: fresh.length, wake: await mark(tx, fresh, appId) };
}

async function store(tx: Tx, notices: Notice[]): Promise<Notice[]> {
  // One order for all who store, so that two repeats of a delivery never wait for each other.
  const sorted = [...new Map(notices.map((notice) => [notice.dedupeKey, notice])).values()].sort((a, b) =>
    a.dedupeKey < b.dedupeKey ? -1 : 1,
  );
  const stored = await tx
    .insert(changeNotices)
    .values(
      sorted.map(({ dedupeKey, accountId, kind, contactIds, occurredAt }) => ({
        dedupeKey,
        accountId,
        kind,
        recordId: contactIds[0] ?? null,
        occurredAt,
      })),
    )
    .onConflictDoNothing()
    .returning({ dedupeKey: changeNotices.dedupeKey });
  const keys = new Set(stored.map(({ dedupeKey }) => dedupeKey));
  return sorted.filter(({ dedupeKey }) => keys.has(dedupeKey));
}

async function mark(tx: Tx, notices: Notice[], appId: string): Promise<string[]> {
  const accounts = [...new Set(notices.map(({ accountId }) => accountId))];
  if (!accounts.length) return [];
  const wake: string[] = [];
  for (const { integrationId, accountId } of await integrationsOf(tx, accounts)) {
    const ofAccount = notices.filter((notice) => notice.accountId === accountId);
    const idsOf = (isEcho: boolean) =>
      ofAccount.filter(({ echoOf }) => (echoOf === appId) === isEcho).flatMap(({ contactIds }) => contactIds);
    const news = idsOf(false);
    await rememberErasures(tx, integrationId, ofAccount);
    await markPending(tx, integrationId, "hubspot", news);
    const known = new Set(news);
    const echoes = idsOf(true).filter((id) => !known.has(id));
    await markPending(tx, integrationId, "hubspot", echoes, { delayMs: ECHO_DELAY_MS });
    if (news.length) wake.push(integrationId);
  }
  return wake;
}

/** Once the contact is gone, nothing but the notice tells that it was deleted for privacy. */
async function rememberErasures(tx: Tx, integrationId: string, notices: Notice[]): Promise<void> {
  const erased = notices.filter(({ kind }) => kind === "contact.privacyDeletion");
  const rows = erased.flatMap(({ contactIds }) =>
    contactIds.map((contactId) => ({ integrationId, contactId })),
  );
  if (rows.length) await tx.insert(erasedContacts).values(rows).onConflictDoNothing();
}

/** Launched ones, whoever's they are: HubSpot speaks of an account, not of a workspace. */
function integrationsOf(tx: Tx, accountIds: string[]) {
  return tx
    .select({ integrationId: integrations.id, accountId: connections.accountId })
    .from(integrations)
    .innerJoin(connections, eq(connections.id, integrations.connectionId))
    .where(
      and(
        inArray(connections.accountId, accountIds),
        isNull(connections.disconnectedAt),
        isNull(integrations.disconnectedAt),
        ne(integrations.state, "draft"),
      ),
    )
    .orderBy(integrations.id);
}
