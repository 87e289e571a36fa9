// The webhooks journal: what a subscription asks for is in it, in order and without gaps, for three days.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { JOURNAL_SCOPES, journalReader, type PointerBatch } from "./journal-reader";
import { ACCOUNT, type ContactBody, startTestSandbox, type TestSandbox } from "./test-sandbox";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const contacts = "/crm/objects/2026-03/contacts";
const HOUR = 3_600_000;
let sandbox: TestSandbox;
let journal: Awaited<ReturnType<typeof journalReader>>;

beforeEach(async () => {
  sandbox = await startTestSandbox();
  await sandbox.control("PATCH", "/settings", { journalDelayMs: 0 });
  await sandbox.call("GET", contacts);
  journal = await journalReader(sandbox);
});
afterEach(() => sandbox.close());

async function create(email: string, more: Record<string, string> = {}) {
  const { body } = await sandbox.call<ContactBody>("POST", contacts, { properties: { email, ...more } });
  return body.id;
}

function advance(ms: number) {
  return sandbox.control("PATCH", "/clock", { advanceMs: ms });
}

test("one write is one event with the subscribed properties, and nothing from before the subscription", async () => {
  await create("before@one.example");
  await journal.subscribe();
  const id = await create("ana@one.example", { city: "Faro", phone: "1" });
  await sandbox.call("PATCH", `${contacts}/${id}`, { properties: { city: "Tavira", phone: "2" } });
  await sandbox.call("PATCH", `${contacts}/${id}`, { properties: { phone: "3" } });
  await sandbox.call("DELETE", `${contacts}/${id}`);
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

test("subscribing again replaces, removing ends, and an account without the app cannot be subscribed", async () => {
  const first = await journal.subscribe();
  const second = await journal.subscribe({ properties: ["phone"] });
  expect(second.body).toMatchObject({ id: first.body.id, properties: ["phone"] });
  expect(await journal.subscribe({ portalId: 24_000_002 })).toMatchObject({
    status: 403,
    body: { category: "MISSING_SCOPES" },
  });
  await journal.subscribe({ objectTypeId: "0-2" });
  const list = () => journal.call<{ results: object[] }>("GET", "/subscriptions/2026-03");
  expect((await list()).body.results).toHaveLength(2);
  expect((await journal.call("DELETE", `/subscriptions/2026-03/${first.body.id}`)).status).toBe(204);
  expect((await journal.call("GET", `/subscriptions/2026-03/${first.body.id}`)).status).toBe(404);
  const removeAll = () => journal.call("DELETE", `/subscriptions/2026-03/portals/${ACCOUNT}`);
  expect((await removeAll()).status).toBe(204);
  expect(await removeAll()).toMatchObject({ status: 404, body: { category: "OBJECT_NOT_FOUND" } });
  expect((await list()).body.results).toEqual([]);
  await create("unseen@eight.example");
  expect(await journal.all()).toEqual([]);
});

test("installing and uninstalling stand in the journal, and uninstalling ends the account's subscriptions", async () => {
  for (const eventTypeId of ["4-1909196", "4-1916193"])
    await journal.call("POST", "/subscriptions/2026-03", {
      subscriptionType: "APP_LIFECYCLE_EVENT",
      eventTypeId,
      properties: [],
    });
  await journal.subscribe();
  await sandbox.connect({}, 24_000_002);
  await sandbox.connect({}, 24_000_002);
  await sandbox.control("POST", `/accounts/${ACCOUNT}/uninstall`);
  expect(await journal.all()).toMatchObject([
    { type: "app_lifecycle_event", action: "APP_INSTALL", portalId: 24_000_002, eventTypeId: "4-1909196" },
    { type: "app_lifecycle_event", action: "APP_UNINSTALL", portalId: ACCOUNT, eventTypeId: "4-1916193" },
  ]);
  const { body } = await journal.call<{ results: object[] }>("GET", "/subscriptions/2026-03");
  expect(body.results).toHaveLength(2);
});

test("merges, restores, privacy deletions and list memberships have events of their own", async () => {
  await journal.subscribe();
  const more = { portalId: ACCOUNT, objectTypeId: "0-1" };
  await journal.subscribe({
    ...more,
    subscriptionType: "GDPR_PRIVACY_DELETION",
    actions: ["GDPR_DELETE"],
  });
  await journal.subscribe({
    subscriptionType: "LIST_MEMBERSHIP",
    actions: ["ADDED_TO_LIST", "REMOVED_FROM_LIST"],
    listIds: [],
  });
  const [one, other] = [await create("a@nine.example"), await create("b@nine.example")];
  const list = await sandbox.call<{ list: { listId: string } }>("POST", "/crm/lists/2026-03", {
    name: "Mine",
    objectTypeId: "0-1",
    processingType: "MANUAL",
  });
  const listId = Number(list.body.list.listId);
  await sandbox.call("PUT", `/crm/lists/2026-03/${listId}/memberships/add`, [one]);
  const merged = await sandbox.call<ContactBody>("POST", `${contacts}/merge`, {
    primaryObjectId: one,
    objectIdToMerge: other,
  });
  const page = `/accounts/${ACCOUNT}/contacts/${merged.body.id}`;
  await sandbox.control("DELETE", page);
  await sandbox.control("POST", `${page}/restore`);
  await sandbox.control("POST", `${page}/privacy-delete`);
  const events = await journal.all();
  const of = (action: string) => events.filter((event) => event.action === action);
  expect(of("MERGE")).toMatchObject([
    {
      objectId: Number(merged.body.id),
      primaryObjectId: Number(one),
      mergedObjectIds: [Number(other)],
      newObjectId: Number(merged.body.id),
    },
  ]);
  expect(of("ADDED_TO_LIST")).toMatchObject([{ listId, objectId: Number(one) }, { listId }]);
  expect(of("REMOVED_FROM_LIST").length).toBe(2);
  expect(of("RESTORE")).toHaveLength(1);
  expect(of("GDPR_DELETE")).toMatchObject([
    { type: "gdprPrivacyDeletion", objectId: Number(merged.body.id) },
  ]);
});

test("a filter keeps out what does not fit it", async () => {
  const { body } = await journal.subscribe();
  const condition = { filterType: "CRM_OBJECT_PROPERTY", property: "city", operator: "EQ", value: "Faro" };
  const filter = { subscriptionId: body.id, filter: { conditions: [condition] } };
  const added = await journal.call<{ filterId: number }>("POST", "/subscriptions/2026-03/filters", filter);
  await create("out@ten.example", { city: "Beja" });
  await create("in@ten.example", { city: "Faro" });
  expect(await journal.all()).toMatchObject([{ propertyChanges: { email: "in@ten.example", city: "Faro" } }]);
  await journal.call("DELETE", `/subscriptions/2026-03/filters/${added.body.filterId}`);
  await create("all@ten.example", { city: "Beja" });
  expect(await journal.all()).toHaveLength(2);
});

test("a snapshot puts a contact's values into the journal", async () => {
  await journal.subscribe();
  const id = await create("snap@eleven.example", { city: "Faro" });
  const request = { portalId: ACCOUNT, objectTypeId: "0-1", properties: ["email", "city"] };
  const { body } = await journal.call<{ snapshotResponses: { snapshotStatusId: string }[] }>(
    "POST",
    "/snapshots/2026-03/crm",
    {
      snapshotRequests: [
        { ...request, objectId: Number(id) },
        { ...request, objectId: 1 },
      ],
    },
  );
  const statuses = [];
  for (const { snapshotStatusId } of body.snapshotResponses)
    statuses.push(
      (await journal.call<{ status: string }>("GET", `/journal/2026-03/status/${snapshotStatusId}`)).body
        .status,
    );
  expect(statuses).toEqual(["SUCCESS", "FAILED"]);
  expect((await journal.all()).at(-1)).toMatchObject({
    action: "SNAPSHOT",
    objectId: Number(id),
    propertyChanges: { email: "snap@eleven.example", city: "Faro" },
  });
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
