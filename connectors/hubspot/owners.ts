import * as sdk from "@hubspot/api-client/lib/codegen/crm/owners/index.js";
import { z } from "zod";
import { configureSdk, understood } from "./sdk";
import type { Transport } from "./transport";

/** A user of the account, by the id that property histories name them with. */
export type HubspotUser = { userId: string; name: string };
export type HubspotOwners = {
  /** Those who have left included. */
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
      return [...(await list(true)), ...(await list(false))];
    },
  };

  async function list(archived: boolean): Promise<HubspotUser[]> {
    const found: HubspotUser[] = [];
    let after: string | undefined;
    do {
      const page = await understood("list owners", Page, () =>
        owners.getPage(undefined, after, PAGE_SIZE, archived),
      );
      for (const { userId, userIdIncludingInactive, email, firstName, lastName } of page.results) {
        const id = userIdIncludingInactive ?? userId;
        const name = [firstName, lastName].filter(Boolean).join(" ") || email;
        if (id && name) found.push({ userId: String(id), name });
      }
      after = page.paging?.next?.after;
    } while (after);
    return found;
  }
}
