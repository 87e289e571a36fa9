import { sharedBudget } from "@/connectors/hubspot/postgres-slots";
import type { RateBudget } from "@/connectors/hubspot/rate-budget";
import type { Deps } from "@/services/context";
import { hubspotApp } from "./hubspot-app";

const budgets = new WeakMap<Deps["db"], Map<string, RateBudget>>();

/** One per account, so that the callers of a process wait in one line. */
export function accountBudget(
  { db, budgetOf }: Pick<Deps, "db" | "budgetOf">,
  accountId: string,
): RateBudget {
  const account = accountKey(accountId);
  if (budgetOf) return budgetOf(account);
  const known = budgets.get(db) ?? new Map<string, RateBudget>();
  budgets.set(db, known);
  const budget = known.get(account) ?? sharedBudget(db, account);
  known.set(account, budget);
  return budget;
}

/** The same in every workspace that is connected to this account. */
export function accountKey(accountId: string): string {
  return `${hubspotApp().apiUrl} ${accountId}`;
}
