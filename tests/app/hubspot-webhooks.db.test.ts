// What HubSpot pushes is taken in whole, however large the values that it carries: what is refused ten times is lost.
import { createHmac } from "node:crypto";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { POST } from "@/app/api/hubspot/webhooks/route";
import { openDatabase } from "@/db/client";
import { changeNotices } from "@/db/schema/sync";
import { log } from "@/lib/log";
import { ACCOUNT, APP } from "../sandbox/test-sandbox";
import { createTestDatabase } from "../support/test-database";
import { setTestEnvironment } from "../support/test-environment";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let opened: ReturnType<typeof openDatabase>;
beforeAll(async () => {
  database = await createTestDatabase();
  setTestEnvironment({ databaseUrl: database.url, hubspotUrl: "http://127.0.0.1:1", ...APP });
  opened = openDatabase(database.url);
});
afterAll(async () => {
  await opened.close();
  await database.drop();
});

it("takes in a full batch of the longest values, and the privacy deletion among them (Verifies: R-72)", async () => {
  const longest = "語".repeat(65_536);
  const common = { portalId: ACCOUNT, occurredAt: Date.now(), objectId: 501 };
  const events = Array.from({ length: 99 }, (_, at) => ({
    ...common,
    eventId: at + 1,
    subscriptionType: "contact.propertyChange",
    propertyName: "message",
    propertyValue: longest,
  }));
  const erased = {
    ...common,
    eventId: 100,
    subscriptionType: "contact.privacyDeletion",
    propertyValue: longest,
  };
  expect((await push(JSON.stringify([...events, erased]))).status).toBe(200);
  const kinds = (await opened.db.select().from(changeNotices)).map(({ kind }) => kind);
  expect(kinds).toHaveLength(100);
  expect(kinds).toContain("contact.privacyDeletion");
});

it("says in the log why one is refused, and how many events of one could not be read (Verifies: R-72)", async () => {
  const warned = vi.spyOn(log, "warn");
  expect((await push("no list")).status).toBe(400);
  expect(warned).toHaveBeenLastCalledWith("change-notices/refused", { reason: "malformed" });
  expect((await push("[{}]")).status).toBe(200);
  expect(warned).toHaveBeenLastCalledWith("change-notices/unreadable", { count: 1 });
});

it.each([
  ["no signature", { "x-hubspot-request-timestamp": String(Date.now()) }],
  ["no time", { "x-hubspot-signature-v3": "a".repeat(44) }],
  [
    "an old time",
    { "x-hubspot-signature-v3": "a".repeat(44), "x-hubspot-request-timestamp": "1700000000000" },
  ],
])(
  "keeps nothing of a body with %s, however long it is, and reads it, so that its sender sees the answer",
  async (_, headers) => {
    const piece = new Uint8Array(1024 * 1024);
    let left = 21;
    const body = new ReadableStream({
      pull: (controller) => (left-- > 0 ? controller.enqueue(piece) : controller.close()),
    });
    const request = new Request(url, { method: "POST", body, headers, duplex: "half" } as RequestInit);
    // A body that was read to be kept would be too large: 413.
    expect((await POST(request)).status).toBe(401);
    expect(left).toBeLessThan(0);
  },
);

const url = "http://127.0.0.1:3999/api/hubspot/webhooks";

function push(body: string): Promise<Response> {
  const timestamp = String(Date.now());
  const signature = createHmac("sha256", APP.clientSecret)
    .update(`POST${url}${body}${timestamp}`)
    .digest("base64");
  const headers = { "x-hubspot-signature-v3": signature, "x-hubspot-request-timestamp": timestamp };
  return POST(new Request(url, { method: "POST", body, headers }));
}
