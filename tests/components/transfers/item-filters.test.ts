import { describe, expect, it } from "vitest";
import { itemFilters, outcomeCounts } from "@/components/transfers/item-filters";
import { aTransfer as transfer } from "./a-transfer";

type Shown = Parameters<typeof itemFilters>[0];
const counted = (shown: Shown) => itemFilters(shown).map(({ kind, count }) => [kind, count]);

describe("the kinds of records that a transfer's list offers", () => {
  it("are the preview's before it is allowed, also where it was discarded", () => {
    const previewed = [
      ["update", 2],
      ["create", 7],
      ["conflict", 1],
      ["skip", 5],
      ["equal", 5],
    ];
    expect(counted(transfer)).toEqual(previewed);
    expect(counted({ ...transfer, state: "cancelled", finishedAt: transfer.startedAt })).toEqual(previewed);
  });

  it("are afterwards what became of them, with those whose turn has not come, and add up to all that were seen", () => {
    const allowed: Shown = {
      ...transfer,
      state: "running",
      allowedAt: transfer.startedAt,
      done: { created: 4, failing: 1, unchanged: 1, excluded: 1 },
      reached: 7,
    };
    expect(counted(allowed)).toEqual([
      ["failing", 1],
      ["created", 4],
      ["planned", 3],
      ["excluded", 6],
      ["unchanged", 6],
    ]);
    expect(outcomeCounts(allowed)).toEqual({ created: 4, failing: 1, unchanged: 6, excluded: 6 });
    expect(itemFilters(allowed).reduce((sum, { count }) => sum + count, 0)).toBe(transfer.preview.seen);
    const cancelled = { ...allowed, state: "cancelled" as const, finishedAt: transfer.startedAt };
    expect(counted(cancelled)).toContainEqual(["notReached", 3]);
  });

  it("have beside them those of which a field stays, that are among the others as well", () => {
    expect(counted({ ...transfer, held: 2 }).at(-1)).toEqual(["held", 2]);
  });
});
