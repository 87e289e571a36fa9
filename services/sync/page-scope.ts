import type { HubspotClient } from "@/connectors/hubspot/client";
import type { ProspectRecord } from "@/connectors/prospects/prospect-record";
import type { Scope } from "@/db/schema/integrations";

export function prospectInScope(scope: Scope, prospect: ProspectRecord): boolean {
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
