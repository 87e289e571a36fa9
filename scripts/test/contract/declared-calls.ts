const contacts = "/crm/objects/2026-03/contacts";
const properties = "/crm/properties/2026-03/{objectType}";
const journal = "/webhooks-journal/journal/2026-03/batch";
const subscriptions = "/webhooks-journal/subscriptions/2026-03";

/**
 * Every place in the connector's source that calls HubSpot, as `callSites` names it, and the operations that it can become,
 * as HubSpot's description names them. A test holds this against the source, so that no call can be added without being
 * declared, and a whole test run fails where one of the operations is never asked for.
 */
export const declaredCalls: Record<string, string[]> = {
  "account.ts GET": ["GET /account-info/2026-03/details"],
  "account.ts DELETE": ["DELETE /appinstalls/2026-03/external-install"],
  "archive-contacts.ts batch.archive": [`POST ${contacts}/batch/archive`],
  "archive-contacts.ts basic.archive": [`DELETE ${contacts}/{contactId}`],
  "contacts.ts basic.getPage": [`GET ${contacts}`],
  "contacts.ts search.doSearch": [`POST ${contacts}/search`],
  "journal.ts POST": [`POST ${subscriptions}`],
  "journal.ts DELETE": [`DELETE ${subscriptions}/{subscriptionId}`],
  "journal.ts DELETE 2": [`DELETE ${subscriptions}/portals/{portalId}`],
  "journal.ts GET": [`GET ${subscriptions}`],
  "journal.ts GET 2": [`GET ${journal}/earliest/{count}`, `GET ${journal}/{offset}/next/{count}`],
  "lists.ts lists.doSearch": ["POST /crm/lists/2026-03/search"],
  "lists.ts memberships.getPageOrderedByAddedToListDate": [
    "GET /crm/lists/2026-03/{listId}/memberships/join-order",
  ],
  "lists.ts POST": ["POST /crm/lists/2026-03/records/memberships/batch/read"],
  "oauth.ts /token": ["POST /oauth/2026-03/token"],
  "oauth.ts /token 2": ["POST /oauth/2026-03/token"],
  "oauth.ts /token/introspect": ["POST /oauth/2026-03/token/introspect"],
  "oauth.ts /token/revoke": ["POST /oauth/2026-03/token/revoke"],
  "owners.ts owners.getPage": ["GET /crm/owners/2026-03"],
  "properties.ts core.getAll": [`GET ${properties}`],
  "properties.ts core.getAll 2": [`GET ${properties}`],
  "properties.ts GET": [`GET ${properties}`],
  "properties.ts core.create": [`POST ${properties}`],
  "read-contacts.ts batch.read": [`POST ${contacts}/batch/read`],
  "read-histories.ts batch.read": [`POST ${contacts}/batch/read`],
  "write-contacts.ts batch.createWithHttpInfo": [`POST ${contacts}/batch/create`],
  "write-contacts.ts batch.updateWithHttpInfo": [`POST ${contacts}/batch/update`],
  "write-contacts.ts basic.create": [`POST ${contacts}`],
  "write-contacts.ts basic.update": [`PATCH ${contacts}/{contactId}`],
};

export function declaredOperations(): string[] {
  return [...new Set(Object.values(declaredCalls).flat())].sort();
}

const patterns = [
  // The SDK's generated calls, by the names that its parts have everywhere in the connector.
  /\b(?:basic|batch|search|core|lists|memberships|owners)\.\w+(?=\()/g,
  // A call that the SDK does not have, whichever of the two is named first.
  /(?<=\bmethod: ")[A-Z]+(?=",\s*url\b)|(?<=\burl\b[:,][^{}]*\bmethod: ")[A-Z]+(?=")/g,
  // The token service's.
  /(?<=\bpost\(app, ")[/\w]+(?=")/g,
];

/** The places in a file of the connector that call HubSpot; of several with one name all after the first have a number. */
export function callSites(file: string, source: string): string[] {
  const callsHubspot = /from "(@hubspot\/api-client|\.\/(call-json|transport|oauth-error)")/.test(source);
  if (!callsHubspot) return [];
  const found = patterns.flatMap((pattern) => source.match(pattern) ?? []);
  return found.map((site, place) => {
    const number = found.slice(0, place).filter((earlier) => earlier === site).length + 1;
    return `${file} ${site}${number > 1 ? ` ${number}` : ""}`;
  });
}
