import type { OauthApp } from "@/connectors/hubspot/oauth";
import { env } from "@/lib/env";

/** Our app, as the environment describes it. */
export function hubspotApp(): OauthApp {
  const { HUBSPOT_API_URL, HUBSPOT_APP_URL, HUBSPOT_CLIENT_ID, HUBSPOT_CLIENT_SECRET, APP_URL } = env();
  return {
    apiUrl: HUBSPOT_API_URL,
    appUrl: HUBSPOT_APP_URL,
    clientId: HUBSPOT_CLIENT_ID,
    clientSecret: HUBSPOT_CLIENT_SECRET,
    redirectUri: `${APP_URL}/api/hubspot/callback`,
  };
}
