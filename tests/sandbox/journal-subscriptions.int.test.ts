// What the webhooks journal is subscribed to: which actions, of which accounts and objects, until when.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CONTACTS, createContact, journalReader, startWithJournal } from "./journal-reader";
import { ACCOUNT, type ContactBody, type TestSandbox } from "./test-sandbox";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let sandbox: TestSandbox;
let journal: Awaited<ReturnType<typeof journalReader>>;

beforeEach(async () => {
  sandbox = await startWithJournal();
  journal = await journalReader(sandbox);
});
afterEach(() => sandbox.close());

const create = (email: string, more: Record<string, string> = {}) => createContact(sandbox, email, more);

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
  const merged = await sandbox.call<ContactBody>("POST", `${CONTACTS}/merge`, {
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
