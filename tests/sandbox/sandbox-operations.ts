import { accountRoutes } from "../../sandbox/hubspot/account/account-routes";
import { batchRoutes } from "../../sandbox/hubspot/contacts/batch-routes";
import { contactRoutes } from "../../sandbox/hubspot/contacts/contact-routes";
import { listRoutes } from "../../sandbox/hubspot/lists/list-routes";
import { membershipRoutes } from "../../sandbox/hubspot/lists/membership-routes";
import { installRoutes } from "../../sandbox/hubspot/oauth/install-routes";
import { tokenRoutes } from "../../sandbox/hubspot/oauth/token-routes";
import { propertyRoutes } from "../../sandbox/hubspot/properties/property-routes";
import { journalRoutes } from "../../sandbox/hubspot/webhooks-journal/journal-routes";
import { snapshotRoutes } from "../../sandbox/hubspot/webhooks-journal/snapshot-routes";
import { subscriptionRoutes } from "../../sandbox/hubspot/webhooks-journal/subscription-routes";

const routes = [
  contactRoutes,
  batchRoutes,
  propertyRoutes,
  listRoutes,
  membershipRoutes,
  accountRoutes,
  installRoutes,
  tokenRoutes,
  journalRoutes,
  subscriptionRoutes,
  snapshotRoutes,
];

/** What the sandbox answers in HubSpot's stead: method and pattern of each. */
export const sandboxOperations = routes.flat().map(({ method, pattern }) => `${method} ${pattern}`);
