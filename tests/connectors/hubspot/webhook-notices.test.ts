import { expect, it } from "vitest";
import { parseNotices } from "@/connectors/hubspot/webhook-notices";

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
  const plain = parseNotices(JSON.stringify([event]));
  expect(plain).toMatchObject({ notices: [{ contactIds: ["5"], kind: "contact.deletion" }], unreadable: 0 });
  expect(parseNotices(JSON.stringify([{ ...event, ...nulls }]))).toEqual(plain);
});
