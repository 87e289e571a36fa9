import { decided } from "@/services/sync/commit-page";
import { contactReader } from "@/services/sync/contact-reader";
import { gatherRecords } from "@/services/sync/gather-records";
import { observePairs } from "@/services/sync/observe-page";
import type { PageContext } from "@/services/sync/page-context";
import { pairRecords } from "@/services/sync/pair-records";
import { planPage } from "@/services/sync/plan-page";
import type { ContactRecord } from "@/services/sync/record-work";
import { isSettled } from "./is-settled";
import type { PageState } from "./page-state";
import type { Found } from "./save-found";

type Sources = Parameters<typeof planPage>[0];

/** Plans the linked pairs of a page as the ordinary line would, from contacts at hand, and carries nothing out. */
export async function comparePairs(
  sources: Sources,
  page: PageContext,
  contacts: ContactRecord[],
  { linked, statusOf, isNews }: PageState,
): Promise<Found[]> {
  const found = new Map<string, Found>();
  const add = (recordId: string, outcome: Found["outcome"]) =>
    found.set(recordId, { side: "snov", recordId, outcome });
  for (const { contact, links } of linked)
    for (const { prospectId } of links)
      if (statusOf("snov", prospectId)?.reason === "not_transferred" && !isNews(contact))
        add(prospectId, "known");

  const open = linked.filter(({ links }) => links.some(({ prospectId }) => !found.has(prospectId)));
  if (!open.length) return [...found.values()];
  const reader = contactReader(sources.hubspot.contacts, page);
  const claimed = open.map(({ contact }) => ({ ...nobody, side: "hubspot" as const, recordId: contact.id }));
  const known = await gatherRecords(sources.db, reader, page, claimed, contacts);
  const pairs = pairRecords(known, reader, claimed);
  const observations = await observePairs(sources, page, reader, pairs);
  for (const work of await planPage(sources, page, observations, new Set())) {
    const { prospectId } = work.link ?? {};
    if (!prospectId || found.has(prospectId)) continue;
    const outcome = decided(work, page, new Map());
    const settled = isSettled(work, outcome, statusOf("snov", prospectId));
    const alike = outcome.kind === "settled" && outcome.verdict.status === "in_sync";
    add(prospectId, settled ? (alike ? "equal" : "known") : "marked");
  }
  return [...found.values()];
}

/** No pending row stands behind what is compared. */
const nobody = { id: 0, generation: 0, attempts: 0, noticedAt: new Date(0), latestNoticeAt: new Date(0) };
