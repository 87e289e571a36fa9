// Every fault of HubSpot's, in every call that can meet it: what kind it is, whether and when it is tried again, and
// whose it is. A fault of one record never ends its page, and one of the account is never a record's.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isJournalRefusal, openJournal } from "@/connectors/hubspot/journal";
import { refreshTokens } from "@/connectors/hubspot/oauth";
import type { RemoteErrorKind } from "@/connectors/hubspot/remote-error";
import {
  type Again,
  expectAgain,
  expectTold,
  fields,
  html,
  limit,
  NUMBER,
  numbered,
  openAt,
  reads,
  says,
  thrownBy,
  writes,
} from "./fault-matrix-calls";
import { type Reply, startToldServer } from "./told-server";

let server: Awaited<ReturnType<typeof startToldServer>>;
let nobody = "an address where nobody listens";
let apiUrl: string;
beforeAll(async () => {
  server = await startToldServer();
  const gone = await startToldServer();
  nobody = gone.url;
  await gone.close();
});
afterAll(() => server.close());

type Row = {
  reply: Reply | "nobody";
  /** What a person reads who asked for it: the key of the sentence. */
  told: string;
  /** The connector does not read so far as HubSpot's number for the answer. */
  unnumbered?: true;
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

/** A word that the token service never used: nobody is disconnected for it. */
const unheardOf = { kind: "forbidden", fault: "unknown" } as const;
const refused = {
  kind: "rejected",
  told: "hubspot_said",
  again: null,
  of: "record",
  token: unheardOf,
} as const;
const passing = { kind: "transient", told: "hubspot_unavailable", again: 3, of: "account" } as const;
const stopping = { told: "hubspot_said", again: null, of: "account", token: unheardOf } as const;
const limited = { kind: "rate_limited", told: "hubspot_limit", of: "account" } as const;

const matrix: Record<string, Row> = {
  "400 that names properties": { reply: says(400, "VALIDATION_ERROR", fields), ...refused },
  "400 that names none": { reply: says(400, "VALIDATION_ERROR"), ...refused },
  "400 of another shape": {
    ...refused,
    reply: { status: 400, body: { errors: "many", message: 7 } },
    told: "hubspot_refused",
  },
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
    told: "hubspot_token_refused",
  },
  "401 of a token that is not one": {
    reply: says(401, "INVALID_AUTHENTICATION"),
    kind: "unauthorized",
    ...stopping,
    told: "hubspot_token_refused",
  },
  "403 for want of scopes": {
    reply: says(403, "MISSING_SCOPES"),
    kind: "forbidden",
    ...stopping,
    told: "hubspot_scope_missing",
  },
  "403 for another reason": { reply: says(403, "NOT_ENABLED"), kind: "forbidden", ...stopping, of: "either" },
  "403 of a gateway": {
    reply: html(403),
    kind: "forbidden",
    ...stopping,
    told: "hubspot_turned_away",
    of: "either",
  },
  "404": { ...refused, reply: says(404, "OBJECT_NOT_FOUND"), kind: "not_found", told: "hubspot_gone" },
  ...Object.fromEntries(
    [405, 410, 411, 415, 426].flatMap((status) => [
      [
        `${status} of a gateway`,
        { reply: html(status), kind: "call_refused", ...stopping, told: "hubspot_call_refused" },
      ],
      [
        `${status}, whoever asks`,
        { reply: says(status, "GONE"), kind: "call_refused", ...stopping, told: "hubspot_call_refused" },
      ],
    ]),
  ),
  "410 of a contact that is gone": {
    ...refused,
    reply: says(410, "OBJECT_NOT_FOUND"),
    kind: "not_found",
    told: "hubspot_gone",
  },
  "408": { ...passing, reply: html(408) },
  "409 that names the owner": {
    ...refused,
    reply: says(409, "CONFLICT", { message: "Contact already exists. Existing ID: 77" }),
    kind: "conflict",
    told: "already_exists",
  },
  "409 that does not": {
    ...refused,
    reply: says(409, "CONFLICT"),
    kind: "conflict",
    told: "already_exists",
  },
  "413": { ...refused, reply: html(413), told: "hubspot_refused" },
  "414": { ...refused, reply: html(414), told: "hubspot_refused" },
  "423": { ...passing, reply: says(423, "LOCKED"), told: "hubspot_locked", again: 2 },
  "429 of ten seconds": { ...limited, reply: limit("TEN_SECONDLY_ROLLING"), again: 10 },
  "429 of a second": { ...limited, reply: limit("SECONDLY"), again: 1 },
  "429 of the day": {
    ...limited,
    reply: limit("DAILY"),
    told: "hubspot_day_used_up",
    again: "the next hour",
  },
  "429 that says when": {
    ...limited,
    reply: limit("DAILY", { "retry-after": "30" }),
    told: "hubspot_day_used_up",
    again: 30,
  },
  "429 without a word": { ...limited, reply: html(429), again: 10 },
  "477 that says when": {
    ...passing,
    reply: { status: 477, headers: { "retry-after": "3600" } },
    told: "hubspot_moving",
    again: 3600,
  },
  "477 that does not": { ...passing, reply: { status: 477 }, told: "hubspot_moving", again: 60 },
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
      { ...passing, reply: html(status), told: "hubspot_unreachable", again: 15 },
    ]),
  ),
  "200 in HTML": { ...passing, reply: html(200), told: "hubspot_no_answer", unnumbered: true },
  "200 of another shape": {
    ...passing,
    reply: { status: 200, body: { answer: 42 } },
    told: "hubspot_no_answer",
    unnumbered: true,
  },
  ...Object.fromEntries(
    [301, 302, 307].map((status) => [
      `${status}`,
      {
        ...passing,
        reply: { status, headers: { location: "https://elsewhere.example/" } },
        told: "hubspot_no_answer",
        unnumbered: true as const,
      },
    ]),
  ),
  "an answer that is cut off": { ...passing, reply: "cut", told: "hubspot_no_answer" },
  "a connection that is refused": { ...passing, reply: "nobody", told: "hubspot_no_answer" },
};

function tell(reply: Row["reply"], ...more: Reply[]): void {
  apiUrl = reply === "nobody" ? nobody : server.url;
  server.tell(numbered(reply), ...more);
}
function expectCalls(count: number): void {
  expect(server.calls).toHaveLength(apiUrl === nobody ? 0 : count);
}

const open = (renewed?: string[], timeoutMs?: number) => openAt(apiUrl, renewed, timeoutMs);
const app = () => ({ apiUrl, appUrl: "", clientId: "a", clientSecret: "b", redirectUri: "" });

// Verifies
describe.each(Object.entries(matrix))("%s", (_, { reply, kind, told, unnumbered, again, of, token }) => {
  const number = typeof reply === "object" && !unnumbered ? NUMBER : undefined;
  test("is told to a person in a sentence of both languages, with HubSpot's number for it", async () => {
    tell(reply);
    await expectTold(() => open().contacts.readByIds(["1"], ["email"]), told, number);
  });

  test.each(Object.entries(reads))("ends a %s, with its kind and its time", async (_, read) => {
    tell(reply);
    const renewed: string[] = [];
    const error = await thrownBy(read(open(renewed)));
    expect(error.kind).toBe(kind);
    expect(error.correlationId).toBe(number);
    expect(renewed).toEqual(kind === "unauthorized" ? ["renewed", "given up"] : []);
    await expectAgain(error, again);
  });

  test.each(Object.entries(writes))(
    "belongs to the one it is about in a %s, with its time",
    async (call, write) => {
      tell(reply);
      if (of !== "record") {
        const error = await thrownBy(write(open(), ["1", "2"]));
        expect(error.kind).toBe(kind);
        await expectAgain(error, again);
        expectCalls(callsUntilEnd({ of, kind }));
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
      expectCalls(asks ? 4 : 3);
    },
  );

  test("is told of a removal unless the contact is gone, and is the account's before it is a record's", async () => {
    tell(reply);
    const archive = open().contacts.archive(["1", "2"]);
    if (of !== "record") {
      const error = await thrownBy(archive);
      expect(error.kind).toBe(kind);
      await expectAgain(error, again);
      expectCalls(callsUntilEnd({ of, kind }));
      return;
    }
    const outcome = kind === "not_found" ? { ok: true } : { ok: false, error: { kind } };
    expect([...(await archive)]).toMatchObject([
      ["1", outcome],
      ["2", outcome],
    ]);
    expectCalls(3);
  });

  test("ends a reading of the journal, with its kind and its time", async () => {
    const token: Reply = { status: 200, body: { access_token: "t", expires_in: 1800, token_type: "bearer" } };
    const renewed = kind === "unauthorized" ? [token, numbered(reply)] : [];
    tell(token, numbered(reply), ...renewed);
    if (reply === "nobody") apiUrl = nobody;
    const journal = openJournal({ apiUrl, clientId: "a", clientSecret: "b" });
    const error = await thrownBy(journal.filesAfter(null, 10));
    expect(error.kind).toBe(kind);
    expectCalls(2 + renewed.length);
    expect(isJournalRefusal(error)).toBe(kind === "forbidden" && error.category !== undefined);
    await expectAgain(error, again);
  });

  test("means of a token what the account is told, and when it is asked again", async () => {
    tell(reply);
    const error = await thrownBy(refreshTokens(app(), "r"));
    expect(error).toMatchObject(token ?? { kind });
    expectCalls(1);
    await expectAgain(error, token ? null : again);
  });
});

/** The account's faults end a batch of two at once: the next record would meet the same. */
function callsUntilEnd({ of, kind }: Pick<Row, "of" | "kind">): number {
  if (of === "either") return 3;
  return kind === "unauthorized" ? 2 : 1;
}

function existingIdIn(reply: Row["reply"]): boolean {
  return JSON.stringify(reply).includes("Existing ID");
}

// Verifies
describe("a HubSpot that does not answer", () => {
  test.each(Object.keys({ ...reads, ...writes }))("is given up in time by a %s", async (call) => {
    tell("silence");
    const act = reads[call]?.(open([], 300)) ?? writes[call]?.(open([], 300), ["1"]) ?? Promise.resolve();
    expect(await thrownBy(act)).toMatchObject({ kind: "transient", category: undefined });
  });

  test("is given up in time where a token is asked for", async () => {
    tell("silence");
    const error = await thrownBy(refreshTokens(app(), "r", 300));
    expect(error).toMatchObject({ kind: "transient", category: undefined });
    await expectAgain(error, 3);
  });
});
