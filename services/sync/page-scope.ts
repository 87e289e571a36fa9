import type { HubspotClient } from "@/connectors/hubspot/client";
import type { ProspectRecord } from "@/connectors/prospects/prospect-record";
import type { Scope } from "@/db/schema/integrations";
import type { Both } from "@/sync/side";
import type { PageContext } from "./page-context";
import type { LinkRow } from "./record-work";

export function prospectInScope(scope: Scope, prospect: Pick<ProspectRecord, "listIds">): boolean {
  return scope.kind === "all" || scope.ids.some((id) => prospect.listIds.includes(id));
}

/** Asks HubSpot for memberships only where chosen lists limit what comes in. */
export async function contactsInScope(
  hubspot: HubspotClient,
  scope: Scope,
  contactIds: string[],
): Promise<(contactId: string) => boolean> {
  if (scope.kind === "all") return () => true;
  const memberships = contactIds.length
    ? await hubspot.lists.membershipsOf(contactIds)
    : new Map<string, Set<string>>();
  return (contactId) => scope.ids.some((id) => memberships.get(contactId)?.has(id));
}

/** Where a record is that we have just made: a prospect in the receiving list, a contact in no list that HubSpot has told of. */
export function madeInScope(
  page: Pick<PageContext, "outgoingScope" | "incomingScope" | "receivingListId">,
): Both<boolean> {
  return {
    snov: prospectInScope(page.outgoingScope, { listIds: [page.receivingListId] }),
    hubspot: page.incomingScope.kind === "all",
  };
}

/**
 * Where a record was when it was removed. A prospect in the trash is still in its lists; of a contact only the last look
 * knows, and what it does not know is in no chosen list: nothing is removed for it.
 */
export function removedInScope(
  page: Pick<PageContext, "outgoingScope" | "incomingScope">,
  link: LinkRow,
  listIds: string[],
): Both<boolean> {
  return {
    snov: prospectInScope(page.outgoingScope, { listIds }),
    hubspot: page.incomingScope.kind === "all" || link.inScope.hubspot,
  };
}
