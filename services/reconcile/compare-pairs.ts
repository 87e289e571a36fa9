import { decided } from "@/services/sync/commit-page";
import type { Verdict } from "@/services/sync/outcome";
import type { PageContext } from "@/services/sync/page-context";
import { planRecords } from "@/services/sync/plan-records";
import type { ContactRecord } from "@/services/sync/record-work";
import { isSettled } from "./is-settled";
import type { PageState } from "./page-state";
import type { Found } from "./save-found";

type Sources = Parameters<typeof planRecords>[0];

/** Plans the linked pairs of a page as the ordinary line would, from contacts at hand, and carries nothing out. */
export async function comparePairs(
  sources: Sources,
  page: PageContext,
  contacts: ContactRecord[],
  { linked, statusOf, isNews, isOnItsWay }: PageState,
): Promise<Found[]> {
  const found = new Map<string, Found>();
  const add = (recordId: string, outcome: Found["outcome"], verdict?: Verdict) =>
    found.set(recordId, { side: "snov", recordId, outcome, ...(verdict ? { verdict } : {}) });
  for (const { contact, links } of linked)
    for (const { prospectId } of links)
      if (statusOf("snov", prospectId)?.reason === "not_transferred" && !isNews(contact))
        add(prospectId, "known");

  const open = linked.filter(({ links }) => links.some(({ prospectId }) => !found.has(prospectId)));
  if (!open.length) return [...found.values()];
  const asked = open.map(({ contact }) => ({ side: "hubspot" as const, recordId: contact.id }));
  for (const work of await planRecords(sources, page, asked, contacts)) {
    const { prospectId } = work.link ?? {};
    if (!prospectId || found.has(prospectId)) continue;
    const outcome = decided(work, page, new Map());
    const settled = isSettled(work, outcome, statusOf("snov", prospectId));
    const verdict = settled && outcome.kind === "settled" ? outcome.verdict : null;
    const differs = work.contact && isOnItsWay(work.contact) ? "queued" : "marked";
    if (!verdict) add(prospectId, differs);
    else if (verdict.status !== "in_sync") add(prospectId, "known");
    else add(prospectId, verdict.reason === "one_way" ? "one_way" : "equal", verdict);
  }
  return [...found.values()];
}
