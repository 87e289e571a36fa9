// What a preview counts is fields, whatever two of them are called.
import { expect, it } from "vitest";
import type { PlannedChange } from "@/db/schema/runs";
import { addShown, noPreview } from "@/services/transfers/preview-counts";
import type { ShownRecord } from "@/services/transfers/show-record";

const change = (field: string, label: string): PlannedChange => ({
  side: "snov",
  field,
  label,
  before: null,
  after: "Porto",
});
const updated = (changes: PlannedChange[]): ShownRecord => ({
  side: "snov",
  recordId: "1",
  name: "Ada",
  planned: "update",
  reason: null,
  changes,
  held: false,
  emails: "",
  overwrites: false,
  on: null,
  links: false,
});

// Verifies: R-51
it("counts two fields of one name apart", () => {
  const both = updated([change("city", "city"), change("custom:1", "city")]);
  expect(addShown(noPreview, [both, updated([change("custom:1", "city")])]).fields).toEqual({
    "snov:city": 1,
    "snov:custom:1": 2,
  });
});
