import type { PageContext } from "@/services/sync/page-context";
import { planInput } from "@/services/sync/plan-page";
import type { RecordWork } from "@/services/sync/record-work";
import { withoutOtherWay } from "@/sync/decline";
import type { OpenTransfer } from "./open-transfer";

/** A transfer's plan for one record, with nothing that would go against the direction which a person chose. Pure. */
export function alongDirection(
  page: PageContext,
  { fromSnov, fromHubspot }: Pick<OpenTransfer, "fromSnov" | "fromHubspot">,
  work: RecordWork,
): RecordWork {
  const { plan } = work;
  if (plan.kind !== "pair" || fromSnov === fromHubspot) return work;
  const from = fromSnov ? "snov" : "hubspot";
  const { plan: narrowed, edited } = withoutOtherWay(plan, from, page.planner.mappings, planInput(work));
  return { ...work, plan: narrowed, left: edited };
}
