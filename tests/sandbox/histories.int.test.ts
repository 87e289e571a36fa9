import { afterAll, beforeAll, expect, test } from "vitest";
import { ACCOUNT, type ContactBody, startTestSandbox, type TestSandbox } from "./test-sandbox";

type Version = { value: string; sourceType: string; sourceId: string };
type Histories = ContactBody & { propertiesWithHistory: Record<string, Version[]> };

const contacts = "/crm/objects/2026-03/contacts";
const person = { sourceType: "CRM_UI", sourceId: "userId:5101" };
const app = { sourceType: "INTEGRATION", sourceId: "4711" };
let sandbox: TestSandbox;

beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());

const create = async (properties: Record<string, string>) =>
  (await sandbox.call<ContactBody>("POST", contacts, { properties })).body.id;
const asApp = (id: string, properties: Record<string, string>) =>
  sandbox.call("PATCH", `${contacts}/${id}`, { properties });
const asPerson = (id: string, properties: Record<string, string>) =>
  sandbox.control("PATCH", `/accounts/${ACCOUNT}/contacts/${id}`, { properties });
const readAll = (ids: string[], names: string[]) =>
  sandbox.call<{ results: Histories[] }>("POST", `${contacts}/batch/read`, {
    inputs: ids.map((id) => ({ id })),
    properties: [],
    propertiesWithHistory: names,
  });
const historyOf = async (id: string, name: string) =>
  (await readAll([id], [name])).body.results[0]?.propertiesWithHistory[name];

test("a write of the value that is there adds nothing, whoever writes it", async () => {
  const id = await create({ email: "same@past.example", city: "Faro" });
  await asApp(id, { city: "Faro" });
  await asPerson(id, { city: "Faro" });
  const inputs = [{ id, properties: { city: "Faro", phone: "" } }];
  await sandbox.call("POST", `${contacts}/batch/update`, { inputs });
  expect(await historyOf(id, "city")).toMatchObject([{ value: "Faro", ...app }]);
  expect(await historyOf(id, "phone")).toEqual([]);
});

test("a value that comes back has an entry of its own", async () => {
  const id = await create({ email: "back@past.example", city: "Faro" });
  await asPerson(id, { city: "Porto" });
  await asApp(id, { city: "Faro" });
  expect(await historyOf(id, "city")).toMatchObject([
    { value: "Faro", ...app },
    { value: "Porto", ...person },
    { value: "Faro", ...app },
  ]);
});

test("after a merge each history begins with the value that the survivor has", async () => {
  const primary = await create({ email: "one@past.example", city: "Faro", phone: "1" });
  await asPerson(primary, { phone: "" });
  const other = await create({ email: "two@past.example", company: "Acme", phone: "2" });
  const merged = await sandbox.control<ContactBody>("POST", `/accounts/${ACCOUNT}/contacts/merge`, {
    primaryId: primary,
    otherId: other,
  });
  const { id } = merged.body;
  const merge = { sourceType: "MERGE_OBJECTS", sourceId: "userId:5101" };
  expect(await historyOf(id, "city")).toMatchObject([{ value: "Faro", ...app }]);
  expect(await historyOf(id, "company")).toMatchObject([{ value: "Acme", ...app }]);
  expect(await historyOf(id, "phone")).toMatchObject([
    { value: "2", ...merge },
    { value: "", ...person },
    { value: "1", ...app },
  ]);
  expect(await historyOf(id, "hs_additional_emails")).toMatchObject([
    { value: "two@past.example", ...merge },
  ]);
});

test("histories are read for fifty contacts at most", async () => {
  const ids = Array.from({ length: 51 }, (_, at) => String(at + 1));
  expect((await readAll(ids, ["city"])).status).toBe(400);
  expect((await readAll(ids, [])).status).toBe(207);
  expect((await readAll(ids.slice(1), ["city"])).status).toBe(207);
});
