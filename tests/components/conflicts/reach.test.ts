// A choice made at one conflict can be about all of its record, of its field, or about all that are like it.
import { describe, expect, it } from "vitest";
import { filterOf } from "@/components/conflicts/asked-conflicts";
import { askedWithin, reachesOf } from "@/components/conflicts/reach";
import { row } from "./conflict-rows";

const id = "0b7ab9a5-5d3f-4d1c-9c43-0a2d8c7f1e11";

describe("how far a choice can reach (Verifies: R-62)", () => {
  it("is offered as fits a field's values, and records in the same trouble", () => {
    expect(reachesOf(row(1))).toEqual(["record", "field", "like"]);
    expect(reachesOf(row(1, { kind: "same_address", mappingId: id }))).toEqual(["record", "field", "like"]);
    expect(reachesOf(row(1, { kind: "removed_and_edited", mappingId: null }))).toEqual(["like"]);
  });

  it("asks for all of the record, of the field, or like the conflict at the revision that was seen", () => {
    const conflict = row(1, { id, recordId: id, mappingId: id, revision: 3 });
    expect(filterOf(askedWithin("record", conflict))).toEqual({ record: { side: "snov", recordId: id } });
    expect(filterOf(askedWithin("field", conflict))).toEqual({ mappingId: id });
    expect(filterOf(askedWithin("like", conflict))).toEqual({ like: { conflictId: id, revision: 3 } });
  });
});
