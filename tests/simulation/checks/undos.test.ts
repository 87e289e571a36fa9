// What an undo is said to have put back was there: by its own hand, or by somebody's who came between its look and its call.
import { describe, expect, it } from "vitest";
import type { World } from "../world";
import type { FinalState } from "./final-state";
import type { Journal } from "./journal";
import { checkUndos } from "./undos";

const field = {
  snov: "job_title",
  hubspot: "jobtitle",
  type: "text",
  direction: "both",
  policy: null,
} as const;
const change = { side: "hubspot", field: "jobtitle", before: "CTO", after: null } as const;

/** The contact was given a title at 10; an undo of that, asked for at 20, looked from 30 on and wrote at 40. */
function saysItPutBack({ wrote = false, cleared }: { wrote?: boolean; cleared?: number }): Promise<string[]> {
  const undo = { runId: "r1", kind: "change", askedAt: 20, prospectId: "p1", undone: [1] };
  const world = {
    settings: { fields: [field] },
    database: { raw: async () => [] },
    account: { contacts: { get: () => undefined } },
    contacts: { changes: [], ids: () => ["c1"] },
    turns: [{ from: 30, to: 50, isDone: true, disturbed: false }],
    idleWrites: wrote ? [{ at: 40, contactId: "c1", property: "jobtitle", value: "" }] : [],
    choices: [],
    undos: [{ ...undo, shown: [{ prospectId: "p1", planned: "put_back", changes: [change] }] }],
  } as unknown as World;
  const row = { side: "hubspot", kind: "contact/edited", prospectId: "p1", contactId: "c1" } as const;
  const state = {
    activities: [
      {
        ...row,
        id: 1,
        at: 10,
        runId: null,
        cause: { kind: "sync" },
        changes: [{ ...change, before: null, after: "CTO" }],
      },
      { ...row, id: 2, at: 50, runId: "r1", cause: { kind: "undo" }, changes: [change] },
    ],
    pairs: [{ prospectId: "p1", contactId: "c1", since: 0 }],
    prospects: new Map(),
    contacts: new Map(),
    restored: [],
    trashed: [],
    trashedByPeople: [],
    disputed: new Set(),
  } as unknown as FinalState;
  const entries = [
    { at: 10, by: "app", value: "CTO" },
    ...(cleared === undefined ? [] : [{ at: cleared, by: "hugo", value: null }]),
  ];
  const journal: Journal = new Map([["hubspot c1 jobtitle", entries]]);
  return checkUndos(world, state, journal);
}

describe("what an undo is said to have put back", () => {
  const neverHeld = [expect.stringContaining("and never held it")];

  it("was written, or somebody had just done the same", async () => {
    expect(await saysItPutBack({ wrote: true, cleared: 35 })).toEqual([]);
  });

  it("is not so where nothing was written, or where it should have been seen there", async () => {
    expect(await saysItPutBack({})).toEqual(neverHeld);
    expect(await saysItPutBack({ cleared: 35 })).toEqual(neverHeld);
    expect(await saysItPutBack({ wrote: true, cleared: 25 })).toEqual(neverHeld);
  });
});
