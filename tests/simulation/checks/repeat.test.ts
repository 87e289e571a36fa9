// What moves where nothing should is noticed, what is said of a record included.
import { describe, expect, it } from "vitest";
import type { FinalState } from "./final-state";
import { moved } from "./repeat";

const state = (statuses: [string, object][]) =>
  ({
    prospects: new Map(),
    contacts: new Map(),
    links: [],
    conflicts: [],
    statuses: new Map(statuses),
  }) as unknown as FinalState;
const inSync = { status: "in_sync", reason: null, detail: {}, at: 1 };

describe("what is said of a record", () => {
  it("has moved where its status, its reason or what that names is another one", () => {
    const before = state([["snov p", inSync]]);
    expect(moved(before, state([["snov p", { ...inSync, at: 2 }]]))).toEqual([]);
    expect(moved(before, state([["snov p", { ...inSync, status: "failing" }]]))).toHaveLength(1);
    expect(moved(before, state([["snov p", { ...inSync, reason: "one_way" }]]))).toHaveLength(1);
    expect(moved(before, state([["snov p", { ...inSync, detail: { fields: "city" } }]]))).toHaveLength(1);
    expect(moved(before, state([]))).toHaveLength(1);
  });
});
