import { afterAll, beforeAll, expect, test } from "vitest";
import { type ContactBody, startTestSandbox, type TestSandbox } from "./test-sandbox";

interface SearchAnswer {
  total: number;
  results: ContactBody[];
  paging?: { next: { after: string } };
  message?: string;
}

let sandbox: TestSandbox;

beforeAll(async () => {
  sandbox = await startTestSandbox();
  const people = [
    {
      email: "ada@s.example",
      firstname: "Ada",
      team_size: "5",
      renewal_date: "2026-01-10",
      interests: "analytics;training",
    },
    {
      email: "bo@s.example",
      firstname: "Bo",
      team_size: "50",
      renewal_date: "2026-02-10",
      interests: "automation",
    },
    { email: "cy@t.example", firstname: "Cy", team_size: "9" },
  ];
  const inputs = people.map((properties) => ({ properties }));
  await sandbox.call("POST", "/crm/objects/2026-03/contacts/batch/create", { inputs });
});
afterAll(() => sandbox.close());

function has(propertyName: string) {
  return { propertyName, operator: "HAS_PROPERTY" };
}

async function search(body: object) {
  return sandbox.call<SearchAnswer>("POST", "/crm/objects/2026-03/contacts/search", {
    properties: ["firstname"],
    ...body,
  });
}

async function names(filter: object) {
  const { body } = await search({ filterGroups: [{ filters: [filter] }] });
  return body.results.map(({ properties }) => properties.firstname);
}

test.each([
  [{ propertyName: "email", operator: "EQ", value: "ADA@s.example" }, ["Ada"]],
  [{ propertyName: "email", operator: "IN", values: ["ada@s.example", "cy@t.example"] }, ["Ada", "Cy"]],
  [{ propertyName: "firstname", operator: "NEQ", value: "ada" }, ["Bo", "Cy"]],
  [{ propertyName: "team_size", operator: "GT", value: "8" }, ["Bo", "Cy"]],
  [{ propertyName: "team_size", operator: "BETWEEN", value: "5", highValue: "9" }, ["Ada", "Cy"]],
  [{ propertyName: "renewal_date", operator: "GTE", value: String(Date.UTC(2026, 1, 10)) }, ["Bo"]],
  [{ propertyName: "renewal_date", operator: "NOT_HAS_PROPERTY" }, ["Cy"]],
  [{ propertyName: "interests", operator: "EQ", value: "training" }, ["Ada"]],
  [{ propertyName: "email", operator: "CONTAINS_TOKEN", value: "*s.example" }, ["Ada", "Bo"]],
])("filter %j finds %j", async (filter, expected) => {
  expect(await names(filter)).toEqual(expected);
});

test("groups are alternatives, and paging follows the sort", async () => {
  const request = {
    filterGroups: ["ada", "bo", "cy"].map((value) => ({
      filters: [{ propertyName: "firstname", operator: "EQ", value }],
    })),
    sorts: [{ propertyName: "team_size", direction: "DESCENDING" }],
    limit: 2,
  };
  const first = await search(request);
  expect(first.body.results.map(({ properties }) => properties.firstname)).toEqual(["Bo", "Cy"]);
  const second = await search({ ...request, after: first.body.paging?.next.after });
  expect(second.body.results.map(({ properties }) => properties.firstname)).toEqual(["Ada"]);
  expect(second.body.paging).toBeUndefined();
});

test.each([
  [{ limit: 201 }],
  [{ after: "9995", limit: 10 }],
  [{ query: "x".repeat(3000) }],
  [{ filterGroups: Array.from({ length: 6 }, () => ({ filters: [] })) }],
  [{ filterGroups: [{ filters: [{ propertyName: "nothing", operator: "HAS_PROPERTY" }] }] }],
  [{ filterGroups: [{ filters: [{ propertyName: "email", operator: "EQ" }] }] }],
  [{ sorts: ["email", "firstname"] }],
  [{ filterGroups: [{ filters: Array.from({ length: 7 }, () => has("email")) }] }],
  [
    {
      filterGroups: Array.from({ length: 4 }, () => ({
        filters: Array.from({ length: 5 }, () => has("email")),
      })),
    },
  ],
])("a search over the limits is refused (%#)", async (body) => {
  expect((await search(body)).status).toBe(400);
});

test("contacts can be walked by id while they change", async () => {
  const seen: string[] = [];
  for (let last = "0"; ; ) {
    const { body } = await search({
      filterGroups: [{ filters: [{ propertyName: "hs_object_id", operator: "GT", value: last }] }],
      sorts: [{ propertyName: "hs_object_id", direction: "ASCENDING" }],
      limit: 2,
    });
    seen.push(...body.results.map(({ id }) => id));
    if (body.results.length < 2) break;
    last = seen.at(-1) ?? last;
  }
  expect(new Set(seen).size).toBe(3);
});

test("a search sees what was written only after the lag, and never what was deleted", async () => {
  await sandbox.control("PATCH", "/settings", { searchLagMs: 20_000 });
  await sandbox.control("PATCH", "/clock", { frozen: true });
  const made = async (firstname: string) =>
    (await sandbox.call<ContactBody>("POST", "/crm/objects/2026-03/contacts", { properties: { firstname } }))
      .body.id;
  const found = async () =>
    (await search({ query: "lagging" })).body.results.map(({ properties }) => properties.firstname);
  const write = (id: string, firstname: string) =>
    sandbox.call("PATCH", `/crm/objects/2026-03/contacts/${id}`, { properties: { firstname } });
  const advance = (advanceMs: number) => sandbox.control("PATCH", "/clock", { advanceMs });
  const id = await made("Lagging one");
  const other = await made("Lagging two");
  expect(await found()).toEqual([]);
  await advance(15_000);
  await write(id, "Lagging three");
  await advance(5_000);
  expect(await found()).toEqual(["Lagging one", "Lagging two"]);
  await sandbox.call("DELETE", `/crm/objects/2026-03/contacts/${other}`);
  expect(await found()).toEqual(["Lagging one"]);
  await advance(15_000);
  expect(await found()).toEqual(["Lagging three"]);
});
