import { type Direction, directions, writableSides } from "@/sync/direction";
import type { Capabilities, PlannerMapping } from "@/sync/planner-settings";
import type { Policy } from "@/sync/policy";
import type { ObservedLink, ObservedRecord } from "@/sync/record-plan";
import type { Absence } from "@/sync/removal";
import type { FieldChoice, RemovalChoice } from "@/sync/resolution";
import { type Both, otherSide, sides } from "@/sync/side";
import type { Value } from "@/sync/value";
import type { RecordCase } from "./cases/case";

// Every combination of few values: what random cases may miss by chance cannot hide here.

const values: Value[] = [null, "a", "b"];
const email = "ana@x.io";
const both = [true, false];
const absences: (Absence | null)[] = [null, "archived", "deleted", "privacy_deleted"];
const nothingSent = { values: {}, removal: false };
const able: Capabilities = { create: true, clear: true, remove: true, restore: true, erase: true };

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

const linkStates = ["none", "linked", "both removed", "removal declined", "removal unconfirmed"] as const;
const recordStates = [
  "untouched",
  "edited",
  "never agreed",
  "its own",
  "left as it is",
  "edited and stopped",
  "out of scope",
] as const;
/** A sync type, and the direction of a field within it. */
const travels = [
  ...directions.map((direction) => ["both", direction] as const),
  ...directions.filter((one) => one !== "both").map((syncType) => [syncType, "both"] as const),
];
const removalAnswers: (RemovalChoice | null)[] = [null, "remove", "bring_back"];

const asked: [boolean, RemovalChoice | null] = [true, null];
const askedEach = both.flatMap((was) => removalAnswers.map((answer): typeof asked => [was, answer]));

/** One record there: the other never was, or went in every way there is. */
export function* absenceCases(): Generator<RecordCase> {
  for (const here of sides)
    for (const [syncType, direction] of travels)
      for (const remove of both)
        for (const erase of both)
          for (const restore of both)
            for (const create of both)
              for (const removals of ["propagate", "keep"] as const)
                for (const state of linkStates)
                  for (const absence of state === "none" ? [null] : absences)
                    for (const erased of both)
                      for (const recordState of recordStates)
                        for (const [wasInScope, answer] of state === "none" ? [asked] : askedEach) {
                          const there = otherSide(here);
                          const given = frame(syncType, [mapping("email", true), mapping("title", false)]);
                          for (const one of given.settings.mappings)
                            one.writable = writableSides(syncType, one.identity ? "both" : direction);
                          given.settings.removals = removals;
                          given.settings.capabilities = {
                            snov: { ...able, ...(here === "snov" ? { remove, erase } : { restore, create }) },
                            hubspot: {
                              ...able,
                              ...(here === "hubspot" ? { remove, erase } : { restore, create }),
                            },
                          };
                          const title =
                            recordState.startsWith("edited") || recordState === "left as it is" ? "b" : "a";
                          for (const one of given.settings.mappings)
                            one.stopped = !one.identity && recordState === "edited and stopped";
                          const left = record(here, { email, title }, 1);
                          left.inScope = recordState !== "out of scope";
                          const base: Record<string, Value> =
                            recordState === "never agreed"
                              ? { email }
                              : { email, title: recordState === "its own" ? null : "a" };
                          const known = link(base);
                          if (recordState === "left as it is")
                            known.declined.values.title = { snov: "b", hubspot: "b" };
                          known.bothRemoved = state === "both removed";
                          known.declined.removal = state === "removal declined";
                          known.inScope[there] = wasInScope;
                          given.input = {
                            ...given.input,
                            records: { ...given.input.records, [here]: left },
                            link: state === "none" ? null : known,
                            absences: { ...given.input.absences, [there]: absence },
                            erased,
                            removalResolution: answer && { choice: answer, seen: { title } },
                            unconfirmed: {
                              ...given.input.unconfirmed,
                              [there]: { values: {}, removal: state === "removal unconfirmed" },
                            },
                          };
                          yield given;
                        }
}

/** Neither record there. */
export function* goneCases(): Generator<RecordCase> {
  for (const syncType of directions)
    for (const linked of both)
      for (const erased of both)
        for (const snov of linked ? absences : [null])
          for (const hubspot of linked ? absences : [null])
            for (const eraseProspect of both)
              for (const eraseContact of both) {
                const given = frame(syncType, [mapping("email", true)]);
                given.settings.capabilities = {
                  snov: { ...able, erase: eraseProspect },
                  hubspot: { ...able, erase: eraseContact },
                };
                given.input = {
                  ...given.input,
                  link: linked ? link({ email }) : null,
                  absences: { snov, hubspot },
                  erased,
                };
                yield given;
              }
}

function frame(syncType: Direction, mappings: PlannerMapping[], capabilities = able): RecordCase {
  const constant = (side: string) => ({ field: `${side}_constant`, type: "text" as const, value: "ours" });
  const status = (side: string) => ({ field: `${side}_status`, value: "NEW" });
  return {
    settings: {
      mappings,
      writable: writableSides(syncType, "both"),
      capabilities: { snov: capabilities, hubspot: capabilities },
      removals: "propagate",
      constants: { snov: constant("snov"), hubspot: constant("hubspot") },
      firstStatus: { snov: status("snov"), hubspot: status("hubspot") },
    },
    input: {
      records: { snov: null, hubspot: null },
      link: null,
      absences: { snov: null, hubspot: null },
      erased: false,
      openConflicts: {},
      resolutions: {},
      removalResolution: null,
      unconfirmed: { snov: nothingSent, hubspot: nothingSent },
      addressOwners: { snov: {}, hubspot: {} },
    },
    binned: {
      snov: record("snov", { email, title: "a" }, undefined),
      hubspot: record("hubspot", { email, title: "b" }, undefined),
    },
    createdInScope: true,
    crash: { wholeRecords: true, mask: 1 },
    turn: 1,
  };
}

function mapping(id: string, identity: boolean): PlannerMapping {
  return {
    id,
    type: "text",
    fields: { snov: `snov_${id}`, hubspot: `hubspot_${id}` },
    writable: { snov: true, hubspot: true },
    policy: "ask",
    identity,
    stopped: false,
    choices: { snov: null, hubspot: null },
  };
}

function record(side: string, fields: Record<string, Value>, at: number | undefined): ObservedRecord {
  const own = Object.entries(fields).map(([id, value]): [string, Value] => [`${side}_${id}`, value]);
  const changedAt = at === undefined ? {} : Object.fromEntries(own.map(([field]) => [field, at]));
  return { id: `${side}-1`, fields: Object.fromEntries(own), inScope: true, changedAt };
}

function link(base: Record<string, Value>): ObservedLink {
  return {
    base,
    firstSynced: { snov: false, hubspot: false },
    inScope: { snov: true, hubspot: true },
    bothRemoved: false,
    declined: { removal: false, values: {} },
    refused: {},
  };
}
