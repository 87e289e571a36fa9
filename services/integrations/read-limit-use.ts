import { usualLimits } from "@/connectors/hubspot/rate-budget";
import type { Db } from "@/db/client";
import { type LimitUse, limitUse } from "@/db/queries/limit-use";
import type { CallKind } from "@/db/schema/rates";
import { accountKey } from "@/services/connections/account-budget";

/** How much of an account's limit is in use. The caller has checked that the account is the workspace's. */
export async function readLimitUse(db: Db, accountId: string): Promise<Record<CallKind, LimitUse>> {
  const known = await limitUse(db, accountKey(accountId));
  return { general: known.general ?? unused("general"), search: known.search ?? unused("search") };
}

function unused(kind: CallKind): LimitUse {
  const { maxCalls, windowMs } = usualLimits[kind];
  return { used: 0, foreign: 0, allowed: maxCalls, windowMs, paused: null };
}
