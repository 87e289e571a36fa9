// Every fault of HubSpot's, in every call that can meet it: what kind it is, whether and when it is tried again, and
// whose it is. A fault of one record never ends its page, and one of the account is never a record's.
import { NonRetriableError, RetryAfterError } from "inngest";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openHubspot } from "@/connectors/hubspot/client";
import type { WriteOutcome } from "@/connectors/hubspot/contacts";
import { isJournalRefusal, openJournal } from "@/connectors/hubspot/journal";
import { refreshTokens } from "@/connectors/hubspot/oauth";
import { RemoteError, type RemoteErrorKind } from "@/connectors/hubspot/remote-error";
import { withRemoteFaults } from "@/inngest/remote-faults";
import { localBudget } from "@/tests/support/local-budget";
import { type Reply, startToldServer } from "./told-server";

let server: Awaited<ReturnType<typeof startToldServer>>;
beforeAll(async () => {
  server = await startToldServer();
});
afterAll(() => server.close());

type Again = number | "the next hour" | null;
type Row = {
  reply: Reply;
  kind: RemoteErrorKind;
  /** Seconds until the engine tries the page again; null where it does not, and the records wait for a sweep. */
  again: Again;
  /**
   * Whose fault it is: a record's alone, or the account's, so that the page ends with every record still waiting. It may
   * be either's where a gateway turns a call away: the page ends as well, but not before each record was tried alone.
   */
  of: "record" | "account" | "either";
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
  "403 of a gateway": { reply: html(403), kind: "forbidden", ...stopping, of: "either" },
  "404": { ...refused, reply: says(404, "OBJECT_NOT_FOUND"), kind: "not_found" },
  "408": { ...passing, reply: html(408) },
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
  "429 of the day": { ...limited, reply: limit("DAILY"), again: "the next hour" },
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
  "page of the daily comparison": ({ contacts }) => contacts.listPage(undefined, ["email"]),
  "reading of histories": ({ contacts }) => contacts.readHistories([{ id: "1", properties: ["email"] }]),
  "reading of the properties": ({ properties }) => properties.list(),
  "creation of a property": ({ properties }) =>
    properties.create({ name: "tier", label: "Tier", type: "text", options: [] }),
  "search for lists": ({ lists }) => lists.search(""),
  "page of a list": ({ lists }) => lists.joinedPage("7", undefined),
  "reading of memberships": ({ lists }) => lists.membershipsOf(["1"]),
  "reading of the owners": ({ owners }) => owners.listUsers(),
  "reading of the account": ({ account }) => account.details(),
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
/** What the engine is told: when to try again, if at all. */
async function expectAgain(error: RemoteError, again: Again): Promise<void> {
  const told = await withRemoteFaults(() => Promise.reject(error)).catch((thrown: unknown) => thrown);
  if (again === null) return void expect(told).toBeInstanceOf(NonRetriableError);
  if (!(told instanceof RetryAfterError)) throw new Error("it is not tried again", { cause: told });
  if (again !== "the next hour") return void expect(told.retryAfter).toBe(`${again}`);
  const at = Date.now() + Number(told.retryAfter) * 1000;
  expect(new Date(at).getUTCMinutes()).toBe(0);
  expect(at - Date.now()).toBeLessThanOrEqual(3_611_000);
}

// Verifies
describe.each(Object.entries(matrix))("%s", (_, { reply, kind, again, of, token }) => {
  test.each(Object.entries(reads))("ends a %s, with its kind and its time", async (_, read) => {
    server.tell(reply);
    const renewed: string[] = [];
    const error = await thrownBy(read(open(renewed)));
    expect(error.kind).toBe(kind);
    expect(renewed).toEqual(kind === "unauthorized" ? ["renewed", "given up"] : []);
    await expectAgain(error, again);
  });

  test.each(Object.entries(writes))(
    "belongs to the one it is about in a %s, with its time",
    async (call, write) => {
      server.tell(reply);
      if (of !== "record") {
        const error = await thrownBy(write(open(), ["1", "2"]));
        expect(error.kind).toBe(kind);
        await expectAgain(error, again);
        // The account's: the next record would meet the same.
        expect(server.calls).toHaveLength(of === "either" ? 3 : kind === "unauthorized" ? 2 : 1);
        return;
      }
      const outcomes = await write(open(), ["1", "2"]);
      expect([...outcomes]).toMatchObject([
        ["1", { ok: false, error: { kind } }],
        ["2", { ok: false, error: { kind } }],
      ]);
      // HubSpot names no time for a record that it refuses: when it is looked at again is the sweep's to say.
      for (const outcome of outcomes.values())
        expect(outcome).toMatchObject({ error: { retryAfterMs: undefined, pause: undefined } });
      // As a batch, then each by itself; who has the address is asked where HubSpot does not say it.
      const asks = call === "create" && kind === "conflict" && !existingIdIn(reply);
      expect(server.calls).toHaveLength(asks ? 4 : 3);
    },
  );

  test("is told of a removal unless the contact is gone, and is the account's before it is a record's", async () => {
    server.tell(reply);
    const archive = open().contacts.archive(["1", "2"]);
    if (of !== "record") {
      // A removal holds ids alone: no text of a record can be why a gateway turns it away.
      const error = await thrownBy(archive);
      expect(error.kind).toBe(kind);
      await expectAgain(error, again);
      expect(server.calls).toHaveLength(kind === "unauthorized" ? 2 : 1);
      return;
    }
    const outcome = kind === "not_found" ? { ok: true } : { ok: false, error: { kind } };
    expect([...(await archive)]).toMatchObject([
      ["1", outcome],
      ["2", outcome],
    ]);
    expect(server.calls).toHaveLength(3);
  });

  test("ends a reading of the journal, with its kind and its time", async () => {
    const token: Reply = { status: 200, body: { access_token: "t", expires_in: 1800, token_type: "bearer" } };
    const renewed = kind === "unauthorized" ? [token, reply] : [];
    server.tell(token, reply, ...renewed);
    const journal = openJournal({ apiUrl: server.url, clientId: "a", clientSecret: "b" });
    const error = await thrownBy(journal.filesAfter(null, 10));
    expect(error.kind).toBe(kind);
    expect(server.calls).toHaveLength(2 + renewed.length);
    expect(isJournalRefusal(error)).toBe(kind === "forbidden" && error.category !== undefined);
    await expectAgain(error, again);
  });

  test("means of a token what the account is told, and when it is asked again", async () => {
    server.tell(reply);
    const error = await thrownBy(refreshTokens(app(), "r"));
    expect(error).toMatchObject(token ?? { kind });
    expect(server.calls).toHaveLength(1);
    await expectAgain(error, token ? null : again);
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
    await expectAgain(error, 3);
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
