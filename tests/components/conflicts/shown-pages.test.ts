// A poll brings the first page and what is being applied; below it stands what was loaded further on.
import { describe, expect, it } from "vitest";
import { endingOf, leftBetween, shownPages } from "@/components/conflicts/shown-pages";
import type { ConflictRow, ConflictsView } from "@/services/conflicts/read-page";
import { row } from "./conflict-rows";

const rows = (...numbers: number[]) => numbers.map((n) => row(n));

function page(conflicts: ConflictRow[], more: boolean, about: Partial<ConflictsView> = {}): ConflictsView {
  const last = conflicts.at(-1);
  return {
    conflicts,
    next:
      more && last
        ? { openedAt: last.openedAt, side: last.side, recordId: last.recordId, id: last.id }
        : null,
    filter: {},
    counted: null,
    watched: [],
    snapshot: "10:10:",
    held: null,
    ...about,
  };
}

const idsOf = (pages: ConflictsView[]) => pages.flatMap(({ conflicts }) => conflicts.map(({ id }) => id));
const choice = { choice: { kind: "leave" } } as const;

describe("the queue between two polls (Verifies: R-62)", () => {
  it("shows each conflict once, also where those of the next page have moved up", () => {
    const before = [page(rows(1, 2, 3), true), page(rows(4, 5, 6), true)];
    const after = shownPages(before, page(rows(3, 4, 5), true));
    expect(idsOf(after)).toEqual(idsOf([page(rows(3, 4, 5, 6), true)]));
    expect(after.at(-1)?.next).toEqual(before[1]?.next);
    expect(leftBetween(before, after)).toEqual(rows(1, 2));
  });

  it("goes on from the first page where all behind it have left or moved up", () => {
    const before = [page(rows(1, 2), true), page(rows(3, 4), true)];
    const first = page(rows(5, 6), true);
    expect(shownPages(before, first)).toEqual([first]);
    const short = page(rows(4), false);
    expect(shownPages(before, short)).toEqual([short]);
    expect(leftBetween(before, [short])).toEqual(rows(1, 2, 3));
  });

  it("shows further down what a watched conflict says now, and not one that has closed", () => {
    const before = [page(rows(1), true), page([row(2), row(3, { resolution: choice })], false)];
    const watched = [row(2, { resolution: choice }), row(3, { outcome: "applied", closedAt: "now" })];
    const after = shownPages(before, page(rows(1), true, { watched }));
    expect(after[1]?.conflicts).toEqual([row(2, { resolution: choice })]);
    expect(leftBetween(before, after).map(({ id }) => id)).toEqual(["id-003"]);
  });

  it("offers more once there are more than at the end of the list", () => {
    const before = [page(rows(1, 2), true), page(rows(3), false)];
    const counts = { total: 3, kinds: {}, records: {}, mappings: {} };
    const polled = (total: number) =>
      shownPages(
        before,
        page(rows(1, 2), true, { counted: { counts: { ...counts, total }, around: counts } }),
      );
    expect(polled(3).at(-1)?.next).toBeNull();
    expect(polled(4).at(-1)?.next).toMatchObject({ id: "id-003" });
  });

  it("keeps what stands behind the first page because of its record, and shows nothing twice", () => {
    const of = (n: number, recordId: string) => row(n, { recordId });
    const before = [page([of(9, "a"), of(1, "b")], true), page([of(8, "b"), of(2, "c")], false)];
    const after = shownPages(before, page([of(9, "a"), of(1, "b")], true));
    expect(idsOf(after)).toEqual(["id-009", "id-001", "id-008", "id-002"]);
    expect(leftBetween(before, after)).toEqual([]);
    expect(leftBetween(before, [page([of(9, "a"), of(1, "b")], true)])).toEqual([]);
  });

  it("takes nothing for gone that newer ones have pushed behind the end", () => {
    const before = [page(rows(1, 3, 4), true)];
    const after = shownPages(before, page(rows(1, 2, 3), true));
    expect(leftBetween(before, after)).toEqual([]);
  });
});

describe("how a conflict ended (Verifies: R-63)", () => {
  it("is said where it closed, and where a choice came to nothing", () => {
    const waiting = row(1, { resolution: choice });
    expect(endingOf(row(1), row(1, { closedAt: "now", outcome: "healed" }))).toBe("healed");
    expect(endingOf(waiting, row(1, { closedAt: "now", outcome: "kept" }))).toBe("kept");
    expect(endingOf(waiting, row(1, { outcome: "undone" }))).toBe("undone");
    expect(endingOf(waiting, waiting)).toBeNull();
    expect(endingOf(row(1, { outcome: "moved" }), row(1, { outcome: "moved" }))).toBeNull();
  });
});
