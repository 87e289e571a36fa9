// Definitions change under an app's feet: by its own calls, by other apps, and by people in HubSpot's pages.
import { afterAll, beforeAll, expect, test } from "vitest";
import { journalReader } from "./journal-reader";
import {
  ACCOUNT,
  type BatchBody,
  type ContactBody,
  type ErrorBody,
  SCOPES,
  startTestSandbox,
  type TestSandbox,
} from "./test-sandbox";
import { startReceiver } from "./webhook-receiver";

const contacts = "/crm/objects/2026-03/contacts";
const properties = "/crm/properties/2026-03/contacts";
let sandbox: TestSandbox;
let receiver: Awaited<ReturnType<typeof startReceiver>>;

beforeAll(async () => {
  receiver = await startReceiver();
  sandbox = await startTestSandbox({ webhookUrl: receiver.url });
});
afterAll(async () => {
  await sandbox.close();
  await receiver.close();
});

const create = (values: Record<string, string>) =>
  sandbox.call<ContactBody & ErrorBody>("POST", contacts, { properties: values });
const write = (id: string, values: Record<string, string>) =>
  sandbox.call<ContactBody & ErrorBody>("PATCH", `${contacts}/${id}`, { properties: values });
const readValue = async (id: string, name: string) =>
  (await sandbox.call<ContactBody>("GET", `${contacts}/${id}?properties=${name}`)).body.properties[name];
const decide = (name: string, decision: object) =>
  sandbox.control("PATCH", `/accounts/${ACCOUNT}/properties/${name}`, decision);
const codesOf = ({ errors }: ErrorBody) => errors?.map(({ code }) => code);

test("a removed option is refused, and whoever has it keeps it", async () => {
  const { body } = await create({ email: "tier@options.example", account_tier: "tier_1" });
  const options = [{ label: "Growth", value: "tier_2", displayOrder: 0, hidden: false }];
  expect((await sandbox.call("PATCH", `${properties}/account_tier`, { options })).status).toBe(200);
  const refused = await create({ email: "other@options.example", account_tier: "tier_1" });
  expect([refused.status, codesOf(refused.body)]).toEqual([400, ["INVALID_OPTION"]]);
  expect((await write(body.id, { city: "Faro" })).status).toBe(200);
  expect(await readValue(body.id, "account_tier")).toBe("tier_1");
  expect((await write(body.id, { account_tier: "tier_2" })).status).toBe(200);
});

test("an app changes the options of HubSpot's own lists and nothing else of them", async () => {
  const path = `${properties}/hs_lead_status`;
  const options = [{ label: "Warm", value: "WARM", displayOrder: 0, hidden: false }];
  expect((await sandbox.call("PATCH", path, { label: "Mine" })).status).toBe(400);
  expect((await sandbox.call("PATCH", path, { options })).status).toBe(200);
  expect((await create({ email: "warm@options.example", hs_lead_status: "WARM" })).status).toBe(201);
  expect((await sandbox.call("PATCH", `${properties}/hs_object_id`, { options })).status).toBe(400);
});

test("a renamed property has another label and the same name", async () => {
  await sandbox.call("PATCH", `${properties}/preferred_name`, { label: "Nickname", hasUniqueValue: true });
  const { body } = await sandbox.call("GET", `${properties}/preferred_name`);
  expect(body).toMatchObject({ name: "preferred_name", label: "Nickname", hasUniqueValue: false });
});

test("an archived property does not exist for writes, and comes back with its values", async () => {
  const { body } = await create({ email: "kept@archive.example", team_size: "7" });
  const inputs = [{ name: "team_size" }, { name: "nothing" }];
  expect((await sandbox.call("POST", `${properties}/batch/archive`, { inputs })).status).toBe(204);
  const refused = await write(body.id, { team_size: "8" });
  expect(codesOf(refused.body)).toEqual(["PROPERTY_DOESNT_EXIST"]);
  expect(await readValue(body.id, "team_size")).toBeUndefined();
  expect((await sandbox.call("GET", `${properties}/team_size?archived=true`)).status).toBe(200);
  await decide("team_size", { archived: false });
  expect(await readValue(body.id, "team_size")).toBe("7");
});

test("a person makes a property read-only, and its writes are refused by name", async () => {
  const { body } = await create({ email: "locked@readonly.example" });
  await decide("crm_reference", { readOnlyValue: true });
  const refused = await write(body.id, { crm_reference: "X", city: "Faro" });
  expect(codesOf(refused.body)).toEqual(["READ_ONLY_VALUE"]);
  await decide("crm_reference", { readOnlyValue: false });
  expect((await write(body.id, { crm_reference: "X" })).status).toBe(200);
});

test("a sensitive property is out of reach without its scope, and its value is not pushed", async () => {
  await sandbox.control("PATCH", "/settings", { journalDelayMs: 0 });
  const { body } = await create({ email: "secret@sensitive.example" });
  const journal = await journalReader(sandbox);
  await journal.subscribe({ properties: ["message"] });
  await decide("message", { dataSensitivity: "sensitive" });
  const refused = await write(body.id, { message: "x" });
  expect(refused).toMatchObject({
    status: 403,
    body: { errors: [{ context: { requiredGranularScopes: ["crm.objects.contacts.sensitive.write"] } }] },
  });
  await sandbox.control("PATCH", `/accounts/${ACCOUNT}/contacts/${body.id}`, {
    properties: { message: "private" },
  });
  expect(await readValue(body.id, "message")).toBeUndefined();
  expect((await write(body.id, { city: "Faro" })).body.properties.message).toBeUndefined();
  expect((await sandbox.call("GET", `${properties}/message`)).status).toBe(404);
  expect((await sandbox.call("GET", `${properties}/message?dataSensitivity=sensitive`)).status).toBe(200);
  const scope = [...SCOPES, "crm.objects.contacts.sensitive.read"].join(" ");
  const { access_token } = await sandbox.connect({ scope });
  const seen = await sandbox.raw<ContactBody>(
    "GET",
    `${contacts}/${body.id}?properties=message`,
    undefined,
    access_token,
  );
  expect(seen.body.properties.message).toBe("private");
  await receiver.untilEvents((events) => events.some(({ propertyName }) => propertyName === "message"));
  const pushed = receiver.events().find(({ propertyName }) => propertyName === "message");
  expect(pushed).toMatchObject({ propertyValue: "REDACTED", isSensitive: true });
  expect(await journal.all()).toMatchObject([{ action: "UPDATE", propertyChanges: { message: "REDACTED" } }]);
});

test("a sensitive property's definition is read without its scope, and made or changed with it alone", async () => {
  const definition = {
    name: "secret_code",
    label: "Secret code",
    type: "string",
    fieldType: "text",
    groupName: "contactinformation",
    dataSensitivity: "sensitive",
  };
  const needed = {
    errors: [{ context: { requiredGranularScopes: ["crm.objects.contacts.sensitive.write"] } }],
  };
  expect(await sandbox.call("POST", properties, definition)).toMatchObject({ status: 403, body: needed });
  const scope = [...SCOPES, "crm.objects.contacts.sensitive.write"].join(" ");
  const { access_token } = await sandbox.connect({ scope });
  expect((await sandbox.raw("POST", properties, definition, access_token)).status).toBe(201);
  const change = { label: "Code" };
  const path = `${properties}/secret_code`;
  expect(await sandbox.call("PATCH", path, change)).toMatchObject({ status: 403, body: needed });
  expect((await sandbox.raw("PATCH", path, change, access_token)).status).toBe(200);
  const shown = await sandbox.call<{ results: { name: string }[] }>(
    "GET",
    `${properties}?dataSensitivity=sensitive`,
  );
  expect(shown.body.results.map(({ name }) => name)).toContain("secret_code");
  const read = (dataSensitivity: string) =>
    sandbox.call("POST", `${properties}/batch/read`, {
      inputs: [{ name: "secret_code" }],
      archived: false,
      dataSensitivity,
    });
  expect((await read("non_sensitive")).status).toBe(207);
  expect((await read("sensitive")).status).toBe(200);
});

test("batches find contacts by a property with unique values, in any of their reads and writes", async () => {
  const unique = { idProperty: "crm_reference" };
  const inputs = ["B-1", "B-2"].map((id) => ({ ...unique, id, properties: { firstname: id } }));
  const made = await sandbox.call<BatchBody>("POST", `${contacts}/batch/upsert`, { inputs });
  expect(made.body.results.map((result) => result.new)).toEqual([true, true]);
  const updated = await sandbox.call<BatchBody>("POST", `${contacts}/batch/update`, {
    inputs: [{ ...unique, id: "B-1", properties: { city: "Faro" } }],
  });
  expect(updated.body.results).toMatchObject([
    { id: made.body.results[0]?.id, properties: { city: "Faro" } },
  ]);
  const read = await sandbox.call<BatchBody>("POST", `${contacts}/batch/read`, {
    ...unique,
    properties: ["firstname"],
    inputs: [{ id: "b-2" }, { id: "B-3" }],
  });
  expect(read.status).toBe(207);
  expect(read.body.results).toMatchObject([{ properties: { firstname: "B-2" } }]);
  const taken = await create({ email: "taken@unique.example", crm_reference: "B-1" });
  expect(codesOf(taken.body)).toEqual(["CONFLICTING_UNIQUE_VALUE"]);
  const byOther = { inputs: [{ id: "x" }], idProperty: "city", properties: [] };
  expect((await sandbox.call("POST", `${contacts}/batch/read`, byOther)).status).toBe(400);
});

test("an account has ten properties with unique values and no more", async () => {
  const add = (at: number) =>
    sandbox.call("POST", properties, {
      name: `unique_${at}`,
      label: "U",
      type: "string",
      fieldType: "text",
      groupName: "salesdetails",
      hasUniqueValue: true,
    });
  const statuses = [];
  for (let at = 2; at <= 11; at++) statuses.push((await add(at)).status);
  expect(statuses).toEqual([...Array(9).fill(201), 400]);
});
