import { Client } from "@hubspot/api-client";
import { FilterOperatorEnum } from "@hubspot/api-client/lib/codegen/crm/contacts/index.js";
import { versionedUrl } from "@/connectors/hubspot/api-version";
import type { SyncWorld } from "@/tests/support/sync-world";

/** What a first attempt looks like: each record searched by e-mail, then created or updated. Returns records a second. */
export async function plainLoop({ sandbox }: SyncWorld, records: number): Promise<number> {
  const { access_token: accessToken } = await sandbox.connect();
  const { crm } = new Client({ accessToken, basePath: sandbox.url, middleware: [dated] });
  const begun = performance.now();
  for (let n = 1; n <= records; n += 1) {
    const properties = { email: `q${n}@bench.example`, firstname: `First ${n}`, jobtitle: `Title ${n}` };
    const { results } = await crm.contacts.searchApi.doSearch({
      filterGroups: [
        { filters: [{ propertyName: "email", operator: FilterOperatorEnum.Eq, value: properties.email }] },
      ],
      properties: ["email"],
      limit: 1,
      after: "",
      sorts: [],
    });
    const [found] = results;
    if (found) await crm.contacts.basicApi.update(found.id, { properties });
    else await crm.contacts.basicApi.create({ properties, associations: [] });
  }
  return (records * 1000) / (performance.now() - begun);
}

type SdkRequest = { getUrl(): string; setUrl(url: string): void };

/** The client writes the paths of v3. */
const dated = {
  pre: async (request: SdkRequest) => {
    request.setUrl(versionedUrl(request.getUrl()));
    return request;
  },
  post: async (response: unknown) => response,
};
