import { type HubspotAccount, openAccount } from "./account";
import { type HubspotContacts, openContacts } from "./contacts";
import { type HubspotLists, openLists } from "./lists";
import { type HubspotOwners, openOwners } from "./owners";
import { type HubspotProperties, openProperties } from "./properties";
import { openTransport, type Transport, type TransportOptions } from "./transport";

/** One HubSpot account. Every method throws `RemoteError` for what HubSpot refuses or fails to do. */
export type HubspotClient = {
  contacts: HubspotContacts;
  properties: HubspotProperties;
  lists: HubspotLists;
  owners: HubspotOwners;
  account: HubspotAccount;
  /** HubSpot's own clock at its last answer, to the second and never before it; null until an answer has told it. */
  time(): Date | null;
};

/** `budget`: shared by all clients of one account. */
export type HubspotOptions = TransportOptions & { apiUrl: string };

export function openHubspot({ apiUrl, ...options }: HubspotOptions): HubspotClient {
  const send = openTransport(options);
  let time: Date | null = null;
  const transport: Transport = async (request) => {
    const answer = await send(request);
    time = endOfSecond(answer.headers.date) ?? time;
    return answer;
  };
  return {
    contacts: openContacts(apiUrl, transport),
    properties: openProperties(apiUrl, transport),
    lists: openLists(apiUrl, transport),
    owners: openOwners(apiUrl, transport),
    account: openAccount(apiUrl, transport),
    time: () => time,
  };
}

function endOfSecond(header: string | undefined): Date | null {
  const ms = Date.parse(header ?? "");
  return Number.isNaN(ms) ? null : new Date(ms + 999);
}
