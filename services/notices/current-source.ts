import { eq } from "drizzle-orm";
import { journalPositions } from "@/db/schema/journal";
import { env } from "@/lib/env";
import type { Deps } from "@/services/context";
import { type ChangeSource, changeSource } from "./change-source";

/** How this installation learns of changes at this moment. */
export async function currentSource({ db }: Pick<Deps, "db">, now = new Date()): Promise<ChangeSource> {
  const { APP_URL, HUBSPOT_APP_ID, SANDBOX_URL } = env();
  const [position] = await db
    .select({ refusedAt: journalPositions.refusedAt })
    .from(journalPositions)
    .where(eq(journalPositions.appId, HUBSPOT_APP_ID));
  const reach = {
    appUrl: APP_URL,
    sandbox: SANDBOX_URL !== undefined,
    journalRefusedAt: position?.refusedAt ?? null,
  };
  return changeSource(reach, now);
}
