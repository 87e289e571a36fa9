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

test("a batch with trace ids creates what it can and answers 207 with the trace of each fault", async () => {
  const existing = await sandbox.createContact({ email: "batch0@six.example" });
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
  const one = await sandbox.createContact({ email: "primary@eight.example" });
  const other = await sandbox.createContact({ email: "secondary@eight.example" });
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
  const { id } = await sandbox.createContact({ email: "update@nine.example" });
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
