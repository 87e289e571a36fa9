import { eq } from "drizzle-orm";
import { journalPositions } from "@/db/schema/journal";
import { env } from "@/lib/env";
import type { Deps } from "@/services/context";
import {
  type ChangeSource,
  changeSource,
  type JournalExtent,
  journalExtent,
  readsRecycleBin,
} from "./change-source";

/** How this installation learns of changes at this moment. */
export async function currentSource(deps: Pick<Deps, "db">, now = new Date()): Promise<ChangeSource> {
  return changeSource(await currentReach(deps), now);
}

/** What of the journal this installation is to read at this moment, if anything. */
export async function currentJournalExtent(
  deps: Pick<Deps, "db">,
  now = new Date(),
): Promise<JournalExtent | undefined> {
  return journalExtent(await currentReach(deps), now);
}

/** Whether this installation is to look for removals in the recycle bins of HubSpot's accounts. */
export async function currentlyReadsRecycleBin(deps: Pick<Deps, "db">, now = new Date()): Promise<boolean> {
  return readsRecycleBin(await currentReach(deps), now);
}

async function currentReach({ db }: Pick<Deps, "db">) {
  const { APP_URL, HUBSPOT_APP_ID, SANDBOX_URL } = env();
  const [position] = await db
    .select()
    .from(journalPositions)
    .where(eq(journalPositions.appId, HUBSPOT_APP_ID));
  return {
    appUrl: APP_URL,
    sandbox: SANDBOX_URL !== undefined,
    journalRefusedAt: position?.refusedAt ?? null,
    journalReadAt: position?.readAt ?? null,
    journalFailsSince: position?.fault ? new Date(position.fault.since) : null,
  };
}
