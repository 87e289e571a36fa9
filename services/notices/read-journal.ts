import { eq } from "drizzle-orm";
import { type HubspotJournal, isJournalRefusal, openJournal } from "@/connectors/hubspot/journal";
import { RemoteError } from "@/connectors/hubspot/remote-error";
import type { Db, Tx } from "@/db/client";
import { journalPositions } from "@/db/schema/journal";
import { env } from "@/lib/env";
import { errorFields, log } from "@/lib/log";
import { hubspotApp } from "@/services/connections/hubspot-app";
import type { Deps } from "@/services/context";
import { listActiveIntegrations } from "@/services/integrations/list-active";
import { startReconcile } from "@/services/reconcile/start-reconcile";
import { storeNotices } from "./store-notices";
import { subscribeJournal } from "./subscribe-journal";

export type JournalReading = {
  notices: number;
  /** HubSpot had thrown away what comes after our place: everything is compared instead. */
  expired: boolean;
  refused: boolean;
};

const filesAtOnce = 10;
const mostRounds = 20;

/**
 * Reads HubSpot's webhooks journal from where it was left, and marks what it tells of. Invariants:
 * - the place moves in the transaction that keeps what the file brought: a crash reads a file twice and never skips one;
 * - a file that was read twice marks nothing twice;
 * - of a place that has expired nobody knows what was missed: reading begins at the earliest, and all is compared.
 */
export async function readJournal(deps: Deps): Promise<JournalReading> {
  const appId = env().HUBSPOT_APP_ID;
  const reading: JournalReading = { notices: 0, expired: false, refused: false };
  const journal = openJournal(hubspotApp());
  await deps.db.insert(journalPositions).values({ appId }).onConflictDoNothing();
  try {
    const accounts = await subscribeJournal(deps.db, journal);
    for (let round = 0; accounts.size && round < mostRounds; round += 1) {
      const pointers = await filesAfter(deps, journal, appId, reading);
      for (const pointer of pointers)
        reading.notices += await takeIn(deps, journal, { appId, pointer, accounts });
      if (!pointers.length) break;
    }
    await settle(deps.db, appId, { refusedAt: null });
  } catch (error) {
    if (!isJournalRefusal(error)) throw error;
    log.warn("journal/refused", errorFields(error));
    await settle(deps.db, appId, { refusedAt: new Date() });
    reading.refused = true;
  }
  return reading;
}

type Pointers = Awaited<ReturnType<HubspotJournal["filesAfter"]>>;

async function filesAfter(
  deps: Deps,
  journal: HubspotJournal,
  appId: string,
  reading: JournalReading,
): Promise<Pointers> {
  const offset = await placeOf(deps.db, appId);
  try {
    return await journal.filesAfter(offset, filesAtOnce);
  } catch (error) {
    if (!(error instanceof RemoteError) || error.kind !== "not_found" || offset === null) throw error;
  }
  reading.expired = true;
  log.warn("journal/expired", {});
  const active = await listActiveIntegrations(deps);
  await deps.db.transaction(async (tx) => {
    await move(tx, appId, null);
    await startReconcile(tx, active);
  });
  return await journal.filesAfter(null, filesAtOnce);
}

async function takeIn(
  deps: Deps,
  journal: HubspotJournal,
  file: { appId: string; pointer: Pointers[number]; accounts: Set<string> },
): Promise<number> {
  const { appId, pointer, accounts } = file;
  const { notices, unreadable } = await journal.read(pointer);
  if (unreadable) log.warn("journal/unreadable", { count: unreadable });
  const own = notices.filter(({ accountId }) => accounts.has(accountId));
  const { stored, wake } = await deps.db.transaction(async (tx) => {
    const told = own.length ? await storeNotices(tx, own, appId) : { stored: 0, wake: [] };
    await move(tx, appId, pointer.offset);
    return told;
  });
  if (wake.length) await deps.wake(wake);
  return stored;
}

async function placeOf(db: Db, appId: string): Promise<string | null> {
  const [row] = await db.select().from(journalPositions).where(eq(journalPositions.appId, appId));
  return row?.offset ?? null;
}

async function move(tx: Tx, appId: string, offset: string | null): Promise<void> {
  await tx.update(journalPositions).set({ offset }).where(eq(journalPositions.appId, appId));
}

async function settle(db: Db, appId: string, { refusedAt }: { refusedAt: Date | null }): Promise<void> {
  await db
    .update(journalPositions)
    .set({ refusedAt, readAt: new Date() })
    .where(eq(journalPositions.appId, appId));
}
