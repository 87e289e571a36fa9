import { describe, expect, it } from "vitest";
import { askedConflicts, filterOf, paramsOf } from "@/components/conflicts/asked-conflicts";

const id = "0b7ab9a5-5d3f-4d1c-9c43-0a2d8c7f1e11";

describe("what an address asks of the queue (Verifies: R-62)", () => {
  it("is one kind, field, list, member, name, record and likeness, and the same again when it is written", () => {
    const asked = {
      kind: "value",
      field: id,
      list: id,
      by: id,
      q: "ana",
      record: `snov~${id}`,
      like: `${id}~3`,
    };
    expect(filterOf(asked)).toEqual({
      kind: "value",
      mappingId: id,
      listId: id,
      changedBy: id,
      search: "ana",
      record: { side: "snov", recordId: id },
      like: { conflictId: id, revision: 3 },
    });
    expect(askedConflicts(Object.fromEntries(paramsOf(asked)))).toEqual(asked);
  });

  it("is nothing where it makes no sense", () => {
    expect(filterOf({ kind: "x", field: "x", list: "x", by: "x", record: "x", like: "x~1" })).toEqual({});
    expect(filterOf({ like: `${id}~` })).toEqual({});
    expect(filterOf({ like: `${id}~1e9` })).toEqual({});
  });
});
