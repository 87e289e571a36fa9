import { directions, writableSides } from "@/sync/direction";
import type { Absence } from "@/sync/removal";
import type { RemovalChoice } from "@/sync/resolution";
import { otherSide, sides } from "@/sync/side";
import type { Value } from "@/sync/value";
import type { RecordCase } from "../cases/case";
import { able, both, email, frame, link, mapping, record } from "./frame";

const absences: (Absence | null)[] = [null, "archived", "deleted", "privacy_deleted"];
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
