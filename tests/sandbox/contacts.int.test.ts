import { afterAll, beforeAll, expect, test } from "vitest";
import { type ContactBody, type ErrorBody, startTestSandbox, type TestSandbox } from "./test-sandbox";

const contacts = "/crm/objects/2026-03/contacts";
let sandbox: TestSandbox;

beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());

async function read(id: string, names: string) {
  return sandbox.call<ContactBody & { propertiesWithHistory?: Record<string, { value: string }[]> }>(
    "GET",
    `${contacts}/${id}?properties=${names}`,
  );
}

test("a created contact answers 201 and is found by id, by e-mail and with its empty properties as null", async () => {
  const made = await sandbox.call<ContactBody>("POST", contacts, {
    properties: { email: "A+b@One.example", city: "Porto" },
  });
  expect(made.status).toBe(201);
  expect(made.body.properties).toMatchObject({
    email: "a+b@one.example",
    city: "Porto",
    hs_object_id: made.body.id,
  });
  const found = await sandbox.call<ContactBody>(
    "GET",
    `${contacts}/a%2Bb%40one.example?idProperty=email&properties=city&properties=phone,nothing`,
  );
  expect(found.body.properties).toEqual({
    city: "Porto",
    phone: null,
    hs_object_id: made.body.id,
    createdate: expect.any(String),
    lastmodifieddate: expect.any(String),
  });
});

test("an address that another contact has answers 409 with the id of that contact", async () => {
  const first = await sandbox.createContact({ email: "taken@two.example" });
  const second = await sandbox.createContact({ email: "free@two.example" });
  for (const answer of [
    await sandbox.call<ErrorBody>("POST", contacts, { properties: { email: "TAKEN@two.example" } }),
    await sandbox.call<ErrorBody>("PATCH", `${contacts}/${second.id}`, {
      properties: { email: "taken@two.example" },
    }),
  ]) {
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({
      category: "CONFLICT",
      message: `Contact already exists. Existing ID: ${first.id}`,
    });
  }
});

test("one bad property refuses the whole write and is named in the message and in the errors", async () => {
  const { id } = await sandbox.createContact({ email: "whole@three.example", city: "Before" });
  const properties = {
    city: "After",
    nothing: "x",
    createdate: "1",
    account_tier: "gold",
    email: "nonsense",
  };
  const refused = await sandbox.call<ErrorBody>("PATCH", `${contacts}/${id}`, { properties });
  expect(refused.status).toBe(400);
  expect(refused.body.category).toBe("VALIDATION_ERROR");
  const faults = JSON.parse(refused.body.message.replace("Property values were not valid: ", ""));
  const codes = Object.fromEntries(
    faults.map((fault: { name: string; error: string }) => [fault.name, fault.error]),
  );
  expect(codes).toEqual({
    nothing: "PROPERTY_DOESNT_EXIST",
    createdate: "READ_ONLY_VALUE",
    account_tier: "INVALID_OPTION",
    email: "INVALID_EMAIL",
  });
  expect(refused.body.errors?.map((error) => error.context?.propertyName)).toEqual([
    ["nothing"],
    ["createdate"],
    ["account_tier"],
    ["email"],
  ]);
  expect((await read(id, "city")).body.properties.city).toBe("Before");
});

test("a history keeps the newest twenty values of a property", async () => {
  const { id } = await sandbox.createContact({ email: "past@many.example" });
  for (let at = 0; at < 25; at++)
    await sandbox.call("PATCH", `${contacts}/${id}`, { properties: { city: `City ${at}` } });
  const { body } = await sandbox.call<{ propertiesWithHistory: { city: { value: string }[] } }>(
    "GET",
    `${contacts}/${id}?propertiesWithHistory=city`,
  );
  const values = body.propertiesWithHistory.city.map(({ value }) => value);
  expect(values).toEqual(Array.from({ length: 20 }, (_, at) => `City ${24 - at}`));
});

test("an empty text clears a value, and the history tells who set what", async () => {
  const { id } = await sandbox.createContact({ email: "clear@four.example", city: "Lisbon" });
  await sandbox.call("PATCH", `${contacts}/${id}`, { properties: { city: "" } });
  await sandbox.control("PATCH", `/accounts/24000001/contacts/${id}`, { properties: { city: "Faro" } });
  const { body } = await sandbox.call<{ propertiesWithHistory: Record<string, object[]> }>(
    "GET",
    `${contacts}/${id}?propertiesWithHistory=city`,
  );
  expect(body.propertiesWithHistory.city).toMatchObject([
    { value: "Faro", sourceType: "CRM_UI", sourceId: "userId:5101", updatedByUserId: 5101 },
    { value: "", sourceType: "INTEGRATION", sourceId: "4711" },
    { value: "Lisbon", sourceType: "INTEGRATION", sourceId: "4711" },
  ]);
});

test("the lifecycle stage goes forward only, unless it was cleared first", async () => {
  const { id } = await sandbox.createContact({ email: "stage@five.example", lifecyclestage: "customer" });
  const back = await sandbox.call("PATCH", `${contacts}/${id}`, { properties: { lifecyclestage: "lead" } });
  expect(back.status).toBe(200);
  expect((await read(id, "lifecyclestage")).body.properties.lifecyclestage).toBe("customer");
  await sandbox.call("PATCH", `${contacts}/${id}`, { properties: { lifecyclestage: "" } });
  await sandbox.call("PATCH", `${contacts}/${id}`, { properties: { lifecyclestage: "lead" } });
  expect((await read(id, "lifecyclestage")).body.properties.lifecyclestage).toBe("lead");
});

test("a merge gives a new id, fills gaps, keeps both addresses, and old ids answer with the survivor", async () => {
  const one = await sandbox.createContact({ email: "one@eleven.example", city: "Oslo" });
  const other = await sandbox.createContact({ email: "other@eleven.example", city: "Bergen", phone: "42" });
  const { body } = await sandbox.call<ContactBody>("POST", `${contacts}/merge`, {
    primaryObjectId: one.id,
    objectIdToMerge: other.id,
  });
  expect([one.id, other.id]).not.toContain(body.id);
  for (const id of [one.id, other.id, body.id]) {
    const found = await read(id, "email,city,phone,hs_additional_emails,hs_merged_object_ids");
    expect(found.body).toMatchObject({
      id: body.id,
      properties: {
        email: "one@eleven.example",
        city: "Oslo",
        phone: "42",
        hs_additional_emails: "other@eleven.example",
        hs_merged_object_ids: `${one.id};${other.id}`,
      },
    });
  }
  const again = await sandbox.call<ErrorBody>("POST", contacts, {
    properties: { email: "other@eleven.example" },
  });
  expect(again.body.message).toBe(`Contact already exists. Existing ID: ${body.id}`);
});

test("where the account has it so, a merge leaves the primary contact its id", async () => {
  await sandbox.control("PATCH", "/settings", { mergeKeepsId: true });
  const one = await sandbox.createContact({ email: "one@kept.example" });
  const other = await sandbox.createContact({ email: "other@kept.example", phone: "42" });
  const { body } = await sandbox.call<ContactBody>("POST", `${contacts}/merge`, {
    primaryObjectId: one.id,
    objectIdToMerge: other.id,
  });
  await sandbox.control("PATCH", "/settings", { mergeKeepsId: false });
  expect(body.id).toBe(one.id);
  for (const id of [one.id, other.id])
    expect((await read(id, "phone,hs_additional_emails,hs_merged_object_ids")).body).toMatchObject({
      id: one.id,
      properties: {
        phone: "42",
        hs_additional_emails: "other@kept.example",
        hs_merged_object_ids: other.id,
      },
    });
});

test("a single write answers with its trace id", async () => {
  const made = await sandbox.call("POST", contacts, {
    properties: { email: "trace@single.example" },
    objectWriteTraceId: "t-1",
  });
  expect(made.body).toMatchObject({ objectWriteTraceId: "t-1" });
});

test("an archived contact is in the recycle bin only, frees its address, and a person restores it", async () => {
  const { id } = await sandbox.createContact({ email: "bin@twelve.example" });
  expect((await sandbox.call("DELETE", `${contacts}/${id}`)).status).toBe(204);
  expect((await sandbox.call("DELETE", `${contacts}/${id}`)).status).toBe(204);
  expect((await sandbox.call("GET", `${contacts}/${id}`)).status).toBe(404);
  expect((await sandbox.call<ContactBody>("GET", `${contacts}/${id}?archived=true`)).body.archived).toBe(
    true,
  );
  const search = await sandbox.call<{ total: number }>("POST", `${contacts}/search`, {
    query: "bin@twelve.example",
  });
  expect(search.body.total).toBe(0);
  await sandbox.control("POST", `/accounts/24000001/contacts/${id}/restore`);
  expect((await sandbox.call<ContactBody>("GET", `${contacts}/${id}`)).body.archived).toBe(false);
});

test("a privacy deletion is final, and its address cannot come back", async () => {
  const { id } = await sandbox.createContact({ email: "gone@thirteen.example" });
  const input = { objectId: "gone@thirteen.example", idProperty: "email" };
  expect((await sandbox.call("POST", `${contacts}/gdpr-delete`, input)).status).toBe(204);
  expect((await sandbox.call("GET", `${contacts}/${id}?archived=true`)).status).toBe(404);
  expect(
    (await sandbox.call("POST", contacts, { properties: { email: "gone@thirteen.example" } })).status,
  ).toBe(400);
});

test("paging by id reaches every contact once and ends without a next page", async () => {
  await Promise.all(
    Array.from({ length: 25 }, (_, at) => sandbox.createContact({ email: `page${at}@fourteen.example` })),
  );
  const seen: string[] = [];
  let after = "";
  for (;;) {
    const { body } = await sandbox.call<{ results: ContactBody[]; paging?: { next: { after: string } } }>(
      "GET",
      `${contacts}?limit=10${after && `&after=${after}`}`,
    );
    seen.push(...body.results.map(({ id }) => id));
    if (!body.paging) break;
    after = body.paging.next.after;
  }
  const { body } = await sandbox.call<{ total: number }>("POST", `${contacts}/search`, { limit: 0 });
  expect(seen.length).toBe(body.total);
  expect(new Set(seen).size).toBe(seen.length);
});
