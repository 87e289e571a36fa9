import { and, eq, isNull, ne, notInArray, sql } from "drizzle-orm";
import type { HubspotJournal } from "@/connectors/hubspot/journal";
import { isRefusal } from "@/connectors/hubspot/remote-error";
import type { Db } from "@/db/client";
import { connections, fieldMappings, integrations } from "@/db/schema/integrations";
import { journalSubscriptions } from "@/db/schema/journal";
import { errorFields, log } from "@/lib/log";

const always = ["email", "hs_additional_emails", "firstname", "lastname"];

/**
 * Has the journal tell of every account that a launched integration lives on, and of the properties that are mapped
 * there. Returns those accounts: what the journal tells of others is nobody's here.
 */
export async function subscribeJournal(db: Db, journal: HubspotJournal): Promise<Set<string>> {
  const wanted = await wantedProperties(db);
  const known = new Map(
    (await db.select().from(journalSubscriptions)).map((row) => [row.accountId, row.properties.join()]),
  );
  for (const [accountId, properties] of wanted) {
    if (known.get(accountId) === properties.join()) continue;
    try {
      await journal.subscribe(accountId, properties);
    } catch (error) {
      // One account that HubSpot does not let us ask about leaves the others theirs; it is asked again next time.
      if (!isRefusal(error)) throw error;
      log.warn("journal/not-subscribed", { account: accountId, ...errorFields(error) });
      continue;
    }
    await db
      .insert(journalSubscriptions)
      .values({ accountId, properties })
      .onConflictDoUpdate({
        target: journalSubscriptions.accountId,
        set: { properties, subscribedAt: sql`now()` },
      });
  }
  for (const accountId of known.keys()) if (!wanted.has(accountId)) await journal.unsubscribe(accountId);
  await db
    .delete(journalSubscriptions)
    .where(wanted.size ? notInArray(journalSubscriptions.accountId, [...wanted.keys()]) : undefined);
  return new Set(wanted.keys());
}

/** Account → properties, in one order. */
async function wantedProperties(db: Db): Promise<Map<string, string[]>> {
  const rows = await db
    .select({ accountId: connections.accountId, property: fieldMappings.hubspotProperty })
    .from(integrations)
    .innerJoin(connections, eq(connections.id, integrations.connectionId))
    .leftJoin(fieldMappings, eq(fieldMappings.integrationId, integrations.id))
    .where(
      and(
        isNull(connections.disconnectedAt),
        isNull(integrations.disconnectedAt),
        ne(integrations.state, "draft"),
      ),
    );
  const wanted = new Map<string, Set<string>>();
  for (const { accountId, property } of rows) {
    const properties = wanted.get(accountId) ?? new Set(always);
    if (property) properties.add(property);
    wanted.set(accountId, properties);
  }
  return new Map([...wanted].map(([accountId, properties]) => [accountId, [...properties].sort()]));
}
