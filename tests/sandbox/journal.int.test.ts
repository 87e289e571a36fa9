// The webhooks journal: what a subscription asks for is in it, in order and without gaps, for three days.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  CONTACTS,
  createContact,
  JOURNAL_SCOPES,
  journalReader,
  type PointerBatch,
  startWithJournal,
} from "./journal-reader";
import { ACCOUNT, startTestSandbox, type TestSandbox } from "./test-sandbox";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const HOUR = 3_600_000;
let sandbox: TestSandbox;
let journal: Awaited<ReturnType<typeof journalReader>>;

beforeEach(async () => {
  sandbox = await startWithJournal();
  journal = await journalReader(sandbox);
});
afterEach(() => sandbox.close());

const create = (email: string, more: Record<string, string> = {}) => createContact(sandbox, email, more);

function advance(ms: number) {
  return sandbox.control("PATCH", "/clock", { advanceMs: ms });
}

test("one write is one event with the subscribed properties, and nothing from before the subscription", async () => {
  await create("before@one.example");
  await journal.subscribe();
  const id = await create("ana@one.example", { city: "Faro", phone: "1" });
  await sandbox.call("PATCH", `${CONTACTS}/${id}`, { properties: { city: "Tavira", phone: "2" } });
  await sandbox.call("PATCH", `${CONTACTS}/${id}`, { properties: { phone: "3" } });
  await sandbox.call("DELETE", `${CONTACTS}/${id}`);
  const common = { type: "crmObject", portalId: ACCOUNT, objectTypeId: "0-1", objectId: Number(id) };
  expect(await journal.all()).toEqual([
    {
      ...common,
      action: "CREATE",
      occurredAt: expect.any(String),
      propertyChanges: { email: "ana@one.example", city: "Faro" },
    },
    { ...common, action: "UPDATE", occurredAt: expect.any(String), propertyChanges: { city: "Tavira" } },
    { ...common, action: "DELETE", occurredAt: expect.any(String) },
  ]);
});

test("from any offset on, the files that follow hold every later event once, in order", async () => {
  await sandbox.control("PATCH", "/settings", { journalFileSize: 3 });
  await journal.subscribe({ actions: ["CREATE"] });
  for (let at = 0; at < 8; at++) await create(`row${at}@two.example`);
  const emails = async (from?: string) =>
    (await journal.all(from)).map((event) => event.type === "crmObject" && event.propertyChanges?.email);
  expect(await emails()).toEqual(Array.from({ length: 8 }, (_, at) => `row${at}@two.example`));
  const first = await journal.call("GET", "/journal/2026-03/earliest");
  expect(await emails(first.body.currentOffset)).toHaveLength(5);
  const latest = await journal.call("GET", "/journal/2026-03/latest");
  expect(await emails(latest.body.currentOffset)).toEqual([]);
  await create("later@two.example");
  expect(await emails(latest.body.currentOffset)).toEqual(["later@two.example"]);
});

test("batches give several files at once, and name the offsets that are gone", async () => {
  await sandbox.control("PATCH", "/settings", { journalFileSize: 1 });
  await journal.subscribe({ actions: ["CREATE"] });
  for (let at = 0; at < 4; at++) await create(`row${at}@three.example`);
  const batch = async (path: string) => {
    const { body } = await journal.call<PointerBatch>("GET", `/journal/2026-03/batch/${path}`);
    return body.results.map(({ currentOffset }) => currentOffset);
  };
  const all = await batch("earliest/100");
  expect(all).toHaveLength(4);
  expect(await batch("earliest/2")).toEqual(all.slice(0, 2));
  expect(await batch("latest/3")).toEqual(all.slice(1));
  expect(await batch(`${all[0]}/next/2`)).toEqual(all.slice(1, 3));
  const gone = "11111111-1111-4111-a111-111111111111";
  const read = await journal.call<PointerBatch>("POST", "/journal/2026-03/batch/read", {
    inputs: [all[2], gone],
  });
  expect(read).toMatchObject({
    status: 207,
    body: { results: [{ currentOffset: all[2] }], numErrors: 1, errors: [{ context: { offsets: [gone] } }] },
  });
  expect((await journal.call("GET", "/journal/2026-03/batch/earliest/101")).status).toBe(400);
});

test("an offset older than three days is not found, and what is younger can still be read", async () => {
  await journal.subscribe({ actions: ["CREATE"] });
  await create("old@four.example");
  const { body: old } = await journal.call("GET", "/journal/2026-03/latest");
  await advance(70 * HOUR);
  journal = await journalReader(sandbox);
  await sandbox.control("POST", `/accounts/${ACCOUNT}/contacts`, {
    properties: { email: "young@four.example" },
  });
  expect(await journal.all(old.currentOffset)).toHaveLength(1);
  await advance(3 * HOUR);
  journal = await journalReader(sandbox);
  const expired = await journal.call("GET", `/journal/2026-03/offset/${old.currentOffset}/next`);
  expect(expired).toMatchObject({ status: 404, body: { category: "OBJECT_NOT_FOUND" } });
  expect(await journal.all()).toMatchObject([{ propertyChanges: { email: "young@four.example" } }]);
  expect((await journal.call("GET", "/journal/2026-03/offset/nonsense/next")).status).toBe(400);
});

test("an event shows only after the delay, and an empty journal answers 204", async () => {
  await sandbox.control("PATCH", "/clock", { frozen: true });
  await sandbox.control("PATCH", "/settings", { journalDelayMs: 30_000 });
  await journal.subscribe();
  await create("late@five.example");
  await advance(29_999);
  expect((await journal.call("GET", "/journal/2026-03/latest")).status).toBe(204);
  await advance(1);
  expect((await journal.call("GET", "/journal/2026-03/latest")).status).toBe(200);
});

test("the address of a file ends with its time and cannot be changed", async () => {
  await journal.subscribe();
  await create("file@six.example");
  const { body } = await journal.call("GET", "/journal/2026-03/earliest");
  expect((await fetch(body.url)).status).toBe(200);
  expect((await fetch(body.url.replace("expires=", "expires=9"))).status).toBe(403);
  await advance(2 * HOUR);
  const late = await fetch(body.url);
  expect(late.status).toBe(403);
  expect(await late.text()).toContain("Request has expired");
});

test("the local journal shows the events of one account, the global one those of all", async () => {
  await sandbox.connect({}, 24_000_002);
  await journal.subscribe({ actions: ["CREATE"] });
  await journal.subscribe({ actions: ["CREATE"], portalId: 24_000_002 });
  await create("here@seven.example");
  await sandbox.control("POST", "/accounts/24000002/contacts", {
    properties: { email: "there@seven.example" },
  });
  expect((await journal.all()).map(({ portalId }) => portalId)).toEqual([ACCOUNT, 24_000_002]);
  const local = await journal.call("GET", "/journal-local/2026-03/earliest?installPortalId=24000002");
  expect(await journal.read(local.body)).toMatchObject([{ portalId: 24_000_002 }]);
});

test("only a token of the app itself reads the journal, and only with the scope for it", async () => {
  const { access_token } = await sandbox.connect();
  const path = "/webhooks-journal/journal/2026-03/latest";
  expect((await sandbox.raw("GET", path, undefined, access_token)).status).toBe(401);
  expect((await sandbox.raw("GET", path)).status).toBe(401);
  const writer = await journalReader(sandbox, ["developer.webhooks_journal.subscriptions.write"]);
  expect(await writer.call("GET", "/journal/2026-03/latest")).toMatchObject({
    status: 403,
    body: { errors: [{ context: { requiredGranularScopes: ["developer.webhooks_journal.read"] } }] },
  });
  const blind = await journalReader(
    sandbox,
    JOURNAL_SCOPES.filter((scope) => scope.startsWith("developer.")),
  );
  expect(await blind.subscribe()).toMatchObject({
    status: 403,
    body: { errors: [{ context: { requiredGranularScopes: ["crm.objects.contacts.read"] } }] },
  });
  const refused = await sandbox.form("/oauth/2026-03/token", {
    ...sandbox.app,
    grant_type: "client_credentials",
    scope: "no.such.scope",
  });
  expect(refused).toMatchObject({ status: 400, body: { error: "invalid_scope" } });
});

test("journal, subscriptions and offsets survive a restart, and a reset forgets them for good", async () => {
  await journal.subscribe();
  await create("kept@twelve.example");
  const { body } = await journal.call("GET", "/journal/2026-03/latest");
  await create("open@twelve.example");
  await sandbox.stop();
  sandbox = await startTestSandbox({ dataDir: sandbox.dataDir });
  journal = await journalReader(sandbox);
  expect(await journal.all(body.currentOffset)).toMatchObject([
    { propertyChanges: { email: "open@twelve.example" } },
  ]);
  await sandbox.control("POST", "/reset", { seed: "empty" });
  await sandbox.connect();
  journal = await journalReader(sandbox);
  await journal.subscribe();
  await sandbox.control("POST", `/accounts/${ACCOUNT}/contacts`, {
    properties: { email: "new@twelve.example" },
  });
  expect(await journal.all()).toHaveLength(1);
  expect((await journal.call("GET", `/journal/2026-03/offset/${body.currentOffset}/next`)).status).toBe(404);
});
