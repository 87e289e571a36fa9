// Every fault of HubSpot's, in every call that can meet it: what kind it is, whether and when it is tried again, and
// whose it is. A fault of one record never ends its page, and one of the account is never a record's.
import { NonRetriableError, RetryAfterError } from "inngest";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openHubspot } from "@/connectors/hubspot/client";
import type { WriteOutcome } from "@/connectors/hubspot/contacts";
import { localBudget } from "@/connectors/hubspot/memory-slots";
import { refreshTokens } from "@/connectors/hubspot/oauth";
import { RemoteError, type RemoteErrorKind } from "@/connectors/hubspot/remote-error";
import { withRemoteFaults } from "@/inngest/remote-faults";
import { type Reply, startToldServer } from "./told-server";

let server: Awaited<ReturnType<typeof startToldServer>>;
beforeAll(async () => {
  server = await startToldServer();
});
afterAll(() => server.close());

type Row = {
  reply: Reply;
  kind: RemoteErrorKind;
  /** Seconds until the engine tries the page again; null where it does not, and the records wait for a sweep. */
  again: number | null;
  /** Whose fault it is: a record's alone, or the account's, so that the page ends with every record still waiting. */
  of: "record" | "account";
  /** What the token service's same answer means; without `token`, the same kind. */
  token?: { kind: RemoteErrorKind; fault?: string };
};

const says = (status: number, category: string, more: object = {}, headers = {}): Reply => ({
  status,
  headers,
  body: { status: "error", message: "no", category, correlationId: "c-1", ...more },
});
const limit = (policyName: string, headers = {}): Reply => ({
  status: 429,
  headers,
  body: { status: "error", message: "You have reached your limit.", errorType: "RATE_LIMIT", policyName },
});
const html = (status: number): Reply => ({
  status,
  headers: { "content-type": "text/html" },
  body: "<html>gateway</html>",
});
const fields = {
  errors: [{ message: "bad", code: "INVALID_EMAIL", context: { propertyName: ["email"] } }],
};
/** A word that the token service never used: nobody is disconnected for it. */
const unheardOf = { kind: "forbidden", fault: "unknown" } as const;
const refused = { kind: "rejected", again: null, of: "record", token: unheardOf } as const;
const passing = { kind: "transient", again: 3, of: "account" } as const;
const stopping = { again: null, of: "account", token: unheardOf } as const;
const limited = { kind: "rate_limited", of: "account" } as const;

const matrix: Record<string, Row> = {
  "400 that names properties": { reply: says(400, "VALIDATION_ERROR", fields), ...refused },
  "400 that names none": { reply: says(400, "VALIDATION_ERROR"), ...refused },
  "400 of another shape": { reply: { status: 400, body: { errors: "many", message: 7 } }, ...refused },
  "400 that is a rate limit": {
    reply: says(400, "RATE_LIMITS"),
    ...limited,
    again: 10,
    token: unheardOf,
  },
  "401 of a token that expired": {
    reply: says(401, "EXPIRED_AUTHENTICATION"),
    kind: "unauthorized",
    ...stopping,
  },
  "401 of a token that is not one": {
    reply: says(401, "INVALID_AUTHENTICATION"),
    kind: "unauthorized",
    ...stopping,
  },
  "403 for want of scopes": { reply: says(403, "MISSING_SCOPES"), kind: "forbidden", ...stopping },
  "403 of a gateway": { reply: html(403), kind: "forbidden", ...stopping },
  "404": { ...refused, reply: says(404, "OBJECT_NOT_FOUND"), kind: "not_found" },
  "409 that names the owner": {
    ...refused,
    reply: says(409, "CONFLICT", { message: "Contact already exists. Existing ID: 77" }),
    kind: "conflict",
  },
  "409 that does not": { ...refused, reply: says(409, "CONFLICT"), kind: "conflict" },
  "413": { ...refused, reply: html(413) },
  "414": { ...refused, reply: html(414) },
  "423": { ...passing, reply: says(423, "LOCKED"), again: 2 },
  "429 of ten seconds": { ...limited, reply: limit("TEN_SECONDLY_ROLLING"), again: 10 },
  "429 of a second": { ...limited, reply: limit("SECONDLY"), again: 1 },
  "429 of the day": { ...limited, reply: limit("DAILY"), again: 900 },
  "429 that says when": { ...limited, reply: limit("DAILY", { "retry-after": "30" }), again: 30 },
  "429 without a word": { ...limited, reply: html(429), again: 10 },
  "477 that says when": {
    ...passing,
    reply: { status: 477, headers: { "retry-after": "3600" } },
    again: 3600,
  },
  "477 that does not": { ...passing, reply: { status: 477 }, again: 60 },
  "500": { ...passing, reply: says(500, "INTERNAL_ERROR") },
  "503 that says when": { ...passing, reply: { status: 503, headers: { "retry-after": "9" } }, again: 9 },
  ...Object.fromEntries(
    [502, 503, 504, 521, 523, 524].map((status) => [
      `${status} of a gateway`,
      { ...passing, reply: html(status) },
    ]),
  ),
  ...Object.fromEntries(
    [522, 525, 526].map((status) => [
      `${status} of a gateway that does not reach HubSpot`,
      { ...passing, reply: html(status), again: 15 },
    ]),
  ),
  "200 in HTML": { ...passing, reply: html(200) },
  "200 of another shape": { ...passing, reply: { status: 200, body: { answer: 42 } } },
  "an answer that is cut off": { ...passing, reply: "cut" },
};

const open = (renewed: string[] = [], timeoutMs?: number) =>
  openHubspot({
    apiUrl: server.url,
    timeoutMs,
    budget: localBudget(),
    accessToken: async () => `token-${renewed.length}`,
    onUnauthorized: async ({ again }) => void renewed.push(again ? "given up" : "renewed"),
  });
type Hubspot = ReturnType<typeof open>;
const app = () => ({ apiUrl: server.url, appUrl: "", clientId: "a", clientSecret: "b", redirectUri: "" });
const properties = { email: "ana@example.org" };
const reads: Record<string, (hubspot: Hubspot) => Promise<unknown>> = {
  read: ({ contacts }) => contacts.readByIds(["1"], ["email"]),
  search: ({ contacts }) =>
    contacts.searchChanged({ from: new Date(0), until: new Date(1), afterId: "", properties: ["email"] }),
};
const writes: Record<string, (hubspot: Hubspot, ids: string[]) => Promise<Map<string, WriteOutcome>>> = {
  create: ({ contacts }, ids) => contacts.create(ids.map((trace) => ({ trace, properties }))),
  update: ({ contacts }, ids) => contacts.update(ids.map((id) => ({ id, properties }))),
};
const thrownBy = async (act: Promise<unknown>) => {
  const error = await act.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof RemoteError)) throw new Error("no RemoteError was thrown", { cause: error });
  return error;
};
const engineSays = (error: RemoteError) =>
  withRemoteFaults(() => Promise.reject(error)).catch((thrown: unknown) => thrown);

// Verifies
describe.each(Object.entries(matrix))("%s", (_, { reply, kind, again, of, token }) => {
  test.each(Object.entries(reads))("ends a %s, with its kind and its time", async (_, read) => {
    server.tell(reply);
    const renewed: string[] = [];
    const error = await thrownBy(read(open(renewed)));
    expect(error.kind).toBe(kind);
    expect(renewed).toEqual(kind === "unauthorized" ? ["renewed", "given up"] : []);
    const told = await engineSays(error);
    if (again === null) expect(told).toBeInstanceOf(NonRetriableError);
    else expect([told instanceof RetryAfterError, told]).toMatchObject([true, { retryAfter: `${again}` }]);
  });

  test.each(Object.entries(writes))("belongs to the one it is about in a %s", async (call, write) => {
    server.tell(reply);
    if (of === "account") {
      expect((await thrownBy(write(open(), ["1", "2"]))).kind).toBe(kind);
      // The next record would meet the same.
      expect(server.calls).toHaveLength(kind === "unauthorized" ? 2 : 1);
      return;
    }
    const outcomes = await write(open(), ["1", "2"]);
    expect([...outcomes]).toMatchObject([
      ["1", { ok: false, error: { kind } }],
      ["2", { ok: false, error: { kind } }],
    ]);
    // As a batch, then each by itself; who has the address is asked where HubSpot does not say it.
    const asks = call === "create" && kind === "conflict" && !existingIdIn(reply);
    expect(server.calls).toHaveLength(asks ? 4 : 3);
  });

  test("means of a token what the account is told, and when it is asked again", async () => {
    server.tell(reply);
    const error = await thrownBy(refreshTokens(app(), "r"));
    expect(error).toMatchObject(token ?? { kind });
    expect(server.calls).toHaveLength(1);
    const told = await engineSays(error);
    if (token || again === null) expect(told).toBeInstanceOf(NonRetriableError);
    else expect([told instanceof RetryAfterError, told]).toMatchObject([true, { retryAfter: `${again}` }]);
  });
});

function existingIdIn(reply: Reply): boolean {
  return JSON.stringify(reply).includes("Existing ID");
}

// Verifies
describe("a HubSpot that does not answer", () => {
  test.each(Object.keys({ ...reads, ...writes }))("is given up in time by a %s", async (call) => {
    server.tell("silence");
    const act = reads[call]?.(open([], 300)) ?? writes[call]?.(open([], 300), ["1"]) ?? Promise.resolve();
    expect(await thrownBy(act)).toMatchObject({ kind: "transient", category: undefined });
  });

  test("is given up in time where a token is asked for", async () => {
    server.tell("silence");
    const error = await thrownBy(refreshTokens(app(), "r", 300));
    expect(error).toMatchObject({ kind: "transient", category: undefined });
    expect(await engineSays(error)).toMatchObject({ retryAfter: "3" });
  });
});

// Verifies
describe("a batch that is refused as a whole", () => {
  test.each(Object.keys(writes))(
    "asks before each record of a %s whether it may still be sent",
    async (call) => {
      server.tell(says(400, "VALIDATION_ERROR"));
      const inputs = ["1", "2", "3"];
      let asked = 0;
      const hold = async () => {
        asked += 1;
        if (asked === 3) throw new Error("another page has it");
      };
      const { contacts } = open();
      const act =
        call === "create"
          ? contacts.create(
              inputs.map((trace) => ({ trace, properties })),
              hold,
            )
          : contacts.update(
              inputs.map((id) => ({ id, properties })),
              hold,
            );
      await expect(act).rejects.toThrow("another page has it");
      // The batch, and one record.
      expect(server.calls).toHaveLength(2);
    },
  );
});

// Verifies: R-77
describe("a refusal inside the answer to a batch", () => {
  const contact = (id: string) => ({
    id,
    properties,
    createdAt: "2026-01-01T00:00:00Z",
    updatedAt: "2026-01-01T00:00:00Z",
    archived: false,
    objectWriteTraceId: id,
  });
  const items: [string, object, RemoteErrorKind][] = [
    ["a value", { category: "VALIDATION_ERROR", ...fields }, "rejected"],
    ["an address that is taken", { category: "CONFLICT" }, "conflict"],
    ["a contact that is gone", { category: "OBJECT_NOT_FOUND" }, "not_found"],
    ["a fault of HubSpot's own", { category: "INTERNAL_ERROR" }, "transient"],
    ["a category nobody knows", { category: "SOMETHING_NEW" }, "rejected"],
    ["nothing that can be read", { category: 5, errors: [7] }, "rejected"],
  ];
  test.each(items)("about %s is its record's alone", async (_, item, kind) => {
    const error = { status: "error", message: "no", context: { objectWriteTraceId: ["2"] }, ...item };
    server.tell({
      status: 207,
      body: {
        status: "COMPLETE",
        startedAt: "2026-01-01T00:00:00Z",
        completedAt: "2026-01-01T00:00:00Z",
        results: [contact("1")],
        numErrors: 1,
        errors: [error],
      },
    });
    const outcomes = await open().contacts.update(["1", "2"].map((id) => ({ id, properties })));
    expect([...outcomes]).toMatchObject([
      ["1", { ok: true, contact: { id: "1" } }],
      ["2", { ok: false, error: { kind } }],
    ]);
  });
});
