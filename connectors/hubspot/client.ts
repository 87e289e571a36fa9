import { type HubspotAccount, openAccount } from "./account";
import { type HubspotContacts, openContacts } from "./contacts";
import { type HubspotLists, openLists } from "./lists";
import { localBudget } from "./memory-slots";
import { type HubspotOwners, openOwners } from "./owners";
import { type HubspotProperties, openProperties } from "./properties";
import type { RateBudget } from "./rate-budget";
import { openTransport, type TransportOptions } from "./transport";

/** One HubSpot account. Every method throws `RemoteError` for what HubSpot refuses or fails to do. */
export type HubspotClient = {
  contacts: HubspotContacts;
  properties: HubspotProperties;
  lists: HubspotLists;
  owners: HubspotOwners;
  account: HubspotAccount;
};

export type HubspotOptions = Omit<TransportOptions, "budget"> & {
  apiUrl: string;
  /** Shared by all clients of one account; without it, this client has one of its own. */
  budget?: RateBudget | undefined;
};

export function openHubspot({ apiUrl, budget, ...options }: HubspotOptions): HubspotClient {
  const transport = openTransport({ ...options, budget: budget ?? localBudget() });
  return {
    contacts: openContacts(apiUrl, transport),
    properties: openProperties(apiUrl, transport),
    lists: openLists(apiUrl, transport),
    owners: openOwners(apiUrl, transport),
    account: openAccount(apiUrl, transport),
  };
}
