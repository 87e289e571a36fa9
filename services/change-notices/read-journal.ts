import { eq } from "drizzle-orm";
import type { ChangeKind, ChangeNotice } from "@/connectors/hubspot/change-notice";
import { type HubspotJournal, isJournalRefusal, openJournal } from "@/connectors/hubspot/journal";
import { type JournalFile, LOST_FILE } from "@/connectors/hubspot/journal-file";
import { RemoteError } from "@/connectors/hubspot/remote-error";
import type { Db, Tx } from "@/db/client";
import { journalPositions } from "@/db/schema/journal";
import { env } from "@/lib/env";
import { errorFields, log } from "@/lib/log";
import { confirmUninstalls } from "@/services/connections/confirm-uninstalls";
import { hubspotApp } from "@/services/connections/hubspot-app";
import { noteUninstalled } from "@/services/connections/note-uninstalled";
import type { Deps } from "@/services/context";
import { listActiveIntegrations } from "@/services/integrations/list-active";
import { compareAfresh } from "@/services/reconcile/compare-afresh";
import type { JournalExtent } from "./change-source";
import { type FaultPlace, notingFault } from "./noting-fault";
import { storeChangeNotices } from "./store-change-notices";
import { subscribeJournal } from "./subscribe-journal";
import { noteUntold, untoldChangeNotices } from "./untold-change-notices";

export type JournalReading = {
  notices: number;
  /** HubSpot had thrown away what comes after our place: everything is compared instead. */
  expired: boolean;
  /** Files that could not be read, and were passed over: everything is compared instead. */
  passedOver: number;
  refused: boolean;
};

const filesAtOnce = 10;
const mostRounds = 20;
/** A minute or less apart: of a file that HubSpot does not have, or that holds something else, and of any other. */
const mostTriesOfLost = 5;
const mostTries = 120;
/** The search finds these each minute; a removal only the daily comparison would, and that it was for privacy nothing. */
const searchFinds: ChangeKind[] = ["contact.creation", "contact.propertyChange"];

/**
 * Reads HubSpot's webhooks journal from where it was left, and marks what it tells of. Invariants:
 * - the place moves in the transaction that keeps what the file brought, of uninstalls too: a crash reads a file twice and
 *   never skips one;
 * - a file that was read twice marks nothing twice;
 * - of a place that has expired nobody knows what was missed: reading begins at the earliest, and all is compared;
 * - a file that stays unreadable is passed over after some tries, and all is compared: it holds up no other;
 * - it counts as read only once nothing was left to read.
 */
export async function readJournal(deps: Deps, extent: JournalExtent = "everything"): Promise<JournalReading> {
  const appId = env().HUBSPOT_APP_ID;
  const place: FaultPlace = {
    read: async () => (await positionOf(deps.db, appId))?.fault ?? null,
    keep: (fault) => keep(deps.db, appId, { fault }),
  };
  return await notingFault(place, () => readOn(deps, appId, extent));
}

async function readOn(deps: Deps, appId: string, extent: JournalExtent): Promise<JournalReading> {
  const reading: JournalReading = { notices: 0, expired: false, passedOver: 0, refused: false };
  const journal = openJournal(hubspotApp());
  // Of those that an earlier reading left open.
  await confirmUninstalls(deps);
  try {
    const accounts = await subscribeJournal(deps.db, journal, appId);
    if (!accounts.size || extent === "nothing") return reading;
    let isUpToDate = false;
    for (let round = 0; !isUpToDate && round < mostRounds; round += 1) {
      const pointers = await filesAfter(deps, journal, appId, reading);
      for (const pointer of pointers)
        await takeIn(deps, journal, { appId, pointer, accounts, extent }, reading);
      isUpToDate = !pointers.length;
    }
    await keep(deps.db, appId, { refusedAt: null, ...(isUpToDate ? { readAt: new Date() } : {}) });
  } catch (error) {
    if (!isJournalRefusal(error)) throw error;
    log.warn("journal/refused", errorFields(error));
    await keep(deps.db, appId, { refusedAt: new Date(), readAt: new Date() });
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
  const offset = (await positionOf(deps.db, appId))?.offset ?? null;
  try {
    return await journal.filesAfter(offset, filesAtOnce);
  } catch (error) {
    if (!(error instanceof RemoteError) || error.kind !== "not_found" || offset === null) throw error;
  }
  reading.expired = true;
  log.warn("journal/expired", {});
  await goOnComparing(deps, appId, null);
  return await journal.filesAfter(null, filesAtOnce);
}

/** Nobody knows what was missed before this place. */
async function goOnComparing(deps: Deps, appId: string, offset: string | null): Promise<void> {
  const active = await listActiveIntegrations(deps);
  await deps.db.transaction(async (tx) => {
    await keep(tx, appId, { offset, stuck: null });
    await compareAfresh(tx, active);
  });
}

async function takeIn(
  deps: Deps,
  journal: HubspotJournal,
  file: { appId: string; pointer: Pointers[number]; accounts: Set<string>; extent: JournalExtent },
  reading: JournalReading,
): Promise<void> {
  const { appId, pointer, accounts, extent } = file;
  const read = await readFile(deps, journal, appId, pointer);
  if (!read) {
    reading.passedOver += 1;
    return await goOnComparing(deps, appId, pointer.offset);
  }
  const { notices, unreadable, uninstalled } = read;
  if (unreadable) log.warn("journal/unreadable", { count: unreadable });
  const own = notices.filter(({ accountId }) => accounts.has(accountId));
  const { stored, wake } = await deps.db.transaction(async (tx) => {
    const news = extent === "everything" ? own : await untoldChangeNotices(tx, own.filter(isRemoval));
    const told = news.length ? await storeChangeNotices(tx, news, appId) : { stored: 0, wake: [] };
    if (extent === "removals") await noteUntold(tx, news);
    await noteUninstalled(tx, uninstalled);
    await keep(tx, appId, { offset: pointer.offset, stuck: null });
    return told;
  });
  if (wake.length) await deps.wake(wake);
  reading.notices += stored;
  if (uninstalled.length) await confirmUninstalls(deps);
}

/** Undefined once it has failed so often that it is given up. */
async function readFile(
  { db }: Deps,
  journal: HubspotJournal,
  appId: string,
  pointer: Pointers[number],
): Promise<JournalFile | undefined> {
  try {
    return await journal.read(pointer);
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    const before = (await positionOf(db, appId))?.stuck;
    const { offset } = pointer;
    const tries = (before?.offset === offset ? before.tries : 0) + 1;
    if (tries >= (error.category === LOST_FILE ? mostTriesOfLost : mostTries)) {
      log.error("journal/file-passed-over", { offset, tries, ...errorFields(error) });
      return undefined;
    }
    await keep(db, appId, { stuck: { offset, tries } });
    throw error;
  }
}

function isRemoval({ kind }: ChangeNotice): boolean {
  return !searchFinds.includes(kind);
}

async function positionOf(db: Db, appId: string) {
  const [row] = await db.select().from(journalPositions).where(eq(journalPositions.appId, appId));
  return row;
}

type Position = Omit<typeof journalPositions.$inferInsert, "appId">;

async function keep(db: Db | Tx, appId: string, position: Position): Promise<void> {
  await db
    .insert(journalPositions)
    .values({ appId, ...position })
    .onConflictDoUpdate({ target: journalPositions.appId, set: position });
}
