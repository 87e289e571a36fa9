import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  ACCOUNT,
  type BatchBody,
  type ContactBody,
  type ErrorBody,
  startTestSandbox,
  type TestSandbox,
} from "./test-sandbox";

const contacts = "/crm/objects/2026-03/contacts";
const page = `/accounts/${ACCOUNT}/contacts`;
let sandbox: TestSandbox;

beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());

const tryCreate = (properties: Record<string, string>) =>
  sandbox.call<ContactBody & ErrorBody>("POST", contacts, { properties });
const create = async (properties: Record<string, string>) => (await tryCreate(properties)).body.id;
const restore = (id: string) => sandbox.control<ErrorBody>("POST", `${page}/${id}/restore`);
const inBin = async (ids: string[]) => {
  const inputs = ids.map((id) => ({ id }));
  const { body } = await sandbox.call<BatchBody>("POST", `${contacts}/batch/read?archived=true`, { inputs });
  return body.results.map(({ id, archived }) => ({ id, archived }));
};

describe("the recycle bin", () => {
  test("a batch archives what is there and is not troubled by the rest, and a batch read finds it", async () => {
    const [one, other] = [await create({ email: "a@bin.example" }), await create({ email: "b@bin.example" })];
    for (const _ of ["once", "again"]) {
      const inputs = [one, "404404404"].map((id) => ({ id }));
      expect((await sandbox.call("POST", `${contacts}/batch/archive`, { inputs })).status).toBe(204);
    }
    expect(await inBin([one, other])).toEqual([{ id: one, archived: true }]);
  });

  test("an archived contact's address is free, and while another has it a restore is refused", async () => {
    const id = await create({ email: "free@bin.example" });
    await sandbox.call("DELETE", `${contacts}/${id}`);
    const holder = await create({ email: "free@bin.example" });
    const refused = await restore(id);
    expect(refused).toMatchObject({
      status: 409,
      body: { message: `Contact already exists. Existing ID: ${holder}` },
    });
    expect(await inBin([id])).toHaveLength(1);
    await sandbox.call("PATCH", `${contacts}/${holder}`, { properties: { email: "moved@bin.example" } });
    expect((await restore(id)).status).toBe(200);
    expect((await tryCreate({ email: "free@bin.example" })).body.message).toContain(id);
  });

  test("a unique value is free as well, and nobody loses it when the archived contact goes for good", async () => {
    const id = await create({ email: "u1@bin.example", crm_reference: "U-1" });
    await sandbox.call("DELETE", `${contacts}/${id}`);
    const holder = await create({ email: "u2@bin.example", crm_reference: "U-1" });
    expect((await restore(id)).status).toBe(409);
    await sandbox.control("POST", `${page}/${id}/privacy-delete`);
    const found = await sandbox.call<ContactBody>("GET", `${contacts}/U-1?idProperty=crm_reference`);
    expect(found.body.id).toBe(holder);
  });

  test("after 90 days a contact has left it for good", async () => {
    const id = await create({ email: "ninety@bin.example" });
    await sandbox.call("DELETE", `${contacts}/${id}`);
    const advance = (days: number) =>
      sandbox.control("PATCH", "/clock", { advanceMs: days * 24 * 3_600_000 });
    const { status } = await sandbox.control("GET", `${page}/${id}`);
    expect(status).toBe(200);
    await advance(89);
    expect((await sandbox.control("GET", `${page}/${id}`)).status).toBe(200);
    await advance(2);
    expect((await sandbox.control("GET", `${page}/${id}`)).status).toBe(404);
    sandbox.reconnect();
    expect(await inBin([id])).toEqual([]);
  });

  test("nobody edits a contact in it", async () => {
    const id = await create({ email: "still@bin.example", city: "Faro" });
    await sandbox.call("DELETE", `${contacts}/${id}`);
    const properties = { city: "Porto" };
    expect((await sandbox.call("PATCH", `${contacts}/${id}`, { properties })).status).toBe(404);
    expect((await sandbox.control("PATCH", `${page}/${id}`, { properties })).status).toBe(404);
  });
});

describe("privacy deletion", () => {
  test("every address of the contact is blocked, for creates and for changes", async () => {
    const one = await create({ email: "first@gone.example" });
    const other = await create({ email: "second@gone.example" });
    const merge = { primaryObjectId: one, objectIdToMerge: other };
    const { body } = await sandbox.call<ContactBody>("POST", `${contacts}/merge`, merge);
    expect((await sandbox.call("POST", `${contacts}/gdpr-delete`, { objectId: body.id })).status).toBe(204);
    for (const id of [one, other, body.id])
      for (const archived of [true, false])
        expect((await sandbox.call("GET", `${contacts}/${id}?archived=${archived}`)).status).toBe(404);
    for (const email of ["first@gone.example", "Second@gone.example"])
      expect((await tryCreate({ email })).status).toBe(400);
    const third = await create({ email: "third@gone.example" });
    const properties = { email: "second@gone.example" };
    expect((await sandbox.call("PATCH", `${contacts}/${third}`, { properties })).status).toBe(400);
    expect((await restore(body.id)).status).toBe(404);
  });

  test("a person deletes a contact from the recycle bin for good", async () => {
    const id = await create({ email: "bin@gone.example" });
    await sandbox.call("DELETE", `${contacts}/${id}`);
    expect((await sandbox.control("POST", `${page}/${id}/privacy-delete`)).status).toBe(204);
    expect(await inBin([id])).toEqual([]);
    expect((await tryCreate({ email: "bin@gone.example" })).status).toBe(400);
  });

  test("an address that nobody has is blocked all the same, also for whoever lies in the bin with it", async () => {
    const id = await create({ email: "later@gone.example" });
    await sandbox.call("DELETE", `${contacts}/${id}`);
    const body = { objectId: "Later@gone.example", idProperty: "email" };
    expect((await sandbox.call("POST", `${contacts}/gdpr-delete`, body)).status).toBe(204);
    expect((await tryCreate({ email: "later@gone.example" })).status).toBe(400);
    expect((await restore(id)).status).toBe(400);
  });
});

test("merging again keeps every id that was ever absorbed, and all of them answer", async () => {
  const [a, b, c] = [
    await create({ email: "a@twice.example" }),
    await create({ email: "b@twice.example" }),
    await create({ email: "c@twice.example" }),
  ];
  const merge = async (primaryObjectId: string, objectIdToMerge: string) =>
    (await sandbox.call<ContactBody>("POST", `${contacts}/merge`, { primaryObjectId, objectIdToMerge })).body
      .id;
  const first = await merge(a, b);
  const last = await merge(c, b);
  for (const id of [a, b, c, first, last]) {
    const found = await sandbox.call<ContactBody>("GET", `${contacts}/${id}?properties=hs_merged_object_ids`);
    expect(found.body.id).toBe(last);
    expect(found.body.properties.hs_merged_object_ids?.split(";").sort()).toEqual([a, b, c, first].sort());
  }
});
