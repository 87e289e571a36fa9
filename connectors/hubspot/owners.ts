import * as sdk from "@hubspot/api-client/lib/codegen/crm/owners/index.js";
import { z } from "zod";
import { configureSdk, understood } from "./sdk";
import type { Transport } from "./transport";

export type Owner = { id: string; name: string };
export type HubspotOwners = { list(): Promise<Owner[]> };

const PAGE_SIZE = 100;
const Page = z.object({
  results: z.array(
    z.object({
      id: z.string(),
      email: z.string().nullish(),
      firstName: z.string().nullish(),
      lastName: z.string().nullish(),
    }),
  ),
  paging: z.object({ next: z.object({ after: z.string() }).optional() }).optional(),
});

export function openOwners(apiUrl: string, transport: Transport): HubspotOwners {
  const owners = new sdk.OwnersApi(configureSdk(sdk, apiUrl, transport));
  return {
    async list() {
      const found: Owner[] = [];
      let after: string | undefined;
      do {
        const page = await understood("list owners", Page, () =>
          owners.getPage(undefined, after, PAGE_SIZE, false),
        );
        for (const { id, email, firstName, lastName } of page.results)
          found.push({ id, name: [firstName, lastName].filter(Boolean).join(" ") || email || id });
        after = page.paging?.next?.after;
      } while (after);
      return found;
    },
  };
}
