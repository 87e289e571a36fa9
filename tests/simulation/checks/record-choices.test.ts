// Two that a person keeps apart are no pair after that, whatever becomes of anybody else, and under whatever id.
import { describe, expect, it } from "vitest";
import type { Choice, World } from "../world";
import type { FinalState } from "./final-state";
import type { Journal } from "./journal";
import { checkRecordChoices } from "./record-choices";

type Pair = FinalState["pairs"][number];
type Story = {
  choice: Partial<Choice>;
  pairs: Pair[];
  /** Ids that HubSpot merged into another one, and when. */
  merged?: { id: string; into: string; at: number }[];
  trashed?: { prospectId: string; at: number }[];
  edited?: { key: string; at: number; by: string }[];
  turns?: { from: number; to: number }[];
  more?: Partial<Choice>[];
};

/** Prospects p1 and p2; c1 and c2 are contacts. Somebody chose at 50. */
function found({ choice, pairs, merged = [], trashed = [], edited = [], turns = [], more = [] }: Story) {
  const about = { id: "k", at: 50, choice: { kind: "apart" }, contactId: null };
  const survivorOf = (id: string): string => {
    const into = merged.find((one) => one.id === id)?.into;
    return into ? survivorOf(into) : id;
  };
  const world = {
    choices: [{ ...about, ...choice }, ...more.map((one, at) => ({ ...about, id: `k${at}`, ...one }))],
    undos: [],
    turns,
    database: { raw: async () => [{ id: "k", outcome: "apart" }] },
    account: { contacts: { get: (id: string) => ({ id: survivorOf(id) }) } },
    contacts: {
      changes: merged.map(({ id, at }) => ({
        contactId: id,
        at,
        kind: "vanished",
        by: "hubspot",
        properties: {},
      })),
      ids: () => ["c1", "c2", ...merged.flatMap(({ id, into }) => [id, into])],
    },
  } as unknown as World;
  const prospects = new Map(["p1", "p2"].map((id) => [id, { id, live: true }]));
  const state = { prospects, pairs, trashed, restored: [], trashedByPeople: [], statuses: new Map() };
  const journal: Journal = new Map(edited.map(({ key, at, by }) => [key, [{ at, by, value: "x" }]]));
  return checkRecordChoices(world, state as unknown as FinalState, journal);
}

/** The contacts of both became c at 20; p2 waited, and was kept apart. */
const merger: Story = {
  choice: { recordId: "p2", otherId: "p1", contactId: "c2" },
  merged: [
    { id: "c1", into: "c", at: 20 },
    { id: "c2", into: "c", at: 20 },
  ],
  pairs: [
    { prospectId: "p1", contactId: "c1", since: 5 },
    { prospectId: "p2", contactId: "c2", since: 5 },
    { prospectId: "p1", contactId: "c", since: 25 },
  ],
};
const takenOver = { prospectId: "p2", contactId: "c", since: 70 };
const isMadeAPair = [expect.stringContaining("was made a pair with c")];

describe("a prospect that is kept apart after a merge", () => {
  it("is not to be given the merged contact, also where we gave it that one's address", async () => {
    expect(await found(merger)).toEqual([]);
    const edited = [{ key: "snov p2 email", at: 70, by: "app" }];
    expect(await found({ ...merger, pairs: [...merger.pairs, takenOver], edited })).toEqual(isMadeAPair);
  });

  it("is not to be removed with that, and may be with a contact of its own", async () => {
    const story = { ...merger, trashed: [{ prospectId: "p2", at: 80 }] };
    expect(await found(story)).toEqual([expect.stringContaining("p2 was removed")]);
    const own = { prospectId: "p2", contactId: "d", since: 70 };
    expect(await found({ ...story, pairs: [...story.pairs, own] })).toEqual([]);
  });

  it("may be given it after another address, or another merge, or by a page that had begun before", async () => {
    const story = { ...merger, pairs: [...merger.pairs, takenOver] };
    const edited = [{ key: "snov p2 email", at: 60, by: "ana" }];
    expect(await found({ ...story, edited })).toEqual([]);
    const later = [...(merger.merged ?? []), { id: "d", into: "c", at: 65 }];
    expect(await found({ ...story, merged: later })).toEqual([]);
    expect(await found({ ...story, turns: [{ from: 40, to: 75 }] })).toEqual([]);
  });
});

describe("a prospect that is kept apart from a contact", () => {
  const choice = { recordId: "p1", otherId: "c1" };
  const pair = (contactId: string, since: number) => ({ prospectId: "p1", contactId, since });

  it("is not to be its pair, though somebody edits either of them", async () => {
    const edited = [{ key: "hubspot c1 jobtitle", at: 55, by: "hubspot" }];
    expect(await found({ choice, pairs: [pair("c1", 70)], edited })).toHaveLength(1);
    expect(await found({ choice, pairs: [pair("c2", 70)], edited })).toEqual([]);
  });

  it("is not to be its pair under the id of a merge either, unless its own contact was merged with it", async () => {
    const merged = [{ id: "c1", into: "c", at: 60 }];
    expect(await found({ choice, pairs: [pair("c", 70)], merged })).toEqual(isMadeAPair);
    const both = [...merged, { id: "c2", into: "c", at: 60 }];
    expect(await found({ choice, pairs: [pair("c2", 5), pair("c", 70)], merged: both })).toEqual([]);
  });

  it("may be its pair by a later choice about either of them", async () => {
    const more = [{ at: 60, recordId: "c1", otherId: "p1", choice: { kind: "link" as const } }];
    expect(await found({ choice, pairs: [pair("c1", 60)], more })).toEqual([]);
  });
});
