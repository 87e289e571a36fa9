// A batch that HubSpot takes in part (207) says what it refused beside what it did. Each fault is its record's alone,
// also where HubSpot leaves out whose it is.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openHubspot } from "@/connectors/hubspot/client";
import type { WriteOutcome } from "@/connectors/hubspot/contacts";
import type { RemoteErrorKind } from "@/connectors/hubspot/remote-error";
import { localBudget } from "@/tests/support/local-budget";
import { type Reply, startToldServer } from "./told-server";

let server: Awaited<ReturnType<typeof startToldServer>>;
beforeAll(async () => {
  server = await startToldServer();
});
afterAll(() => server.close());

const open = () =>
  openHubspot({ apiUrl: server.url, budget: localBudget(), accessToken: async () => "token" });
type Write = (ids: string[]) => Promise<Map<string, WriteOutcome>>;
const propertiesOf = (id: string) => ({ email: `p${id}@example.org` });
const writes: Record<string, Write> = {
  create: (ids) => open().contacts.create(ids.map((trace) => ({ trace, properties: propertiesOf(trace) }))),
  update: (ids) => open().contacts.update(ids.map((id) => ({ id, properties: propertiesOf(id) }))),
};
const sends: Record<string, (ids: string[]) => Promise<Map<string, { ok: boolean }>>> = {
  ...writes,
  removal: (ids) => open().contacts.archive(ids),
};
const at = "2026-01-01T00:00:00Z";
const contact = (id: string) => ({
  id,
  properties: propertiesOf(id),
  createdAt: at,
  updatedAt: at,
  archived: false,
});
const inPart = (results: object[], errors: object[]): Reply => ({
  status: 207,
  body: { status: "COMPLETE", startedAt: at, completedAt: at, results, numErrors: errors.length, errors },
});
const done = (id: string) => ({ ...contact(id), objectWriteTraceId: id });
const invalid = {
  status: "error",
  category: "VALIDATION_ERROR",
  message:
    'Property values were not valid: [{"isValid":false,"message":"Email address is invalid","error":"INVALID_EMAIL","name":"email"}]',
};
const named = {
  errors: [{ message: "bad", code: "INVALID_EMAIL", context: { propertyName: ["email"] } }],
};
const refusedFor = (kind: RemoteErrorKind) => ({ ok: false, error: { kind } });

// Verifies
describe("a look-up of addresses that a gateway turns away", () => {
  const gateway: Reply = { status: 403, body: "<html>gateway</html>" };
  const found = (...results: object[]): Reply => ({
    status: 200,
    body: { status: "COMPLETE", startedAt: at, completedAt: at, results },
  });
  test("misses the one address that it is for, and finds the others", async () => {
    server.tell(gateway, found(), found(contact("1")), gateway);
    const owners = await open().contacts.readByEmails(["p1@example.org", "or 1=1;--@example.org"], []);
    expect([...owners.keys()]).toEqual(["p1@example.org"]);
    expect(server.calls).toHaveLength(4);
  });

  test("is the account's where an address that is nobody's is turned away as well", async () => {
    server.tell(gateway);
    await expect(
      open().contacts.readByEmails(["p1@example.org", "p2@example.org"], []),
    ).rejects.toMatchObject({ kind: "forbidden" });
    expect(server.calls).toHaveLength(2);
  });
});

// Verifies
describe("a look-up of addresses that HubSpot refuses", () => {
  const refusal: Reply = { status: 400, body: invalid };
  const found = (...results: object[]): Reply => ({
    status: 200,
    body: { status: "COMPLETE", startedAt: at, completedAt: at, results },
  });
  const lookUp = (count: number) =>
    open().contacts.readByEmails(
      Array.from({ length: count }, (_, n) => `p${n}@example.org`),
      [],
    );

  test("for one address misses that one, and finds the others", async () => {
    server.tell(refusal, found(), found(contact("0")), refusal);
    expect([...(await lookUp(2)).keys()]).toEqual(["p0@example.org"]);
    expect(server.calls).toHaveLength(4);
  });

  test("whoever is looked up says of nobody that the address is free", async () => {
    server.tell(refusal);
    await expect(lookUp(100)).rejects.toMatchObject({ kind: "rejected" });
    expect(server.calls).toHaveLength(2);
  });

  test("with a 403 of its own is refused at once: no address is why", async () => {
    server.tell({ status: 403, body: { status: "error", category: "PROPERTY_LIMIT", message: "no" } });
    await expect(lookUp(2)).rejects.toMatchObject({ kind: "forbidden", category: "PROPERTY_LIMIT" });
    expect(server.calls).toHaveLength(1);
  });
});

// Verifies: R-77
describe.each(Object.entries(writes))("a refusal inside the answer to a batch, in a %s", (call, write) => {
  const items: [string, object, RemoteErrorKind][] = [
    ["a value", { category: "VALIDATION_ERROR", ...named }, "rejected"],
    ["an address that is taken", { category: "CONFLICT", message: "Existing ID: 77" }, "conflict"],
    ["a contact that is gone", { category: "OBJECT_NOT_FOUND" }, "not_found"],
    ["a fault of HubSpot's own", { category: "INTERNAL_ERROR" }, "transient"],
    ["a category nobody knows", { category: "SOMETHING_NEW" }, "rejected"],
    ["nothing that can be read", { category: 5, errors: [7] }, "rejected"],
  ];
  test.each(items)("about %s is its record's alone", async (_, item, kind) => {
    const error = { status: "error", message: "no", context: { objectWriteTraceId: ["2"] }, ...item };
    server.tell(inPart([done("1")], [error]));
    expect([...(await write(["1", "2"]))]).toMatchObject([
      ["1", { ok: true, contact: { id: "1" } }],
      ["2", refusedFor(kind)],
    ]);
    expect(server.calls).toHaveLength(1);
  });

  test("is told of the one record that is left, where HubSpot does not say whose it is", async () => {
    server.tell(inPart([done("1")], [invalid]));
    const outcomes = await write(["1", "2"]);
    expect(outcomes.get("2")).toMatchObject({
      ...refusedFor("rejected"),
      error: { fields: [{ property: "email", message: "Email address is invalid" }] },
    });
    expect(server.calls).toHaveLength(1);
  });

  test("is told of all that are left, where there is one for each and all say the same", async () => {
    server.tell(inPart([done("2")], [invalid, invalid]));
    const outcomes = await write(["1", "2", "3"]);
    expect([...outcomes.keys()].sort()).toEqual(["1", "2", "3"]);
    for (const id of ["1", "3"]) expect(outcomes.get(id)).toMatchObject(refusedFor("rejected"));
    expect(server.calls).toHaveLength(1);
  });

  test.each([
    ["say different things", [invalid, { ...invalid, category: "CONFLICT", message: "Existing ID: 7" }]],
    ["are fewer than the records that are left", [invalid]],
    ["are none", []],
  ])("has each record that is left sent alone, where the faults without a name %s", async (_, errors) => {
    server.tell(
      inPart([done("1")], errors),
      { status: call === "create" ? 201 : 200, body: contact("2") },
      { status: 400, body: invalid },
    );
    const outcomes = await write(["1", "2", "3"]);
    expect(outcomes.get("1")).toMatchObject({ ok: true });
    expect(outcomes.get("2")).toMatchObject({ ok: true, contact: { id: "2" } });
    expect(outcomes.get("3")).toMatchObject(refusedFor("rejected"));
    expect(server.calls).toHaveLength(3);
  });

  test("does not hide what was written, where who is left is turned away", async () => {
    server.tell(inPart([done("1")], []), { status: 403, body: "<html>gateway</html>" });
    expect([...(await write(["1", "2"]))]).toMatchObject([
      ["1", { ok: true }],
      ["2", refusedFor("forbidden")],
    ]);
  });
});

// Verifies
describe.each(Object.entries(sends))(
  "a gateway that turns away whoever is sent alone, in a %s",
  (_, send) => {
    const gateway: Reply = { status: 403, body: "<html>gateway</html>" };
    const limit: Reply = { status: 429, body: { policyName: "DAILY", message: "used up", status: "error" } };
    const down: Reply = { status: 503, body: "" };

    test.each<[string, Reply[], RemoteErrorKind]>([
      ["the account's limit, where that is met next", [gateway, limit], "rate_limited"],
      ["what passes, where that was met before", [down, gateway], "transient"],
      ["the gateway's word, where there is nothing else", [gateway, gateway], "forbidden"],
    ])("is told of as %s", async (_, replies, kind) => {
      server.tell({ status: 400, body: invalid }, ...replies);
      await expect(send(["1", "2"])).rejects.toMatchObject({ kind });
    });

    test("is asked for ten of a batch that it turned away, and for no more", async () => {
      server.tell(gateway);
      const ids = Array.from({ length: 15 }, (_, place) => String(place + 1));
      await expect(send(ids)).rejects.toMatchObject({ kind: "forbidden" });
      expect(server.calls).toHaveLength(1 + 10);
    });

    test("belongs to those alone where HubSpot had something to say of another one", async () => {
      server.tell(gateway, { status: 400, body: invalid }, gateway);
      expect([...(await send(["1", "2"]))]).toMatchObject([
        ["1", refusedFor("rejected")],
        ["2", refusedFor("forbidden")],
      ]);
    });
  },
);

// Verifies: R-77
describe("207 that leaves out an input", () => {
  const item = (category: string, context = {}) => ({ status: "error", category, message: "no", context });
  const reads: Record<string, () => Promise<unknown>> = {
    read: () => open().contacts.readByIds(["1"], ["email"]),
    "reading of histories": () => open().contacts.readHistories([{ id: "1", properties: ["email"] }]),
    "reading of memberships": () => open().lists.membershipsOf(["1"]),
  };

  test.each(Object.entries(reads))(
    "for a fault of HubSpot's own ends a %s, which is done again",
    async (_, read) => {
      server.tell(inPart([], [item("OBJECT_NOT_FOUND"), item("INTERNAL_ERROR", { ids: ["1"] })]));
      await expect(read()).rejects.toMatchObject({ kind: "transient" });
    },
  );

  test.each([
    ["without a word", []],
    ["and names another", [item("OBJECT_NOT_FOUND", { recordId: ["2"] })]],
  ])("%s ends a reading of memberships, which is done again", async (_, errors) => {
    server.tell(inPart([], errors));
    await expect(open().lists.membershipsOf(["1", "2"])).rejects.toMatchObject({ kind: "transient" });
  });

  test.each([
    ["who is not found, by id", [item("OBJECT_NOT_FOUND", { recordId: ["1", "2"] })]],
    ["who is not found, without a name", [item("OBJECT_NOT_FOUND"), item("OBJECT_NOT_FOUND")]],
  ])("says of %s that it is in no list", async (_, errors) => {
    server.tell(inPart([], errors));
    expect([...(await open().lists.membershipsOf(["1", "2"]))]).toEqual([
      ["1", new Set()],
      ["2", new Set()],
    ]);
  });
});

// Verifies: R-77
describe("memberships of contacts without a row", () => {
  const inList = { recordId: "1", recordListMemberships: [{ listId: "7" }] };

  test("are none where HubSpot answered in full", async () => {
    server.tell({
      status: 200,
      body: { status: "COMPLETE", startedAt: at, completedAt: at, results: [inList] },
    });
    expect([...(await open().lists.membershipsOf(["1", "2"]))]).toEqual([
      ["1", new Set(["7"])],
      ["2", new Set()],
    ]);
  });

  test("are not known where it counts faults without telling them", async () => {
    server.tell({ status: 200, body: { status: "COMPLETE", results: [inList], numErrors: 1 } });
    await expect(open().lists.membershipsOf(["1", "2"])).rejects.toMatchObject({ kind: "transient" });
  });
});
