import { and, eq, gt, isNull, ne, type SQL, sql } from "drizzle-orm";
import { IDENTITY_PROPERTIES } from "@/connectors/hubspot/contact";
import { type HubspotJournal, isAccountRefusal } from "@/connectors/hubspot/journal";
import type { Db } from "@/db/client";
import { connections, fieldMappings, integrations } from "@/db/schema/integrations";
import { journalPositions, journalSubscriptions } from "@/db/schema/journal";
import { errorFields, log } from "@/lib/log";

/**
 * Has the journal tell of every account that a launched integration lives on, and of the properties that are mapped
 * there. Returns those accounts: what the journal tells of others is nobody's here. An account that HubSpot says no to
 * leaves the others theirs. One whose connection is broken is left as it is: what the journal still tells of it counts,
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
    // Refused or not, it is over: an account that our app has left has no subscriptions any more.
    await isGranted(accountId, () => journal.unsubscribe(accountId));
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
  await isGranted("all", () => journal.subscribeUninstalls());
  const asked = { uninstallsAskedAt: sql`now()` };
  await db
    .insert(journalPositions)
    .values({ appId, ...asked })
    .onConflictDoUpdate({ target: journalPositions.appId, set: asked });
}

type Known = Awaited<ReturnType<typeof readKnown>>[number];
type Asking = { accountId: string; known: Known | undefined };

/** What was refused is asked again after an hour. */
function readKnown(db: Db) {
  const lately = (at: typeof journalSubscriptions.refusedAt | typeof journalSubscriptions.privacyRefusedAt) =>
    sql<boolean>`coalesce(${at} > now() - interval '1 hour', false)`;
  const { accountId, properties, refusedProperties, refusedAt, privacyAt, privacyRefusedAt } =
    journalSubscriptions;
  return db
    .select({
      accountId,
      properties,
      refusedProperties,
      refusedLately: lately(refusedAt),
      privacyAt,
      privacyRefusedAt,
      privacyRefusedLately: lately(privacyRefusedAt),
    })
    .from(journalSubscriptions);
}

async function askForContacts(
  db: Db,
  journal: HubspotJournal,
  { accountId, properties, known }: Asking & { properties: string[] },
): Promise<void> {
  if (known?.properties.join() === properties.join()) return;
  const wasRefused = known?.refusedProperties?.join() === properties.join();
  if (wasRefused && known?.refusedLately) return;
  const granted = await isGranted(accountId, () => journal.subscribe(accountId, properties), { wasRefused });
  await save(
    db,
    accountId,
    granted
      ? { properties, subscribedAt: sql`now()`, refusedProperties: null, refusedAt: null }
      : { refusedProperties: properties, refusedAt: sql`now()` },
  );
}

async function askForPrivacyDeletions(
  db: Db,
  journal: HubspotJournal,
  { accountId, known }: Asking,
): Promise<void> {
  if (known?.privacyAt || known?.privacyRefusedLately) return;
  const wasRefused = Boolean(known?.privacyRefusedAt);
  const ask = () => journal.subscribePrivacyDeletions(accountId);
  const granted = await isGranted(accountId, ask, { wasRefused });
  await save(
    db,
    accountId,
    granted ? { privacyAt: sql`now()`, privacyRefusedAt: null } : { privacyRefusedAt: sql`now()` },
  );
}

type Facts = Partial<{ [K in keyof Row]: Row[K] | SQL }>;
type Row = typeof journalSubscriptions.$inferSelect;

async function save(db: Db, accountId: string, facts: Omit<Facts, "accountId">): Promise<void> {
  await db
    .insert(journalSubscriptions)
    .values({ accountId, properties: [], ...facts })
    .onConflictDoUpdate({ target: journalSubscriptions.accountId, set: facts });
}

/** A refusal that is known already is told to nobody again. */
async function isGranted(
  account: string,
  ask: () => Promise<void>,
  { wasRefused } = { wasRefused: false },
): Promise<boolean> {
  try {
    await ask();
    return true;
  } catch (error) {
    if (!isAccountRefusal(error)) throw error;
    if (!wasRefused) log.warn("journal/account-refused", { account, ...errorFields(error) });
    return false;
  }
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
