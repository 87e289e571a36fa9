import type { HubspotClient } from "@/connectors/hubspot/client";
import type { PageContext } from "@/services/sync/page-context";
import { contactsInScope } from "@/services/sync/page-scope";
import type { PageState } from "./page-state";
import type { Found } from "./save-found";

/**
 * Contacts without a link: those that changed since launch and that nobody has looked at since are marked, and those that
 * have come into the chosen lists. The others were there before launch, or are known for what keeps them.
 */
export async function sortUnlinked(
  hubspot: HubspotClient,
  page: PageContext,
  { unlinked, statusOf, isNews, isOnItsWay }: PageState,
): Promise<Found[]> {
  const outside = unlinked.filter(({ id }) => statusOf("hubspot", id)?.reason === "out_of_scope");
  const inScope = outside.length
    ? await contactsInScope(
        hubspot,
        page.incomingScope,
        outside.map(({ id }) => id),
      )
    : () => false;
  return unlinked.flatMap((contact): Found[] => {
    const record = { side: "hubspot" as const, recordId: contact.id };
    const status = statusOf("hubspot", contact.id);
    if (isNews(contact) || (status?.reason === "out_of_scope" && inScope(contact.id)))
      return [{ ...record, outcome: isOnItsWay(contact) ? "queued" : "marked" }];
    return status ? [{ ...record, outcome: "known" }] : [];
  });
}
