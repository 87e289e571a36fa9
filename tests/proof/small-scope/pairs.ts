import { type Direction, directions, writableSides } from "@/sync/direction";
import type { Capabilities } from "@/sync/planner-settings";
import type { Policy } from "@/sync/policy";
import type { FieldChoice } from "@/sync/resolution";
import type { Both } from "@/sync/side";
import type { Value } from "@/sync/value";
import type { RecordCase } from "../cases/case";
import { able, frame, link, mapping, record } from "./frame";

const values: Value[] = [null, "a", "b"];

/** What settles a field that both sides changed: the policies, and every way in which two times can compare. */
const settling: { policy: Policy; times: Both<number | undefined> }[] = [
  { policy: "ask", times: { snov: 1, hubspot: 2 } },
  { policy: "snov_wins", times: { snov: 1, hubspot: 2 } },
  { policy: "hubspot_wins", times: { snov: 2, hubspot: 1 } },
  { policy: "most_recent", times: { snov: 2, hubspot: 1 } },
  { policy: "most_recent", times: { snov: 1, hubspot: 2 } },
  { policy: "most_recent", times: { snov: 1, hubspot: 1 } },
  { policy: "most_recent", times: { snov: undefined, hubspot: 1 } },
  { policy: "most_recent", times: { snov: 1, hubspot: undefined } },
];

/** What a person decided about the tried field; `other`: about other values than those that are there. */
const answers: { choice: FieldChoice; about: "these" | "other"; undone: boolean }[] = [
  { choice: { kind: "take", side: "snov" }, about: "these", undone: false },
  { choice: { kind: "take", side: "hubspot" }, about: "these", undone: false },
  { choice: { kind: "value", value: "c" }, about: "these", undone: false },
  { choice: { kind: "leave" }, about: "these", undone: false },
  { choice: { kind: "take", side: "snov" }, about: "other", undone: false },
  { choice: { kind: "value", value: "a" }, about: "other", undone: true },
];

type Ties = {
  link: boolean;
  base: Value | undefined;
  declined: "not" | "as it is" | "before";
  recorded: boolean;
  answer?: (typeof answers)[number];
};

/** Addresses that another record has. */
const takenAddresses = [[], ["a", "b", "c"], ["b"]];

function ownersOf(taken: string[]): Record<string, string> {
  return Object.fromEntries(taken.map((address) => [address, "other"]));
}

/** Not linked, or linked with each base; declined as it is; its conflict recorded with other values, or answered. */
const ties: Ties[] = [
  { link: false, base: undefined, declined: "not", recorded: false },
  { link: false, base: undefined, declined: "not", recorded: true },
  ...[undefined, ...values].flatMap((base) => [
    { link: true, base, declined: "not" as const, recorded: false },
    { link: true, base, declined: "as it is" as const, recorded: false },
    { link: true, base, declined: "before" as const, recorded: false },
  ]),
  ...[undefined, "a"].flatMap((base) =>
    answers.map((answer) => ({ link: true, base, declined: "not" as const, recorded: true, answer })),
  ),
  { link: true, base: undefined, declined: "not", recorded: true },
];

/** Both records there, one field of which is tried in every state: first an ordinary one, then the e-mail. */
export function* pairCases(): Generator<RecordCase> {
  for (const identity of [false, true])
    for (const syncType of directions)
      for (const direction of directions)
        for (const { policy, times } of settling)
          for (const clear of [able, { ...able, clear: false }])
            for (const taken of identity ? takenAddresses : [[]])
              for (const tie of ties)
                for (const snov of values)
                  for (const hubspot of values)
                    yield pairCase({
                      identity,
                      syncType,
                      direction,
                      policy,
                      times,
                      clear,
                      taken,
                      tie,
                      snov,
                      hubspot,
                    });
}

type PairChoice = {
  identity: boolean;
  syncType: Direction;
  direction: Direction;
  policy: Policy;
  times: Both<number | undefined>;
  clear: Capabilities;
  taken: string[];
  tie: Ties;
  snov: Value;
  hubspot: Value;
};

function pairCase(choice: PairChoice): RecordCase {
  const { identity, syncType, direction, policy, times, clear, taken, tie, snov, hubspot } = choice;
  const tried = { ...mapping(identity ? "email" : "title", identity), policy };
  tried.writable = writableSides(syncType, direction);
  const other = { ...mapping("other", false), writable: writableSides(syncType, "both") };
  const given = frame(syncType, [tried, other], clear);
  const base: Record<string, Value> = tie.base === undefined ? {} : { [tried.id]: tie.base };
  given.input = {
    ...given.input,
    records: {
      snov: record("snov", { [tried.id]: snov, other: "same" }, times.snov),
      hubspot: record("hubspot", { [tried.id]: hubspot, other: "same" }, times.hubspot),
    },
    link: tie.link ? link({ ...base, other: "same" }) : null,
    openConflicts: tie.recorded ? { [tried.id]: { snov: "a", hubspot: "c" } } : {},
    addressOwners: { snov: ownersOf(taken), hubspot: ownersOf(taken) },
  };
  if (tie.answer) {
    const { choice, about, undone } = tie.answer;
    const seen = about === "these" ? { snov, hubspot } : { snov: "b", hubspot: "c" };
    const undo = undone ? { undo: tie.base === undefined ? {} : { base: tie.base } } : {};
    given.input.resolutions[tried.id] = { choice, seen, ...undo };
  }
  const { declined } = given.input.link ?? link({});
  if (tie.declined === "as it is" && snov !== hubspot) declined.values[tried.id] = { snov, hubspot };
  if (tie.declined === "before") declined.values[tried.id] = { snov: "a", hubspot: "b", discarded: true };
  return given;
}
