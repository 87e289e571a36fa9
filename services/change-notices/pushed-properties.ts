import { IDENTITY_PROPERTIES } from "@/connectors/hubspot/contact";
import { defaultMappings } from "@/sync/default-mappings";

/** Those whose changes webhooks tell of. The app's file in HubSpot names them, one list for all accounts. */
export const pushedProperties = [
  ...new Set([...IDENTITY_PROPERTIES, ...defaultMappings.map(({ hubspotProperty }) => hubspotProperty)]),
];
