import { describe, expect, it } from "vitest";
import { fileOf, itemFilters, outcomeCounts } from "@/components/transfers/item-filters";
import { mayRetry } from "@/components/transfers/transfer-phase";

type Shown = Parameters<typeof itemFilters>[0];
const transfer: Shown = {
  runId: "r",
  integrationId: "i",
  state: "previewed",
  fromSnov: true,
  fromHubspot: true,
  prospects: { kind: "all" },
  contacts: { kind: "all" },
  undoes: null,
  undoneBy: null,
  replacedBy: null,
  preview: {
    seen: 20,
    create: { snov: 3, hubspot: 4 },
    update: 2,
    conflict: 1,
    equal: 5,
    skip: { no_email: 4, out_of_scope: 1 },
    fields: {},
    overwrites: 0,
  },
  done: {},
  reached: 0,
  total: 10,
  changed: 0,
  held: 0,
  waiting: null,
  startedAt: "2026-01-01T00:00:00.000Z",
  startedBy: null,
  allowedAt: null,
  resumedAt: null,
  finishedAt: null,
  lastMinute: 0,
  runningMs: 0,
  asked: 0,
  askedKey: "",
  onward: [],
};
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

describe("an equal pair that is linked by its turn", () => {
  it("counts once, however far the transfer is", () => {
    const preview = { ...transfer.preview, toLink: 2 };
    expect(outcomeCounts({ done: {}, preview })).toMatchObject({ unchanged: 3 });
    expect(outcomeCounts({ done: { unchanged: 2 }, preview })).toMatchObject({ unchanged: 5 });
  });
});

describe("the file of the records on screen", () => {
  it("is called by what it holds: what was found goes before the kind", () => {
    const [failed, created] = (["failing", "create"] as const).map((kind) => ({ kind, query: {}, count: 1 }));
    expect(fileOf(undefined, "")).toBe("downloadAll");
    expect(fileOf(created, "")).toBe("downloadKind");
    expect(fileOf(failed, "")).toBe("downloadFailures");
    for (const filter of [undefined, created, failed]) expect(fileOf(filter, "ada")).toBe("downloadFound");
  });
});

describe("another turn for what failed", () => {
  it("is offered of a transfer that went through, until it is undone", () => {
    const finished: Shown = { ...transfer, state: "finished", done: { failing: 1 } };
    expect(mayRetry(finished)).toBe(true);
    expect(mayRetry({ ...finished, done: {} })).toBe(false);
    expect(mayRetry({ ...finished, state: "cancelled" })).toBe(false);
    expect(mayRetry({ ...finished, undoneBy: { runId: "u", state: "finished" } })).toBe(false);
  });
});
