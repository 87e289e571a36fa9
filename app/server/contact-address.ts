import "server-only";
import { env } from "@/lib/env";

/** Where people find a contact of a HubSpot account; `{id}` stands for the contact's. The sandbox has one page for all. */
export function contactAddress(accountId: string): string {
  const { SANDBOX_URL, HUBSPOT_APP_URL } = env();
  return SANDBOX_URL
    ? `${SANDBOX_URL}/accounts/${accountId}/contacts`
    : `${HUBSPOT_APP_URL}/contacts/${accountId}/record/0-1/{id}`;
}
