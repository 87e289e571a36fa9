import { lt, sql } from "drizzle-orm";
import { oauthStates } from "@/db/schema/integrations";
import { rateSlots } from "@/db/schema/rates";
import { harmCounts } from "@/db/schema/safety";
import { changeNotices } from "@/db/schema/sync";
import { signInFailures } from "@/db/schema/workspaces";
import type { Deps } from "@/services/context";

/**
 * Removes what has served its purpose: notices of a week ago, minutes that no fuse's window reaches, old sign-in
 * failures, expired connect tries, slots of accounts that nobody calls any more.
 */
export async function purgeExpired({ db }: Deps): Promise<void> {
  await db.delete(changeNotices).where(lt(changeNotices.receivedAt, sql`now() - interval '7 days'`));
  await db.delete(harmCounts).where(lt(harmCounts.minute, sql`now() - interval '2 days'`));
  await db.delete(signInFailures).where(lt(signInFailures.at, sql`now() - interval '1 day'`));
  await db.delete(rateSlots).where(lt(rateSlots.freeAt, sql`now() - interval '1 day'`));
  await db.delete(oauthStates).where(lt(oauthStates.expiresAt, sql`now() - interval '1 day'`));
}
