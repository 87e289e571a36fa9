import * as sdk from "@hubspot/api-client/lib/codegen/crm/owners/index.js";
import { z } from "zod";
import { storableText } from "@/lib/storable-text";
import { configureSdk, understood } from "./sdk";
import type { Transport } from "./transport";

/** A user of the account, by the id that property histories name them with. */
export type HubspotUser = { userId: string; name: string };
export type HubspotOwners = {
  /** Those who have left included; each user once, whatever records of owners there are of one. */
  listUsers(): Promise<HubspotUser[]>;
};

const PAGE_SIZE = 100;
const Page = z.object({
  results: z.array(
    z.object({
      email: z.string().nullish(),
      firstName: z.string().nullish(),
      lastName: z.string().nullish(),
      userId: z.number().nullish(),
      userIdIncludingInactive: z.number().nullish(),
    }),
  ),
  paging: z.object({ next: z.object({ after: z.string() }).optional() }).optional(),
});

export function openOwners(apiUrl: string, transport: Transport): HubspotOwners {
  const owners = new sdk.OwnersApi(configureSdk(sdk, apiUrl, transport));
  return {
    async listUsers() {
      const left = await list(true);
      return [...new Map([...left, ...(await list(false))])].map(([userId, name]) => ({ userId, name }));
    },
  };

  /** Names by user. */
  async function list(archived: boolean): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    let after: string | undefined;
    do {
      const page = await understood("list owners", Page, () =>
        owners.getPage(undefined, after, PAGE_SIZE, archived),
      );
      for (const { userId, userIdIncludingInactive, email, firstName, lastName } of page.results) {
        const id = userIdIncludingInactive ?? userId;
        const name = [firstName, lastName].filter(Boolean).join(" ") || email;
        if (id && name) found.set(String(id), storableText(name));
      }
      after = page.paging?.next?.after;
    } while (after);
    return found;
  }
}
