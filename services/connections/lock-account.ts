import type { Tx } from "@/db/client";
import { lockSubject } from "@/db/lock-subject";

/**
 * HubSpot knows our app's installation in an account, and not which workspace lives on it: who comes to an account, who
 * leaves it and who decides whether he is the last go one after the other, before they lock any row.
 */
export function lockAccount(tx: Tx, accountId: string): Promise<void> {
  return lockSubject(tx, "account", accountId);
}
