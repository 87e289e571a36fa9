import { type HubspotAccount, openAccount } from "./account";
import { type HubspotContacts, openContacts } from "./contacts";
import { type HubspotLists, openLists } from "./lists";
import { type HubspotOwners, openOwners } from "./owners";
import { type HubspotProperties, openProperties } from "./properties";
import { openTransport, type TransportOptions } from "./transport";

/** One HubSpot account. Every method throws `RemoteError` for what HubSpot refuses or fails to do. */
export type HubspotClient = {
  contacts: HubspotContacts;
  properties: HubspotProperties;
  lists: HubspotLists;
  owners: HubspotOwners;
  account: HubspotAccount;
};

/** `budget`: shared by all clients of one account. */
export type HubspotOptions = TransportOptions & { apiUrl: string };

export function openHubspot({ apiUrl, ...options }: HubspotOptions): HubspotClient {
  const transport = openTransport(options);
  return {
    contacts: openContacts(apiUrl, transport),
    properties: openProperties(apiUrl, transport),
    lists: openLists(apiUrl, transport),
    owners: openOwners(apiUrl, transport),
    account: openAccount(apiUrl, transport),
  };
}
