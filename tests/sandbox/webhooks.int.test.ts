import { createHash, createHmac } from "node:crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { journalReader } from "./journal-reader";
import { ACCOUNT, APP, type ContactBody, startTestSandbox, type TestSandbox } from "./test-sandbox";
import { startReceiver } from "./webhook-receiver";

// Processes and retries take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const contacts = "/crm/objects/2026-03/contacts";
const patienceMs = 60_000;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let sandbox: TestSandbox;

beforeEach(async () => {
  receiver = await startReceiver();
  sandbox = await startTestSandbox({ webhookUrl: receiver.url });
});
afterEach(async () => {
  await sandbox.close();
  await receiver.close();
});

async function create(email: string) {
  return (await sandbox.call<ContactBody>("POST", contacts, { properties: { email } })).body.id;
}

test("changes of the app and of a person arrive signed, each with its source", async () => {
  const id = await create("hook@one.example");
  await sandbox.control("PATCH", `/accounts/${ACCOUNT}/contacts/${id}`, {
    properties: { city: "Recife", renewal_date: "2026-03-01" },
  });
  await receiver.untilEvents((events) => events.length === 4);
  const common = { portalId: ACCOUNT, appId: 4711, objectId: Number(id), attemptNumber: 0 };
  const app = { ...common, changeSource: "INTEGRATION", sourceId: "4711" };
  const person = { ...common, changeSource: "CRM_UI", sourceId: "userId:5101" };
  const change = { subscriptionType: "contact.propertyChange" };
  expect(receiver.events()).toMatchObject([
    { ...app, subscriptionType: "contact.creation", changeFlag: "CREATED" },
    { ...app, ...change, propertyName: "email", propertyValue: "hook@one.example" },
    { ...person, ...change, propertyName: "city", propertyValue: "Recife" },
    { ...person, ...change, propertyName: "renewal_date", propertyValue: String(Date.UTC(2026, 2, 1)) },
  ]);
  for (const { headers, body } of receiver.deliveries) {
    const timestamp = headers["x-hubspot-request-timestamp"];
    const v3 = createHmac("sha256", APP.clientSecret)
      .update(`POST${receiver.url}${body}${timestamp}`)
      .digest("base64");
    expect(headers["x-hubspot-signature-v3"]).toBe(v3);
    expect(headers["x-hubspot-signature"]).toBe(
      createHash("sha256")
        .update(APP.clientSecret + body)
        .digest("hex"),
    );
    expect(Math.abs(Date.now() - Number(timestamp))).toBeLessThan(60_000);
  }
});

test("writing the value that is there already tells nobody", async () => {
  const id = await create("same@two.example");
  await sandbox.call("PATCH", `${contacts}/${id}`, { properties: { email: "same@two.example" } });
  await sandbox.call("PATCH", `${contacts}/${id}`, { properties: { city: "Natal" } });
  await receiver.untilEvents((events) => events.some((event) => event.propertyName === "city"));
  expect(receiver.events().filter((event) => event.propertyName === "email")).toHaveLength(1);
});

test("events travel in batches of at most 100", async () => {
  await sandbox.call("PATCH", `${contacts}/${await create("first@three.example")}`, {
    properties: { city: "x" },
  });
  const inputs = Array.from({ length: 100 }, (_, at) => ({
    properties: { email: `batch${at}@three.example` },
  }));
  await sandbox.call("POST", `${contacts}/batch/create`, { inputs });
  await receiver.untilEvents((events) => events.length === 203);
  const sizes = receiver.deliveries.map(({ events }) => events.length);
  expect(Math.max(...sizes)).toBe(100);
  expect(sizes.length).toBeLessThanOrEqual(4);
  expect(new Set(receiver.events().map(({ eventId }) => eventId)).size).toBe(203);
});

test("merging, deleting, restoring and privacy deletion have events of their own", async () => {
  const [one, other, third] = [
    await create("a@four.example"),
    await create("b@four.example"),
    await create("c@four.example"),
  ];
  const account = `/accounts/${ACCOUNT}/contacts`;
  const merged = await sandbox.control<ContactBody>("POST", `${account}/merge`, {
    primaryId: one,
    otherId: other,
  });
  await sandbox.control("DELETE", `${account}/${third}`);
  await sandbox.control("POST", `${account}/${third}/restore`);
  await sandbox.control("POST", `${account}/${third}/privacy-delete`);
  await receiver.untilEvents((events) =>
    events.some((event) => event.subscriptionType === "contact.privacyDeletion"),
  );
  const of = (type: string) =>
    receiver.events().filter((event) => event.subscriptionType === `contact.${type}`);
  expect(of("merge")).toMatchObject([
    {
      primaryObjectId: Number(one),
      mergedObjectIds: [Number(other)],
      newObjectId: Number(merged.body.id),
      numberOfPropertiesMoved: 1,
    },
  ]);
  expect(of("restore")).toMatchObject([{ objectId: Number(third) }]);
  expect(of("privacyDeletion")).toMatchObject([{ objectId: Number(third) }]);
  expect(of("deletion").map(({ objectId }) => objectId)).toEqual([
    Number(other),
    Number(third),
    Number(third),
  ]);
});

test("a refused batch comes again with a higher attempt number, and survives a restart", async () => {
  receiver.answerWith(500);
  await create("retry@five.example");
  await receiver.untilRefused(2);
  const state = await sandbox.control<{ webhooks: { pending: number } }>("GET", "/state");
  expect(state.body.webhooks.pending).toBe(2);
  await sandbox.stop();
  receiver.answerWith(200);
  sandbox = await startTestSandbox({ dataDir: sandbox.dataDir });
  await receiver.untilEvents((events) => events.length === 2);
  expect(receiver.events().every(({ attemptNumber }) => attemptNumber >= 1)).toBe(true);
});

test("nothing is pushed for an account that has not connected the app, nor after it was uninstalled", async () => {
  await sandbox.control("POST", "/accounts/24000002/contacts", {
    properties: { email: "quiet@six.example" },
  });
  const id = await create("loud@six.example");
  await sandbox.control("POST", `/accounts/${ACCOUNT}/uninstall`);
  await sandbox.control("PATCH", `/accounts/${ACCOUNT}/contacts/${id}`, { properties: { city: "x" } });
  await sandbox.connect({}, 24_000_002);
  await sandbox.control("POST", "/accounts/24000002/contacts", { properties: { email: "now@six.example" } });
  await receiver.untilEvents((events) => events.some(({ portalId }) => portalId === 24_000_002));
  const state = await sandbox.control<{ webhooks: { pending: number } }>("GET", "/state");
  expect(state.body.webhooks.pending).toBe(0);
  expect(
    receiver
      .events()
      .filter((event) => event.propertyValue?.includes("@six.example"))
      .map((event) => event.propertyValue),
  ).toEqual(expect.not.arrayContaining(["quiet@six.example"]));
  expect(receiver.events().some((event) => event.propertyName === "city")).toBe(false);
});

test("only subscribed properties are pushed once subscriptions are narrowed", async () => {
  await sandbox.control("PATCH", "/settings", { subscribedProperties: ["email"] });
  const id = await create("narrow@seven.example");
  await sandbox.call("PATCH", `${contacts}/${id}`, {
    properties: { city: "x", email: "narrower@seven.example" },
  });
  await receiver.untilEvents((events) =>
    events.some((event) => event.propertyValue === "narrower@seven.example"),
  );
  expect(receiver.events().some((event) => event.propertyName === "city")).toBe(false);
});

test("HubSpot's schedule tries ten times more within a day and then gives up, and the journal has it all the same", async () => {
  receiver.answerWith(500);
  await sandbox.control("PATCH", "/settings", { webhookRetries: "hubspot", journalDelayMs: 0 });
  await sandbox.call("GET", contacts);
  await sandbox.control("PATCH", "/clock", { frozen: true });
  const journal = await journalReader(sandbox);
  await journal.subscribe();
  await create("never@eight.example");
  const pushed = async () =>
    (await sandbox.control<{ webhooks: { pending: number; lost: number } }>("GET", "/state")).body.webhooks;
  await receiver.untilRefused(1);
  let hours = 0;
  for (let attempt = 1; attempt <= 10; attempt++) {
    await vi.waitUntil(async () => {
      await sandbox.control("PATCH", "/clock", { advanceMs: 1_800_000 });
      hours += 0.5;
      return receiver.refused() > attempt;
    }, patienceMs);
  }
  await vi.waitUntil(async () => (await pushed()).lost === 2, patienceMs);
  expect((await pushed()).pending).toBe(0);
  expect(receiver.refused()).toBe(11);
  expect(receiver.attempts()).toEqual(Array.from({ length: 11 }, (_, at) => at));
  expect(hours).toBeLessThanOrEqual(30);
  expect(await (await journalReader(sandbox)).all()).toMatchObject([{ action: "CREATE" }]);
});

test("moving the clock ahead brings on the next attempt", async () => {
  receiver.answerWith(500);
  await sandbox.control("PATCH", "/settings", { webhookRetries: "hubspot" });
  await create("soon@nine.example");
  await receiver.untilRefused(1);
  receiver.answerWith(200);
  await vi.waitUntil(async () => {
    await sandbox.control("PATCH", "/clock", { advanceMs: 60_000 });
    return receiver.events().length === 2;
  }, patienceMs);
  expect(receiver.events().map(({ attemptNumber }) => attemptNumber)).toEqual([1, 1]);
});

test("webhooks are lost, doubled and late as asked", async () => {
  const fault = (webhooks: object) => sandbox.control("PUT", "/faults", { webhooks });
  await fault({ lose: 1 });
  await create("lost@ten.example");
  await fault({ double: 1 });
  await create("double@ten.example");
  await receiver.untilEvents((events) => events.length === 4);
  const doubled = receiver.events().map(({ eventId }) => eventId);
  expect(new Set(doubled).size).toBe(2);
  await fault({ late: 1, lateMs: 400 });
  await create("late@ten.example");
  await fault({});
  await create("early@ten.example");
  await receiver.untilEvents((events) => events.length === 8);
  const emails = receiver.events().flatMap(({ propertyValue }) => propertyValue ?? []);
  expect(emails.slice(-2)).toEqual(["early@ten.example", "late@ten.example"]);
  expect(emails).not.toContain("lost@ten.example");
});

test("what travels together can arrive out of order", async () => {
  await sandbox.control("PUT", "/faults", { webhooks: { shuffle: true } });
  const inputs = Array.from({ length: 20 }, (_, at) => ({
    properties: { email: `mixed${at}@eleven.example` },
  }));
  await sandbox.call("POST", `${contacts}/batch/create`, { inputs });
  await receiver.untilEvents((events) => events.length === 40);
  const ids = receiver.events().map(({ eventId }) => eventId);
  expect(ids).not.toEqual(ids.toSorted((a, b) => a - b));
  expect(new Set(ids).size).toBe(40);
});
