import { and, eq, gt, isNull, ne, sql } from "drizzle-orm";
import { IDENTITY_PROPERTIES } from "@/connectors/hubspot/contact";
import type { HubspotJournal } from "@/connectors/hubspot/journal";
import type { Db } from "@/db/client";
import { connections } from "@/db/schema/connections";
import { fieldMappings, integrations } from "@/db/schema/integrations";
import { journalPositions, journalSubscriptions } from "@/db/schema/journal";
import { askForContacts, askForPrivacyDeletions, readKnown } from "./ask-account";
import { askJournal } from "./ask-journal";

/**
 * Has the journal tell of every account that a launched integration lives on, and of the properties that are mapped
 * there. Returns those accounts: what the journal tells of others is nobody's here. An account that HubSpot says no to,
 * or of which it says nothing now, leaves the others theirs. One whose connection is broken is left as it is: what the journal still tells of it counts,
 * and connecting it anew has it asked for again.
 */
export async function subscribeJournal(db: Db, journal: HubspotJournal, appId: string): Promise<Set<string>> {
  const wanted = await wantedAccounts(db);
  const known = new Map((await readKnown(db)).map((row) => [row.accountId, row]));
  for (const [accountId, { properties, isBroken }] of wanted) {
    if (isBroken) continue;
    await askForContacts(db, journal, { accountId, properties, known: known.get(accountId) });
    await askForPrivacyDeletions(db, journal, { accountId, known: known.get(accountId) });
  }
  for (const accountId of known.keys()) {
    if (wanted.has(accountId)) continue;
    const answer = await askJournal(accountId, () => journal.unsubscribe(accountId));
    if (answer === "unanswered") continue;
    // Refused or not, it is over: an account that our app has left has no subscriptions any more.
    await db.delete(journalSubscriptions).where(eq(journalSubscriptions.accountId, accountId));
  }
  if (wanted.size) await subscribeUninstalls(db, journal, appId);
  return new Set(wanted.keys());
}

/**
 * Of all accounts at once, those of long ago too. Asked again each day: what HubSpot has against it once costs no account
 * its changes, and may not stand.
 */
async function subscribeUninstalls(db: Db, journal: HubspotJournal, appId: string): Promise<void> {
  const [lately] = await db
    .select({ appId: journalPositions.appId })
    .from(journalPositions)
    .where(
      and(
        eq(journalPositions.appId, appId),
        gt(journalPositions.uninstallsAskedAt, sql`now() - interval '1 day'`),
      ),
    );
  if (lately) return;
  if ((await askJournal("all", () => journal.subscribeUninstalls())) === "unanswered") return;
  const asked = { uninstallsAskedAt: sql`now()` };
  await db
    .insert(journalPositions)
    .values({ appId, ...asked })
    .onConflictDoUpdate({ target: journalPositions.appId, set: asked });
}

type Wanted = { properties: string[]; isBroken: boolean };

/** By account; the properties in one order. */
async function wantedAccounts(db: Db): Promise<Map<string, Wanted>> {
  const rows = await db
    .select({
      accountId: connections.accountId,
      isBroken: sql<boolean>`bool_and(${connections.brokenReason} is not null)`,
      mapped: sql<string[]>`array_remove(array_agg(distinct ${fieldMappings.hubspotProperty}), null)`,
    })
    .from(integrations)
    .innerJoin(connections, eq(connections.id, integrations.connectionId))
    .leftJoin(fieldMappings, eq(fieldMappings.integrationId, integrations.id))
    .where(
      and(
        isNull(connections.disconnectedAt),
        isNull(integrations.disconnectedAt),
        ne(integrations.state, "draft"),
      ),
    )
    .groupBy(connections.accountId);
  return new Map(
    rows.map(({ accountId, isBroken, mapped }) => [
      accountId,
      { properties: [...new Set([...IDENTITY_PROPERTIES, ...mapped])].sort(), isBroken },
    ]),
  );
}
