import { z } from "zod";
import { API_VERSION } from "./api-version";
import { callJson } from "./call-json";
import type { Transport } from "./transport";

export type Account = { id: string; timeZone: string; domain: string };
export type HubspotAccount = {
  details(): Promise<Account>;
  /** Takes our app out of the account; HubSpot tells its admins by mail. */
  uninstall(): Promise<void>;
};

const Details = z.object({ portalId: z.number(), timeZone: z.string(), uiDomain: z.string() });

export function openAccount(apiUrl: string, transport: Transport): HubspotAccount {
  return {
    async details() {
      const url = `${apiUrl}/account-info/${API_VERSION}/details`;
      const { portalId, timeZone, uiDomain } = await callJson(transport, Details, { method: "GET", url });
      return { id: String(portalId), timeZone, domain: uiDomain };
    },
    async uninstall() {
      await transport({ method: "DELETE", url: `${apiUrl}/appinstalls/${API_VERSION}/external-install` });
    },
  };
}
