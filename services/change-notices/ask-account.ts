import { type SQL, sql } from "drizzle-orm";
import type { HubspotJournal } from "@/connectors/hubspot/journal";
import type { Db } from "@/db/client";
import { journalSubscriptions } from "@/db/schema/journal";
import { askJournal } from "./ask-journal";

type Known = Awaited<ReturnType<typeof readKnown>>[number];
type Asking = { accountId: string; known: Known | undefined };

/** What was refused is asked again after an hour. */
export function readKnown(db: Db) {
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

export async function askForContacts(
  db: Db,
  journal: HubspotJournal,
  { accountId, properties, known }: Asking & { properties: string[] },
): Promise<void> {
  if (known?.properties.join() === properties.join()) return;
  const wasRefused = known?.refusedProperties?.join() === properties.join();
  if (wasRefused && known?.refusedLately) return;
  const ask = () => journal.subscribe(accountId, properties);
  const answer = await askJournal(accountId, ask, { wasRefused });
  if (answer === "unanswered") return;
  await save(
    db,
    accountId,
    answer === "granted"
      ? { properties, subscribedAt: sql`now()`, refusedProperties: null, refusedAt: null }
      : { refusedProperties: properties, refusedAt: sql`now()` },
  );
}

export async function askForPrivacyDeletions(
  db: Db,
  journal: HubspotJournal,
  { accountId, known }: Asking,
): Promise<void> {
  if (known?.privacyAt || known?.privacyRefusedLately) return;
  const wasRefused = Boolean(known?.privacyRefusedAt);
  const ask = () => journal.subscribePrivacyDeletions(accountId);
  const answer = await askJournal(accountId, ask, { wasRefused });
  if (answer === "unanswered") return;
  await save(
    db,
    accountId,
    answer === "granted"
      ? { privacyAt: sql`now()`, privacyRefusedAt: null }
      : { privacyRefusedAt: sql`now()` },
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
