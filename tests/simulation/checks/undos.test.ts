// What an undo is said to have put back was there: by its own hand, or by somebody's who came between its look and its call.
// What it said it would put back it did, unless the two may not travel by then.
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
  return checkUndos(...story({ wrote, cleared }));
}

/** The same undo, which ended at 50 and put nothing back; somebody's address was erased, and the prospect had it. */
function leavesIt({ erasedAt, given }: { erasedAt: number; given: number }): Promise<string[]> {
  const [world, state, journal] = story({});
  const raw = async (sql: string) => {
    if (sql.includes("from runs")) return [{ id: "r1", at: 50 }];
    if (sql.includes("join sim_journal")) return [{ key: "erased@people.example", at: erasedAt }];
    return [{ at: given, id: "p1", email: "Erased@people.example", live: true }];
  };
  const account = { contacts: { get: (id: string) => ({ id }) } };
  const live = { live: true };
  return checkUndos(
    { ...world, database: { raw }, account } as unknown as World,
    {
      ...state,
      activities: state.activities.filter(({ id }) => id === 1),
      prospects: new Map([["p1", live]]),
      contacts: new Map([["c1", live]]),
    } as unknown as FinalState,
    journal,
  );
}

function story({
  wrote = false,
  cleared,
}: {
  wrote?: boolean;
  cleared?: number;
}): [World, FinalState, Journal] {
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
  return [world, state, journal];
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

describe("what an undo said it would put back, and did not", () => {
  const wasNot = [expect.stringContaining("was to be put back to null, and was not")];

  it("stays where one of the two came to have an address of somebody erased, before it ended", async () => {
    expect(await leavesIt({ erasedAt: 5, given: 25 })).toEqual([]);
    expect(await leavesIt({ erasedAt: 25, given: 5 })).toEqual([]);
  });

  it("is missing where that was known when it was shown, or came later", async () => {
    expect(await leavesIt({ erasedAt: 5, given: 15 })).toEqual(wasNot);
    expect(await leavesIt({ erasedAt: 5, given: 60 })).toEqual(wasNot);
    expect(await leavesIt({ erasedAt: 60, given: 25 })).toEqual(wasNot);
  });
});
