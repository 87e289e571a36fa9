import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type BatchBody,
  type ContactBody,
  type ErrorBody,
  startTestSandbox,
  type TestSandbox,
} from "./test-sandbox";

const contacts = "/crm/objects/2026-03/contacts";
let sandbox: TestSandbox;

beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());

async function create(properties: Record<string, string>) {
  const { body } = await sandbox.call<ContactBody>("POST", contacts, { properties });
  return body;
}

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
  const first = await create({ email: "taken@two.example" });
  const second = await create({ email: "free@two.example" });
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
  const { id } = await create({ email: "whole@three.example", city: "Before" });
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
  const { id } = await create({ email: "past@many.example" });
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
  const { id } = await create({ email: "clear@four.example", city: "Lisbon" });
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
  const { id } = await create({ email: "stage@five.example", lifecyclestage: "customer" });
  const back = await sandbox.call("PATCH", `${contacts}/${id}`, { properties: { lifecyclestage: "lead" } });
  expect(back.status).toBe(200);
  expect((await read(id, "lifecyclestage")).body.properties.lifecyclestage).toBe("customer");
  await sandbox.call("PATCH", `${contacts}/${id}`, { properties: { lifecyclestage: "" } });
  await sandbox.call("PATCH", `${contacts}/${id}`, { properties: { lifecyclestage: "lead" } });
  expect((await read(id, "lifecyclestage")).body.properties.lifecyclestage).toBe("lead");
});

test("a batch with trace ids creates what it can and answers 207 with the trace of each fault", async () => {
  const existing = await create({ email: "batch0@six.example" });
  const inputs = ["batch0", "batch1", "batch2"].map((name) => ({
    objectWriteTraceId: `trace-${name}`,
    properties: { email: name === "batch2" ? "nonsense" : `${name}@six.example` },
  }));
  const { status, body } = await sandbox.call<BatchBody>("POST", `${contacts}/batch/create`, { inputs });
  expect(status).toBe(207);
  expect(body.results.map((result) => result.objectWriteTraceId)).toEqual(["trace-batch1"]);
  expect(body.numErrors).toBe(2);
  expect(body.errors).toMatchObject([
    {
      category: "CONFLICT",
      message: `Contact already exists. Existing ID: ${existing.id}`,
      context: { objectWriteTraceId: ["trace-batch0"] },
    },
    { category: "VALIDATION_ERROR", context: { objectWriteTraceId: ["trace-batch2"] } },
  ]);
});

test("a batch without trace ids is refused as a whole", async () => {
  const inputs = ["good@seven.example", "nonsense"].map((email) => ({ properties: { email } }));
  expect((await sandbox.call("POST", `${contacts}/batch/create`, { inputs })).status).toBe(400);
  expect((await sandbox.call("GET", `${contacts}/good@seven.example?idProperty=email`)).status).toBe(404);
});

test("a batch read finds secondary addresses and names the ids that it did not find", async () => {
  const one = await create({ email: "primary@eight.example" });
  const other = await create({ email: "secondary@eight.example" });
  const merged = await sandbox.call<ContactBody>("POST", `${contacts}/merge`, {
    primaryObjectId: one.id,
    objectIdToMerge: other.id,
  });
  const inputs = [{ id: "secondary@eight.example" }, { id: "nobody@eight.example" }];
  const { status, body } = await sandbox.call<BatchBody>("POST", `${contacts}/batch/read`, {
    inputs,
    idProperty: "email",
    properties: ["email", "hs_additional_emails"],
  });
  expect(status).toBe(207);
  expect(body.results).toMatchObject([
    {
      id: merged.body.id,
      properties: { email: "primary@eight.example", hs_additional_emails: "secondary@eight.example" },
    },
  ]);
  expect(body.errors).toMatchObject([
    { category: "OBJECT_NOT_FOUND", context: { ids: ["nobody@eight.example"] } },
  ]);
});

test("a batch update wants record ids, refuses repeats and reports ids that do not exist", async () => {
  const { id } = await create({ email: "update@nine.example" });
  const update = (inputs: object[]) =>
    sandbox.call<BatchBody & ErrorBody>("POST", `${contacts}/batch/update`, { inputs });
  const byEmail = await update([
    { id: "update@nine.example", idProperty: "email", properties: { city: "x" } },
  ]);
  expect(byEmail.body.message).toBe("Unable to perform update/upsert by non-unique 0-1 property: email");
  const input = { id, properties: { city: "Braga" } };
  expect((await update([input, input])).status).toBe(400);
  const partly = await update([input, { id: "1", properties: { city: "x" } }]);
  expect(partly.status).toBe(207);
  expect(partly.body.results).toMatchObject([{ id, properties: { city: "Braga" } }]);
  expect(partly.body.errors).toMatchObject([{ category: "OBJECT_NOT_FOUND", context: { ids: ["1"] } }]);
});

test("an upsert by e-mail or by a unique property tells what was new", async () => {
  const upsert = (id: string, idProperty: string, properties: object) =>
    sandbox.call<BatchBody>("POST", `${contacts}/batch/upsert`, { inputs: [{ id, idProperty, properties }] });
  const first = await upsert("up@ten.example", "email", { city: "Kyoto" });
  const second = await upsert("UP@ten.example", "email", { crm_reference: "R-1" });
  const third = await upsert("R-1", "crm_reference", { phone: "1" });
  expect([first, second, third].map(({ body }) => body.results[0]?.new)).toEqual([true, false, false]);
  expect(third.body.results[0]).toMatchObject({
    id: first.body.results[0]?.id,
    properties: { email: "up@ten.example", city: "Kyoto", crm_reference: "R-1", phone: "1" },
  });
});

test("a merge gives a new id, fills gaps, keeps both addresses, and old ids answer with the survivor", async () => {
  const one = await create({ email: "one@eleven.example", city: "Oslo" });
  const other = await create({ email: "other@eleven.example", city: "Bergen", phone: "42" });
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
  const one = await create({ email: "one@kept.example" });
  const other = await create({ email: "other@kept.example", phone: "42" });
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

test("of inputs that name one new address twice, a batch with trace ids creates one", async () => {
  const inputs = ["t1", "t2"].map((objectWriteTraceId) => ({
    objectWriteTraceId,
    properties: { email: "twice@batch.example" },
  }));
  const { status, body } = await sandbox.call<BatchBody>("POST", `${contacts}/batch/create`, { inputs });
  expect(status).toBe(207);
  expect(body.results.map((result) => result.objectWriteTraceId)).toEqual(["t1"]);
  expect(body.errors).toMatchObject([{ category: "CONFLICT", context: { objectWriteTraceId: ["t2"] } }]);
});

test("an archived contact is in the recycle bin only, frees its address, and a person restores it", async () => {
  const { id } = await create({ email: "bin@twelve.example" });
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
  const { id } = await create({ email: "gone@thirteen.example" });
  const input = { objectId: "gone@thirteen.example", idProperty: "email" };
  expect((await sandbox.call("POST", `${contacts}/gdpr-delete`, input)).status).toBe(204);
  expect((await sandbox.call("GET", `${contacts}/${id}?archived=true`)).status).toBe(404);
  expect(
    (await sandbox.call("POST", contacts, { properties: { email: "gone@thirteen.example" } })).status,
  ).toBe(400);
});

test("paging by id reaches every contact once and ends without a next page", async () => {
  await Promise.all(Array.from({ length: 25 }, (_, at) => create({ email: `page${at}@fourteen.example` })));
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
