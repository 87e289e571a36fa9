import { describe, expect, it } from "vitest";
import { parseJournalFile } from "@/connectors/hubspot/journal-file";

const event = (more: object) => ({
  portalId: 7,
  occurredAt: "2026-11-01T10:00:00Z",
  action: "UPDATE",
  objectTypeId: "0-1",
  objectId: 5,
  ...more,
});
const read = (...events: object[]) =>
  parseJournalFile(JSON.stringify({ offset: "o", publishedAt: "", journalEvents: events }));

// Verifies: R-72
describe("a file of the journal", () => {
  it("tells of a privacy deletion that names no type of object", () => {
    for (const objectTypeId of [undefined, null])
      expect(read(event({ action: "GDPR_DELETE", objectTypeId }))).toMatchObject({
        notices: [{ kind: "contact.privacyDeletion", contactIds: ["5"], accountId: "7" }],
        unreadable: 0,
      });
  });

  it("tells of the accounts that took our app out, once each, and not of those that took it in", () => {
    const lifecycle = (portalId: number, action: string) =>
      event({ type: "app_lifecycle_event", portalId, action, objectTypeId: undefined, objectId: undefined });
    expect(
      read(lifecycle(8, "APP_UNINSTALL"), lifecycle(8, "APP_UNINSTALL"), lifecycle(9, "APP_INSTALL")),
    ).toEqual({ notices: [], unreadable: 0, uninstalled: ["8"] });
  });

  it("counts what names no type where that says whether it is a contact", () => {
    expect(read(event({ objectTypeId: undefined }), event({}))).toMatchObject({
      notices: [{ kind: "contact.propertyChange" }],
      unreadable: 1,
    });
  });

  it("leaves out what is about something else, and is read whatever does not apply and is null", () => {
    expect(
      read(
        event({ objectTypeId: "0-2" }),
        event({ action: "ASSOCIATION" }),
        event({ primaryObjectId: null, mergedObjectIds: null, newObjectId: null }),
      ),
    ).toMatchObject({ notices: [{ contactIds: ["5"] }], unreadable: 0 });
  });
});
