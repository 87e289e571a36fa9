import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { errorFromBatchItem, errorFromResponse } from "@/connectors/hubspot/read-error";

const read = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  errorFromResponse(
    "POST /x",
    status,
    new Headers(headers),
    typeof body === "string" ? body : JSON.stringify(body),
    { now: Date.parse("2026-11-28T10:00:00Z") },
  );

describe("the kind of a refusal", () => {
  const kinds: [number, object | string, string][] = [
    [400, { category: "VALIDATION_ERROR" }, "rejected"],
    [400, { category: "CONFLICT" }, "conflict"],
    [401, { category: "EXPIRED_AUTHENTICATION" }, "unauthorized"],
    [403, { category: "MISSING_SCOPES" }, "forbidden"],
    [404, { category: "OBJECT_NOT_FOUND" }, "not_found"],
    [409, { category: "CONFLICT" }, "conflict"],
    [414, "<html>", "rejected"],
    [423, {}, "transient"],
    [429, { errorType: "RATE_LIMIT" }, "rate_limited"],
    [477, {}, "transient"],
    [500, {}, "transient"],
    [502, "<html>bad gateway</html>", "transient"],
  ];
  test.each(kinds)("%i %j is %s", (status, body, kind) => {
    expect(read(status, body).kind).toBe(kind);
  });
});

// Verifies: R-74
describe("how long to wait", () => {
  const waits: [number, object, Record<string, string>, number | undefined][] = [
    [429, { policyName: "TEN_SECONDLY_ROLLING" }, {}, 10_000],
    [429, { policyName: "SECONDLY" }, {}, 1000],
    [429, { message: "You have reached your secondly limit." }, {}, 1000],
    [429, { policyName: "DAILY" }, {}, 3_610_000],
    [429, { policyName: "DAILY" }, { "retry-after": "30" }, 30_000],
    [429, {}, {}, 10_000],
    [423, {}, {}, 2000],
    [477, {}, { "retry-after": "3600" }, 3_600_000],
    [477, {}, {}, 60_000],
    [400, { category: "RATE_LIMITS", policyName: "SECONDLY" }, {}, 1000],
    [423, {}, { "retry-after": "1" }, 2000],
    [477, {}, { "retry-after": "900000" }, 86_400_000],
    [503, {}, { "retry-after": "4" }, 4000],
    [503, {}, { "retry-after": "Sat, 28 Nov 2026 10:00:20 GMT" }, 20_000],
    [429, { policyName: "DAILY" }, { "retry-after": "Sat, 28 Nov 2026 12:00:00 GMT" }, 7_200_000],
    [429, { policyName: "SECONDLY" }, { "retry-after": "Sat, 28 Nov 2026 09:59:00 GMT" }, 100],
    [429, { policyName: "DAILY" }, { "retry-after": "Sat, 28 Nov 2099 12:00:00 GMT" }, 86_400_000],
    [477, {}, { "retry-after": "Wed, 02 Dec 2026 10:00:00 GMT" }, 86_400_000],
    [429, { policyName: "SECONDLY" }, { "retry-after": "soon" }, 1000],
    [503, {}, { "retry-after": "-5" }, undefined],
    [503, {}, { "retry-after": "" }, undefined],
    [500, {}, {}, undefined],
  ];
  test.each(waits)("%i %j %j waits %s ms", (status, body, headers, ms) => {
    expect(read(status, body, headers).retryAfterMs).toBe(ms);
  });

  test("a limit of the day waits for the next full hour: it may be midnight in the account's time zone", () => {
    const body = JSON.stringify({ policyName: "DAILY" });
    const at = (time: string) =>
      errorFromResponse("call", 429, new Headers(), body, { now: Date.parse(time) }).retryAfterMs;
    expect(at("2026-11-28T10:47:30Z")).toBe(12.5 * 60_000 + 10_000);
    expect(at("2026-11-28T10:59:59Z")).toBe(11_000);
  });

  const midnights: [string, string, number][] = [
    ["America/Sao_Paulo", "2026-11-28T10:47:30Z", 16 * 3600 + 12 * 60 + 30],
    ["US/Eastern", "2026-11-28T10:00:00Z", 19 * 3600],
    ["Asia/Kathmandu", "2026-11-28T10:00:00Z", 8 * 3600 + 15 * 60],
    // Before an hour that comes twice, and the day before one that does not come.
    ["Europe/Berlin", "2026-10-25T00:30:00Z", 22.5 * 3600],
    ["Europe/Berlin", "2026-03-28T12:00:00Z", 11 * 3600],
    // HubSpot's day may end a little later than midnight: then it is not another day that is waited for.
    ["Europe/London", "2026-11-28T00:20:00Z", 40 * 60],
    ["Europe/London", "2026-11-28T01:59:00Z", 60],
    ["Europe/London", "2026-11-28T02:00:00Z", 22 * 3600],
  ];
  test.each(midnights)("a limit of the day in %s at %s waits for its end", (timeZone, time, seconds) => {
    const body = JSON.stringify({ policyName: "DAILY" });
    const { retryAfterMs } = errorFromResponse("call", 429, new Headers(), body, {
      now: Date.parse(time),
      timeZone,
    });
    expect(retryAfterMs).toBe(seconds * 1000 + 10_000);
  });
});

// Verifies: R-74
describe("which answers stop all calls of a kind, and why", () => {
  const pauses: [number, object, string | undefined][] = [
    [429, { policyName: "TEN_SECONDLY_ROLLING" }, "ten_seconds"],
    [429, { policyName: "SECONDLY" }, "second"],
    [429, { policyName: "DAILY" }, "day"],
    [429, {}, "unnamed"],
    [423, {}, "locked"],
    [477, {}, "moving"],
    [522, {}, "unreachable"],
    [525, {}, "unreachable"],
    [526, {}, "unreachable"],
    [524, {}, undefined],
    [503, {}, undefined],
    [400, {}, undefined],
  ];
  test.each(pauses)("%i %j: %s", (status, body, reason) => {
    expect(read(status, body).pause?.reason).toBe(reason);
  });
});

describe("what a refusal names", () => {
  test("the fields, in HubSpot's newer form", () => {
    const errors = [{ message: "bad", code: "INVALID_EMAIL", context: { propertyName: ["email"] } }];
    expect(read(400, { errors }).fields).toEqual([
      { property: "email", code: "INVALID_EMAIL", message: "bad" },
    ]);
  });

  test("the fields, in the older form inside the sentence", () => {
    const message =
      'Property values were not valid: [{"isValid":false,"message":"no","error":"INVALID_DATE","name":"renewal_date"}]';
    expect(read(400, { message }).fields).toEqual([
      { property: "renewal_date", code: "INVALID_DATE", message: "no" },
    ]);
    expect(read(400, { message: "broken: [{not json}]" }).fields).toBeUndefined();
  });

  test.each(["newer", "older"])("words that the database can keep, in HubSpot's %s form", (form) => {
    const odd = "no \u0000\ud83d";
    const kept = "no \ufffd";
    const body =
      form === "newer"
        ? { errors: [{ message: odd, code: odd, context: { propertyName: [odd] } }] }
        : { message: `Not valid: ${JSON.stringify([{ name: odd, error: odd, message: odd }])}` };
    expect(read(400, body).fields).toEqual([{ property: kept, code: kept, message: kept }]);
  });

  test("every field of one fault, also where it is not in a list", () => {
    const bad = { code: "READ_ONLY_VALUE", message: "no" };
    const errors = [
      { ...bad, context: { propertyName: ["city", "state"] } },
      { ...bad, context: { propertyName: "zip", attempts: 3 } },
    ];
    expect(read(400, { errors }).fields?.map(({ property }) => property)).toEqual(["city", "state", "zip"]);
  });

  test("what can be read, where a part has another shape", () => {
    const error = read(400, {
      category: "RATE_LIMITS",
      message: 5,
      errors: ["?"],
      context: "?",
      correlationId: "c-2",
    });
    expect(error).toMatchObject({ kind: "rate_limited", correlationId: "c-2", fields: undefined });
  });

  test("the contact that has the address, and the correlation id", () => {
    const body = {
      message: "Contact already exists. Existing ID: 12345",
      category: "CONFLICT",
      correlationId: "c-1",
    };
    expect(read(409, body)).toMatchObject({ existingId: "12345", correlationId: "c-1" });
    expect(errorFromBatchItem("batch", body)).toMatchObject({ kind: "conflict", existingId: "12345" });
  });

  test("HubSpot's own sentence, up to a length, also where only a part of the answer has one", () => {
    expect(read(400, { message: "  Not like this. " }).said).toBe("Not like this.");
    expect(read(400, { errors: [{ code: "X" }, { message: "Nor like that." }] }).said).toBe("Nor like that.");
    expect(read(400, { message: "x".repeat(301) }).said).toBe(`${"x".repeat(300)}…`);
    expect(read(400, { message: " " }).said).toBeUndefined();
  });

  test("nothing a person typed reaches a printed error", () => {
    const message = 'ana@example.org is wrong: [{"name":"email","message":"ana@example.org is wrong"}]';
    const error = read(400, { message, category: "VALIDATION_ERROR" });
    expect(error.fields?.[0]?.message).toContain("ana@example.org");
    expect(error.said).toContain("ana@example.org");
    expect(`${inspect(error)} ${JSON.stringify(error)}`).not.toContain("ana@");
  });
});
