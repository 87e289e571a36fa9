// The check holds one exchange of each shape against HubSpot's files: what they refuse must never have the shape of what they take.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { shapeOf, shapeOfUrl } from "@/sandbox/hubspot/http/exchange-shape";
import { recordingIn } from "@/sandbox/hubspot/http/recording";
import { checkRecordings } from "@/scripts/test/contract/check-recordings";
import { openContract } from "@/scripts/test/contract/open-contract";

const folder = process.env.HUBSPOT_CONTRACT_DIR ?? "";
const contacts = "/crm/objects/2026-03/contacts";

describe.each([
  ["a limit", { limit: 200 }, { limit: 201 }],
  ["a limit below nothing", { limit: 0 }, { limit: -1 }],
  ["groups of filters", { filterGroups: [{}, {}, {}, {}, {}] }, { filterGroups: [{}, {}, {}, {}, {}, {}] }],
  ["filters of a group", { filters: Array(6).fill({}) }, { filters: Array(7).fill({}) }],
  ["inputs", { inputs: Array(100).fill({}) }, { inputs: Array(101).fill({}) }],
  ["a number of 32 bits", { displayOrder: 1 }, { displayOrder: 2 ** 40 }],
  ["a whole number", { displayOrder: 1 }, { displayOrder: 1.5 }],
  ["an enumeration in capitals", { operator: "EQ" }, { operator: "eq" }],
  ["an enumeration in small letters", { token_type_hint: "refresh_token" }, { token_type_hint: "foo" }],
  ["a kind of token", { token_use: "access_token" }, { token_use: "ACCESS_TOKEN" }],
  ["a time", { createdAt: "2026-11-01T10:00:00Z" }, { createdAt: "2026-11-01Tnope" }],
  ["a time of day", { createdAt: "2026-11-01T10:00:00Z" }, { createdAt: "2026-11-01T25:00:00Z" }],
  ["a time with its zone", { createdAt: "2026-11-01T10:00:00Z" }, { createdAt: "2026-11-01T10:00:00" }],
  ["a day that there is", { createdAt: "2026-02-28T10:00:00Z" }, { createdAt: "2026-02-31T10:00:00Z" }],
  ["a boolean", { archived: true }, { archived: "true" }],
  ["a value of a property", { properties: { city: "Faro" } }, { properties: { city: 7 } }],
  ["no value of a property", { properties: { city: "" } }, { properties: { city: null } }],
])("%s", (_, good, bad) => {
  it("is told from one that is none", () => {
    expect(shapeOf(bad)).not.toBe(shapeOf(good));
  });
});

it.each([
  ["archived=true", "archived=maybe"],
  ["archived=true", "archived=True"],
  ["archived=true", "archived=1"],
  ["archived=true", "archived="],
  ["dataSensitivity=sensitive", "dataSensitivity=secret"],
  ["idProperty=userId", "idProperty=userid"],
  ["limit=100", "limit=101"],
  ["limit=100", "limit=abc"],
  ["startDate=2026-11-01T10:00:00Z", "startDate=2026-11-01"],
  ["installPortalId=1", "installPortalId=x1"],
])("in a query %s has another shape than %s", (good, bad) => {
  expect(shapeOfUrl(`/x?${bad}`)).not.toBe(shapeOfUrl(`/x?${good}`));
});

it("does not grow with people, fields, texts and ids", () => {
  const written = (id: string, name: string, value: string) => ({
    inputs: [{ id, properties: { [name]: value }, objectWriteTraceId: "7" }],
  });
  expect(shapeOf(written("1", "city", "Faro"))).toBe(shapeOf(written("2", "phone", "+55 11 5550")));
  const found = (name: string, value: string) => ({
    filterGroups: [{ filters: [{ propertyName: name, operator: "EQ", value }] }],
  });
  expect(shapeOf(found("email", "ana@a.example"))).toBe(shapeOf(found("city", "2026-11-01T10:00:00Z")));
  expect(shapeOfUrl("/contacts/12?properties=email")).toBe(shapeOfUrl("/contacts/7?properties=city,phone"));
});

describe.skipIf(!folder)(`HubSpot's files${folder ? "" : " (HUBSPOT_CONTRACT_DIR names no folder)"}`, () => {
  let recordings: string;
  beforeEach(() => {
    recordings = mkdtempSync(join(tmpdir(), "recordings-"));
  });
  afterEach(() => rmSync(recordings, { recursive: true }));

  it("refuse three wrong calls, each after a good one that was answered alike", async () => {
    const keep = (method: string, url: string, body = "") =>
      recordingIn(recordings).keep(
        {
          method,
          url,
          headers: {
            authorization: "Bearer x",
            accept: "application/json",
            "user-agent": "node",
            ...(body ? { "content-type": "application/json" } : {}),
          },
          async *[Symbol.asyncIterator]() {},
        },
        Buffer.from(body),
        { status: 200, body: url.endsWith("search") ? { total: 0, results: [] } : { results: [] } },
      );
    for (const limit of [200, 500]) keep("POST", `${contacts}/search`, JSON.stringify({ limit }));
    for (const archived of ["true", "maybe"]) keep("GET", `${contacts}?archived=${archived}`);
    for (const kind of ["sensitive", "secret"])
      keep("GET", `/crm/properties/2026-03/contacts?dataSensitivity=${kind}`);
    const { violations, exchanges } = checkRecordings(recordings, await openContract(folder));
    expect(exchanges).toBe(6);
    expect(violations.map(({ fault }) => fault)).toEqual([
      "request: /limit must be <= 200",
      "request: query archived: / must be boolean",
      expect.stringContaining("request: query dataSensitivity: / must be equal to one of the allowed values"),
    ]);
  });

  it("limit no text to a few words or to a format that a shape would not keep", () => {
    const files = readdirSync(join(folder, "specs")).filter((file) => file.includes("2026-03"));
    const limited = files.flatMap((file) =>
      limits(JSON.parse(readFileSync(join(folder, "specs", file), "utf8"))),
    );
    expect(limited.length).toBeGreaterThan(50);
    const lost = limited.filter(
      ([name, good]) =>
        shapeOf({ [name]: good }) === shapeOf({ [name]: "nonsense" }) ||
        shapeOf({ [name]: good }) === shapeOf({ [name]: `${good}x` }),
    );
    expect(lost).toEqual([]);
  });
});

const formats: Record<string, string> = {
  "date-time": "2026-11-01T10:00:00Z",
  uuid: "5f0c8f5e-0f5f-4c5e-9d43-3a1d3f0c8f5e",
};

/** Every field and every parameter of a file with words or a format to keep to, and one of each of its good values. */
function limits(node: unknown, name = ""): [name: string, good: string][] {
  if (node === null || typeof node !== "object") return [];
  if (Array.isArray(node)) return node.flatMap((item) => limits(item, name));
  const { enum: words, format, in: place, name: parameter, schema } = node as Record<string, unknown>;
  if (typeof place === "string" && typeof parameter === "string") return limits(schema, parameter);
  const good = [...(Array.isArray(words) ? words : []), formats[String(format)]].filter(
    (value): value is string => typeof value === "string",
  );
  const own = good.map((value): [string, string] => [name, value]);
  const within = Object.entries(node).flatMap(([key, value]) =>
    limits(value, key === "items" || key === "schema" || key === "additionalProperties" ? name : key),
  );
  return [...own, ...within];
}
