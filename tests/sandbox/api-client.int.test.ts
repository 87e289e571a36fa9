import { Client } from "@hubspot/api-client";
import {
  PropertyCreateFieldTypeEnum,
  PropertyCreateTypeEnum,
} from "@hubspot/api-client/lib/codegen/crm/properties/models/PropertyCreate.js";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { ACCOUNT, startTestSandbox, type TestSandbox } from "./test-sandbox";

// Processes and retries take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

interface RequestContext {
  getUrl(): string;
  setUrl(url: string): void;
}

let sandbox: TestSandbox;
let client: Client;

beforeAll(async () => {
  sandbox = await startTestSandbox({ seed: "demo" });
  const { access_token: accessToken } = await sandbox.connect();
  client = new Client({
    accessToken,
    basePath: sandbox.url,
    middleware: [dateVersion],
    limiterOptions: { maxConcurrent: 5 },
  });
});
afterAll(() => sandbox.close());

// HubSpot's client speaks version 3; its calls ride on the dated version by their paths.
const dateVersion = {
  pre: async (context: RequestContext) => {
    const url = context
      .getUrl()
      .replace("/crm/v3/objects/", "/crm/objects/2026-03/")
      .replace(/\/crm\/v3\/(properties|lists|owners)/, "/crm/$1/2026-03");
    context.setUrl(url);
    return context;
  },
  post: async (context: unknown) => context,
};

test("HubSpot's own client creates, reads, updates, merges, archives and searches contacts", async () => {
  const { basicApi, batchApi, searchApi } = client.crm.contacts;
  const made = await basicApi.create({
    properties: { email: "sdk+1@client.example", firstname: "Sol" },
    associations: [],
  });
  expect(made.properties.email).toBe("sdk+1@client.example");
  const read = await basicApi.getById(
    "sdk+1@client.example",
    ["firstname", "phone"],
    undefined,
    undefined,
    false,
    "email",
  );
  expect(read.properties).toMatchObject({ firstname: "Sol", phone: null });
  expect((await basicApi.update(made.id, { properties: { phone: "+55 11" } })).properties.phone).toBe(
    "+55 11",
  );
  const page = await basicApi.getPage(100, undefined, ["email", "firstname"]);
  expect(page.results).toHaveLength(100);
  expect(page.paging?.next?.after).toBeTruthy();
  const batch = await batchApi.read({
    inputs: page.results.map(({ id }) => ({ id })),
    properties: ["email"],
    propertiesWithHistory: [],
  });
  expect(batch.results).toHaveLength(100);
  const upserted = await batchApi.upsert({
    inputs: [{ id: "sdk+2@client.example", idProperty: "email", properties: { firstname: "Lua" } }],
  });
  expect(upserted.results[0]).toMatchObject({ _new: true });
  const merged = await basicApi.merge({
    primaryObjectId: made.id,
    objectIdToMerge: upserted.results[0]?.id ?? "",
  });
  const found = await searchApi.doSearch({ query: "client.example", limit: 5 });
  expect(found.results.map(({ id }) => id)).toEqual([merged.id]);
  await basicApi.archive(merged.id);
  await expect(basicApi.getById(merged.id)).rejects.toMatchObject({ code: 404 });
});

test("HubSpot's own client reads and creates properties", async () => {
  const { coreApi, groupsApi } = client.crm.properties;
  const all = await coreApi.getAll("contacts");
  expect(all.results.length).toBeGreaterThan(35);
  const made = await coreApi.create("contacts", {
    name: "shoe_size",
    label: "Shoe size",
    type: PropertyCreateTypeEnum.Number,
    fieldType: PropertyCreateFieldTypeEnum.Number,
    groupName: "contactinformation",
  });
  expect(await coreApi.getByName("contacts", "shoe_size")).toMatchObject({
    name: made.name,
    label: "Shoe size",
  });
  expect((await groupsApi.getAll("contacts")).results).toHaveLength(2);
});

test("HubSpot's own client reads lists, memberships, owners and the account", async () => {
  const search = { additionalProperties: [], offset: 0, listIds: [], processingTypes: [] };
  const { lists } = await client.crm.lists.listsApi.doSearch(search);
  expect(lists.map(({ name, processingType }) => [name, processingType])).toEqual([
    ["Trade fair visitors", "MANUAL"],
    ["All leads", "DYNAMIC"],
    ["Contacts in Brazil", "DYNAMIC"],
  ]);
  const first = await client.crm.lists.membershipsApi.getPage("1", undefined, undefined, 60);
  const second = await client.crm.lists.membershipsApi.getPage("1", first.paging?.next?.after, undefined, 60);
  expect([first.results.length, second.results.length, second.paging]).toEqual([60, 40, undefined]);
  expect((await client.crm.owners.ownersApi.getPage()).results).toHaveLength(4);
  const details = await client.apiRequest({ path: "/account-info/2026-03/details" });
  expect(await details.json()).toMatchObject({ portalId: ACCOUNT });
});
