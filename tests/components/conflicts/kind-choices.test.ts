// Conflicts are decided together where one choice fits all of them.
import { describe, expect, it } from "vitest";
import {
  groupChoices,
  groupOf,
  hasDetails,
  matchingOf,
  recordChoices,
  selectableOf,
} from "@/components/conflicts/kind-choices";
import { row } from "./conflict-rows";

const records = { mappingId: null, kind: "removed_and_edited" } as const;
const shared = { mappingId: null, kind: "same_address" } as const;
const conflicts = [
  row(1, records),
  row(2),
  row(3, records),
  row(4, { ...records, resolution: { choice: { kind: "remove" } } }),
  row(5, { stopped: true }),
  row(6, shared),
  row(7, { kind: "same_address" }),
];
const idsOf = (selected: string[]) => selectableOf(conflicts, selected).map(({ id }) => id);

describe("what is selected together (Verifies: R-62, R-64)", () => {
  it("is of one kind, that of the first selected, and can still be decided", () => {
    expect(idsOf([])).toEqual(["id-001", "id-003"]);
    expect(idsOf(["id-007"])).toEqual(["id-002", "id-007"]);
    expect(idsOf(["id-006"])).toEqual(["id-006"]);
    // What was selected and has been decided since leads nobody.
    expect(idsOf(["id-004"])).toEqual(["id-001", "id-003"]);
    expect(selectableOf([], [])).toEqual([]);
  });

  it("is offered the choices that fit all of its kind, and no pairs", () => {
    const kindsOf = (one: (typeof conflicts)[number]) => groupChoices(groupOf(one)).map(({ kind }) => kind);
    expect(kindsOf(row(1, records))).toEqual(["bring_back", "remove"]);
    expect(kindsOf(row(1, shared))).toEqual(["apart"]);
    expect(kindsOf(row(1, { ...shared, kind: "merged" }))).toEqual(["apart"]);
    expect(kindsOf(row(1, { kind: "same_address" }))).toEqual(["take", "take"]);
  });

  it("makes a pair only of two that belong to nobody else", () => {
    expect(recordChoices(row(1, { ...shared, linkable: true }))).toEqual(["link", "apart"]);
    expect(recordChoices(row(1, shared))).toEqual(["apart"]);
  });

  it("has details where there is more to be known than the queue shows", () => {
    expect([row(1), row(1, records), row(1, shared)].map(hasDetails)).toEqual([true, true, false]);
    const nameless = { side: "hubspot", id: "7", name: null } as const;
    expect(hasDetails(row(1, { ...shared, other: nameless }))).toBe(true);
    expect(hasDetails(row(1, { ...shared, other: { ...nameless, name: "Nia" } }))).toBe(false);
  });

  it("is counted among all that match without what it does not fit", () => {
    const counts = {
      total: 9,
      kinds: { value: 3, same_address: 4, removed_and_edited: 2 },
      records: { same_address: 1, removed_and_edited: 2 },
      mappings: { a: 4, b: 2 },
    };
    expect(matchingOf("fields", counts)).toBe(6);
    expect(matchingOf("same_address", counts)).toBe(1);
    expect(matchingOf("merged", counts)).toBe(0);
  });
});
