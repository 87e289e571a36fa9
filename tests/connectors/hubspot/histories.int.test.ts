import { afterAll, beforeAll, expect, test } from "vitest";
import type { HubspotClient } from "@/connectors/hubspot/client";
import { APP, type SandboxAccount, startSandboxAccount } from "./sandbox-account";

let account: SandboxAccount;
let hubspot: HubspotClient;
beforeAll(async () => {
  account = await startSandboxAccount();
  hubspot = account.open();
});
afterAll(() => account.close());

let serial = 0;
const newContact = (more: Record<string, string> = {}) =>
  account.newContact({ email: `past${++serial}@example.org`, ...more });

test("a history tells what a property held, since when and by whom, newest first", async () => {
  const before = Date.now();
  const id = await newContact({ city: "Recife" });
  await hubspot.contacts.update([{ id, properties: { city: "Natal" } }]);
  await hubspot.contacts.update([{ id, properties: { city: "Natal" } }]);
  await account.asUser("PATCH", `/contacts/${id}`, { properties: { city: "" } });
  const city = (await hubspot.contacts.readHistories([{ id, properties: ["city"] }])).get(id)?.city ?? [];
  const person = { source: "CRM_UI", sourceId: "userId:5101", userId: "5101" };
  const app = { source: "INTEGRATION", sourceId: String(APP.appId), userId: undefined };
  expect(city).toEqual([
    { value: "", at: expect.any(Date), ...person },
    { value: "Natal", at: expect.any(Date), ...app },
    { value: "Recife", at: expect.any(Date), ...person },
  ]);
  const times = city.map(({ at }) => at.getTime());
  expect(times).toEqual([...times].sort((one, other) => other - one));
  expect(times.every((at) => at >= before && at <= Date.now())).toBe(true);
});

test("each contact is given the properties that were asked of it, empty ones without entries", async () => {
  const [one, other] = [
    await newContact({ city: "Recife" }),
    await newContact({ city: "Olinda", phone: "1" }),
  ];
  const found = await hubspot.contacts.readHistories([
    { id: one, properties: ["city"] },
    { id: other, properties: ["phone"] },
    { id: one, properties: ["phone", "no_such_property"] },
    { id: "404404404", properties: ["city"] },
  ]);
  expect([...found.keys()].sort()).toEqual([one, other].sort());
  expect(found.get(one)).toMatchObject({ city: [{ value: "Recife" }], phone: [], no_such_property: [] });
  expect(Object.keys(found.get(other) ?? {})).toEqual(["phone"]);
});

test("nothing is asked where no property is wanted", async () => {
  const id = await newContact();
  account.faults.set({ failNext: { count: 1, status: 400, match: "batch/read" } });
  expect(await hubspot.contacts.readHistories([{ id, properties: [] }])).toEqual(new Map());
  expect(await hubspot.contacts.readHistories([])).toEqual(new Map());
  account.faults.set({});
});

test("more than fifty contacts are asked for in several calls", async () => {
  const ids = [];
  for (let i = 0; i < 120; i++) ids.push(await newContact({ city: `City ${i}` }));
  const found = await hubspot.contacts.readHistories(ids.map((id) => ({ id, properties: ["city"] })));
  expect(ids.map((id) => found.get(id)?.city?.[0]?.value)).toEqual(ids.map((_, i) => `City ${i}`));
});

test("a merged contact's history is found under the ids it absorbed", async () => {
  const [primaryId, otherId] = [await newContact(), await newContact({ city: "Olinda" })];
  await account.asUser("POST", "/contacts/merge", { primaryId, otherId });
  const found = await hubspot.contacts.readHistories(
    [primaryId, otherId].map((id) => ({ id, properties: ["city"] })),
  );
  for (const id of [primaryId, otherId]) expect(found.get(id)?.city).toMatchObject([{ value: "Olinda" }]);
});

test("a value that cannot be kept as it is reads in a history as it reads in the contact", async () => {
  const id = await newContact({ city: "Rec\u0000ife \ud83d" });
  const [contact] = (await hubspot.contacts.readByIds([id], ["city"])).values();
  const city = (await hubspot.contacts.readHistories([{ id, properties: ["city"] }])).get(id)?.city ?? [];
  expect(contact?.properties.city).toBe("Recife \ufffd");
  expect(city.map(({ value }) => value)).toEqual(["Recife \ufffd"]);
});
