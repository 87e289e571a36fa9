import { afterAll, beforeAll, expect, test } from "vitest";
import { type ErrorBody, startTestSandbox, type TestSandbox } from "./test-sandbox";

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox({ seed: "demo" });
});
afterAll(() => sandbox.close());

const contacts = "/crm/objects/2026-03/contacts";
const properties = "/crm/properties/2026-03/contacts";
const lists = "/crm/lists/2026-03";
const owners = "/crm/owners/2026-03";

test.each([
  [`${contacts}?archived=maybe`, `${contacts}?archived=false`],
  [`${contacts}?archived=True`, `${contacts}?archived=true`],
  [`${contacts}?archived=`, contacts],
  [`${contacts}?limit=abc`, `${contacts}?limit=1`],
  [`${properties}?archived=1`, `${properties}?archived=true`],
  [`${properties}?dataSensitivity=secret`, `${properties}?dataSensitivity=sensitive`],
  [`${properties}/email?dataSensitivity=Sensitive`, `${properties}/email?dataSensitivity=non_sensitive`],
  [`${lists}?listIds=1&includeFilters=yes`, `${lists}?listIds=1&includeFilters=true`],
  [`${lists}/1?includeFilters=0`, `${lists}/1?includeFilters=false`],
  [`${lists}/1/memberships?limit=1.5`, `${lists}/1/memberships?limit=250`],
  [`${owners}?archived=no`, `${owners}?archived=true`],
  [`${owners}/5101?idProperty=user`, `${owners}/5101?idProperty=userId`],
])("the query of %s is refused, and that of %s is not", async (wrong, right) => {
  const { status, body } = await sandbox.call<ErrorBody>("GET", wrong);
  expect({ status, category: body.category }).toEqual({ status: 400, category: "VALIDATION_ERROR" });
  expect((await sandbox.call("GET", right)).status).toBe(200);
});

test("a batch read is refused, too, with a query that says neither yes nor no", async () => {
  const read = (archived: string) =>
    sandbox.call("POST", `${contacts}/batch/read?archived=${archived}`, { inputs: [], properties: [] });
  expect((await read("maybe")).status).toBe(400);
  expect((await read("true")).status).toBe(200);
});
