import { matchKey } from "@/sync/match-key";
import { ownValue } from "@/sync/own-value";
import { writesTo } from "@/sync/writes-to";
import { contactKeys } from "./contact-keys";
import type { PageContext } from "./page-context";
import type { RecordWork } from "./record-work";

/**
 * Whether the prospect keeps its primary address as a further one where the page gives it another: where the two trade places,
 * as long as the contact has it, and where nobody has ever agreed on one. So putting one back finds what stood beside it.
 */
export function keepsAddress({ planner, undoneBy }: PageContext, work: RecordWork): boolean {
  const { plan, prospect, contact } = work;
  const identity = planner.mappings.find((mapping) => mapping.identity);
  if (plan.kind !== "pair" || !prospect || !contact || !identity) return false;
  const next = ownValue(plan.writes.snov, identity.fields.snov);
  if (next === undefined) return false;
  const [primary = "", ...further] = prospect.emails.map(matchKey);
  if (further.includes(matchKey(String(next)))) return true;
  const isPutBack = undoneBy !== null || ownValue(plan.resolved, identity.id)?.outcome === "undone";
  if (isPutBack) return false;
  if (ownValue(plan.baseBefore, identity.id) === undefined) return true;
  const fields = { ...contact.fields, ...writesTo(plan, "hubspot") };
  return contactKeys({ fields }).includes(primary);
}
