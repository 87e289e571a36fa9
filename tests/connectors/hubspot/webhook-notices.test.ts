import { expect, it } from "vitest";
import { parseJournalFile } from "@/connectors/hubspot/journal-file";
import { parseChangeNotices } from "@/connectors/hubspot/webhook-notices";

const webhook = (subscriptionType: string, objectTypeId?: string) => ({
  ...{ eventId: 1, portalId: 7, occurredAt: 1742175136625, objectId: 5 },
  subscriptionType,
  objectTypeId,
});

// Verifies: R-72
it.each([
  ["creation", "CREATE"],
  ["propertyChange", "UPDATE"],
  ["deletion", "DELETE"],
  ["merge", "MERGE"],
  ["restore", "RESTORE"],
  ["privacyDeletion", "GDPR_DELETE"],
])("a %s is of one kind, by either of a webhook's names and by the journal's", (act, action) => {
  const occurredAt = new Date(1742175136625).toISOString();
  const journalEvents = [{ portalId: 7, occurredAt, action, objectTypeId: "0-1", objectId: 5 }];
  const [journaled] = parseJournalFile(JSON.stringify({ offset: "o", journalEvents })).notices;
  const body = JSON.stringify([webhook(`contact.${act}`), webhook(`object.${act}`, "0-1")]);
  const { accountId, kind, contactIds } = journaled ?? {};
  const same = { accountId, kind, contactIds, occurredAt: journaled?.occurredAt };
  expect(kind).toBe(`contact.${act}`);
  expect(parseChangeNotices(body)?.notices).toMatchObject([same, same]);
});

it.each([
  ["contact.somethingNew", undefined, "contact.unknown", ["5"]],
  ["object.somethingNew", "0-1", "contact.unknown", ["5"]],
  ["contact.associationChange", undefined, "unrelated", []],
  ["object.deletion", "0-2", "unrelated", []],
  ["object.deletion", undefined, "unrelated", []],
  ["company.deletion", undefined, "unrelated", []],
])("%s of an object of type %s is %s", (subscriptionType, objectTypeId, kind, contactIds) => {
  const body = JSON.stringify([webhook(subscriptionType, objectTypeId)]);
  expect(parseChangeNotices(body)?.notices).toMatchObject([{ kind, contactIds }]);
});

// Verifies: R-72
it("an event in which what does not apply is null is read like one that leaves it out", () => {
  const event = {
    eventId: 1,
    subscriptionId: 2,
    portalId: 7,
    appId: 3,
    occurredAt: 1742175136625,
    subscriptionType: "contact.deletion",
    attemptNumber: 0,
    objectId: 5,
  };
  const nulls = {
    objectTypeId: null,
    propertyName: null,
    changeSource: null,
    sourceId: null,
    primaryObjectId: null,
    mergedObjectIds: null,
    newObjectId: null,
  };
  const plain = parseChangeNotices(JSON.stringify([event]));
  expect(plain).toMatchObject({ notices: [{ contactIds: ["5"], kind: "contact.deletion" }], unreadable: 0 });
  expect(parseChangeNotices(JSON.stringify([{ ...event, ...nulls }]))).toEqual(plain);
});

// Verifies: R-72
it("an event that the database could not keep sinks none of those that came with it", () => {
  const event = {
    eventId: 1,
    portalId: 7,
    occurredAt: 1742175136625,
    subscriptionType: "contact.propertyChange",
  };
  const body = JSON.stringify([
    { ...event, objectId: 5, propertyName: "ci\u0000ty\ud800" },
    { ...event, objectId: 6, occurredAt: 8.64e15 + 1 },
    { ...event, objectId: 7, propertyName: "city" },
  ]);
  const read = parseChangeNotices(body);
  expect(read?.unreadable).toBe(1);
  expect(read?.notices.map(({ contactIds }) => contactIds)).toEqual([["5"], ["7"]]);
  expect(JSON.stringify(read)).not.toMatch(/\\u0000|\\ud800/);
});
