import { describe, expect, it } from "vitest";
import { afterOverwrite, overwrittenValue, type PastValue } from "@/sync/overwritten";
import type { PlannerMapping } from "@/sync/planner-settings";
import { emailMapping, mapping } from "./planner-fixtures";

const title = mapping("title");
const seen = { seen: "CEO", sent: "CTO", at: 250 };
const ours = (value: string | null, at = 300): PastValue => ({ value, at, ours: true });
const theirs = (value: string | null, at = 200): PastValue => ({ value, at, ours: false });

describe("a value that a write of ours replaced unseen (Verifies: R-73)", () => {
  it("It is the one that stands right under ours and that we did not read", () => {
    const history = [ours("CTO"), theirs("CFO"), theirs("CEO", 100)];
    expect(overwrittenValue(title, history, seen)?.lost).toEqual(theirs("CFO"));
  });

  it("It is found under ours also where somebody has edited the field since", () => {
    const history = [theirs("COO", 400), ours("CTO"), theirs("CFO")];
    expect(overwrittenValue(title, history, seen)?.lost).toEqual(theirs("CFO"));
  });

  it("A person who emptied the field in between is noticed too", () => {
    expect(overwrittenValue(title, [ours("CTO"), theirs(null)], seen)?.lost).toEqual(theirs(null));
  });

  it("It is also what somebody typed while another value was put back, however often", () => {
    const first = [ours("CFO", 500), theirs("COO", 400), ours("CTO"), theirs("CFO")];
    expect(overwrittenValue(title, first, seen)).toEqual({
      lost: theirs("COO", 400),
      by: ours("CFO", 500),
      byPuttingBack: true,
    });
    const second = [ours("COO", 700), theirs("CEO", 600), ...first];
    expect(overwrittenValue(title, second, seen)?.lost).toEqual(theirs("CEO", 600));
  });

  it.each<[rule: string, history: PastValue[]]>([
    ["What was put back is found no more", [ours("CFO", 400), ours("CTO"), theirs("CFO")]],
    [
      "Nor is it where somebody has edited the field since",
      [theirs("COO", 500), ours("CFO", 400), ours("CTO"), theirs("CFO")],
    ],
    [
      "Nor what was put back over that",
      [ours("COO", 600), ours("CFO", 500), theirs("COO", 400), ours("CTO"), theirs("CFO")],
    ],
    ["Replacing what we read overwrites nothing unseen", [ours("CTO"), theirs("CEO")]],
    ["What we read is the same however it is written", [ours("CTO"), theirs(" CEO ")]],
    ["A value of our own is no person's", [ours("CTO"), ours("COO", 200)]],
    ["Where ours is the oldest, nothing stood under it", [ours("CTO")]],
    ["Where ours is not told of, nothing is concluded", [theirs("COO"), theirs("CFO")]],
    ["The same value by a person's hand is not our write", [theirs("CTO"), theirs("CFO")]],
    ["Another write of ours is not the one looked for", [ours("COO"), theirs("CFO")]],
    ["Where nothing is told, nothing is concluded", []],
  ])("%s", (_, history) => {
    expect(overwrittenValue(title, history, seen)).toBeNull();
  });

  it("An equal write of long before is not the one looked for, a clock that is minutes ahead included", () => {
    const minutes = 60_000;
    const history = [ours("CTO", 10 * minutes), theirs("CFO")];
    const sentAt = (at: number) => overwrittenValue(title, history, { ...seen, at })?.lost ?? null;
    expect(sentAt(15 * minutes)).toEqual(theirs("CFO"));
    expect(sentAt(15 * minutes + 1)).toBeNull();
  });

  it("Nor is an equal one from before the record's last change that we had read, by the side's own clock", () => {
    const history = [ours("CTO"), theirs("CFO")];
    const since = (standingSince: number) =>
      overwrittenValue(title, history, { ...seen, standingSince })?.lost ?? null;
    expect(since(300)).toEqual(theirs("CFO"));
    expect(since(301)).toBeNull();
  });

  it("An address of another letter case is the one we sent", () => {
    const history = [ours("ANA@example.com"), theirs("bia@example.com")];
    const sent = { seen: "old@example.com", sent: "ana@example.com", at: 250 };
    expect(overwrittenValue(emailMapping, history, sent)?.lost).toEqual(theirs("bia@example.com"));
  });
});

describe("what becomes of it (Verifies: R-21, R-61, R-73)", () => {
  const found = { base: "CEO", sent: "CTO", sentChangedAt: 100, lost: theirs("CFO") };
  const putBack = { kind: "put_back" };
  const toHubspot: Partial<PlannerMapping> = { writable: { snov: false, hubspot: true } };

  function outcome(overrides: Partial<PlannerMapping>, parts: Partial<typeof found> = {}) {
    return afterOverwrite(mapping("title", overrides), "hubspot", { ...found, ...parts });
  }

  it("Where a person must be asked it is put back, so that both values can be chosen from", () => {
    expect(outcome({})).toEqual(putBack);
  });

  it("Where the policy would have replaced it anyway ours stands", () => {
    expect(outcome({ policy: "snov_wins" })).toEqual({ kind: "stands", why: "policy" });
  });

  it("Where the policy prefers it, it is put back", () => {
    expect(outcome({ policy: "hubspot_wins" })).toEqual(putBack);
  });

  it("The most recent change goes by when each person made theirs", () => {
    expect(outcome({ policy: "most_recent" })).toEqual(putBack);
    expect(outcome({ policy: "most_recent" }, { sentChangedAt: 300 })).toEqual({
      kind: "stands",
      why: "policy",
    });
  });

  it("In a one-way field the source's edit replaces it anyway, and ours stands", () => {
    expect(outcome(toHubspot)).toEqual({ kind: "stands", why: "source" });
  });

  it("Where it had only gone back to what both agreed on, our change stands", () => {
    expect(outcome({}, { lost: theirs("CEO") })).toEqual({ kind: "stands", why: "changed" });
  });

  it("Where it says the same as ours there is nothing to put back", () => {
    expect(outcome({}, { lost: theirs(" CTO") })).toEqual({ kind: "stands", why: "changed" });
  });

  it("On the other side it goes the same way", () => {
    const inSnov = (policy: PlannerMapping["policy"]) =>
      afterOverwrite(mapping("title", { policy }), "snov", found);
    expect(inSnov("hubspot_wins")).toEqual({ kind: "stands", why: "policy" });
    expect(inSnov("snov_wins")).toEqual(putBack);
  });
});
