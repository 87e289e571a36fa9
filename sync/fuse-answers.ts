import { type DeclinedHarm, declineHarm } from "./decline";
import { type FuseKind, fuseKinds, type Harm, harmfulWrites, harmOf } from "./fuses";
import { ownValue } from "./own-value";
import type { PlannerMapping } from "./planner-settings";
import type { PlanInput, RecordPlan } from "./record-plan";
import { type Both, otherSide, type Side } from "./side";
import { bouncingMappings, type Turns, turnsAfter } from "./turns";
import type { Value } from "./value";

/** What was noticed until then and does this kind of harm is written, or left alone. Times are ISO 8601. */
export type FuseAnswer = {
  kind: FuseKind;
  answer: "continue" | "discard";
  noticedUntil: string;
  /** When the fuse blew: what bounced then is what was asked about. */
  stoppedAt?: string;
};

/** What is planned for a record, and when it came about; in milliseconds since 1970. */
export type PlannedRecord = {
  plan: RecordPlan;
  input: PlanInput;
  turns: Turns;
  /** When the record was removed from that side, where it is known. */
  removedAt: Both<number | undefined>;
  /** When anything of a side's record changed, also where its fields' own times are not known; else 0. */
  latestChange: Both<number>;
};

export type FuseRules = { mappings: PlannerMapping[]; bounces: number; windowMs: number; now: number };

/** `harm` and `turns` are what the fuses still count; `declinedRemoval`: a removal was discarded. */
export type AnsweredRecord = Pick<PlannedRecord, "plan" | "turns"> & {
  harm: Harm;
  declinedRemoval: boolean;
};

/**
 * An answer is about what had been noticed when it was given, and happened before; a later one about the same harm
 * changes nothing for that. That something is noticed again, late or twice, changes nothing either.
 */
export function answersAbout(answers: FuseAnswer[], firstNoticed: number): FuseAnswer[] {
  return answers.filter(({ noticedUntil }) => firstNoticed <= Date.parse(noticedUntil));
}

/** The record's plan without what a person discarded, and its harm without what a person let pass. */
export function withAnswers(record: PlannedRecord, answers: FuseAnswer[], rules: FuseRules): AnsweredRecord {
  const given = fuseKinds.flatMap((kind) => answerOn(record, answers, kind, rules) ?? []);
  const discarded = given.filter(({ answer }) => answer === "discard");
  let { plan } = record;
  let declinedRemoval = false;
  for (const answer of discarded) {
    const declined = decline({ ...record, plan }, answer, rules);
    plan = declined.plan;
    declinedRemoval ||= declined.removal;
  }
  const left = { ...record, plan };
  return given.reduce((counted, answer) => uncounted(left, counted, answer, rules), {
    plan,
    declinedRemoval,
    turns: turnsAt(left, rules.now, rules),
    harm: harmOf(plan, valuesOf(left)),
  });
}

/** The first answer that all of this harm came before; else the first one at all, which says nothing of what came later. */
function answerOn(
  record: PlannedRecord,
  answers: FuseAnswer[],
  kind: FuseKind,
  rules: FuseRules,
): FuseAnswer | undefined {
  const about = answers.filter((answer) => answer.kind === kind);
  const latest = Math.max(0, ...timesOfHarm(record, kind, rules));
  return about.find(({ noticedUntil }) => latest <= Date.parse(noticedUntil)) ?? about[0];
}

function decline(
  record: PlannedRecord,
  { kind, noticedUntil, stoppedAt }: FuseAnswer,
  rules: FuseRules,
): { plan: RecordPlan; removal: boolean } {
  const until = Date.parse(noticedUntil);
  if (kind === "removals" && (removalTime(record) ?? until) > until)
    return { plan: record.plan, removal: false };
  // Turns grow old while a person thinks: what bounced when the fuse blew is what the answer is about.
  const turns = turnsAt(record, Date.parse(stoppedAt ?? noticedUntil), rules);
  const harm: DeclinedHarm =
    kind === "bounces"
      ? { kind, mappingIds: bouncingMappings(turns, rules.bounces) }
      : { kind, isNewer: (side, field) => (changeTime(record, side, field, rules) ?? until) > until };
  return declineHarm(record.plan, harm, rules.mappings, record.input);
}

/** What is known to have come later is harm like any other; so is what may have. */
function uncounted(
  record: PlannedRecord,
  counted: AnsweredRecord,
  { kind, noticedUntil }: FuseAnswer,
  rules: FuseRules,
): AnsweredRecord {
  if (kind === "bounces") return { ...counted, turns: {} };
  const until = Date.parse(noticedUntil);
  return timesOfHarm(record, kind, rules).some((at) => at > until)
    ? counted
    : { ...counted, harm: { ...counted.harm, [kind]: 0 } };
}

/** When each harm of this kind came about, or may have at the latest. */
function timesOfHarm(record: PlannedRecord, kind: FuseKind, rules: FuseRules): number[] {
  const { plan, latestChange } = record;
  if (kind === "removals") return [removalTime(record) ?? 0];
  if (plan.kind !== "pair") return [];
  return harmfulWrites(plan, valuesOf(record))
    .filter((write) => write.kind === kind)
    .map(({ side, field }) => changeTime(record, side, field, rules) ?? latestChange[otherSide(side)]);
}

function removalTime({ plan, removedAt }: PlannedRecord): number | undefined {
  return plan.kind === "remove" || plan.kind === "erase" ? removedAt[otherSide(plan.on)] : undefined;
}

/** When the value that is to be written was given on the other side, where that is known. */
function changeTime(
  { input }: PlannedRecord,
  to: Side,
  field: string,
  { mappings }: FuseRules,
): number | undefined {
  const from = otherSide(to);
  const mapping = mappings.find(({ fields }) => fields[to] === field);
  return mapping && ownValue(input.records[from]?.changedAt ?? {}, mapping.fields[from]);
}

function turnsAt({ plan, turns }: PlannedRecord, time: number, { mappings, windowMs }: FuseRules): Turns {
  return plan.kind === "pair" ? turnsAfter(turns, plan, mappings, time, windowMs) : turns;
}

function valuesOf({ input: { records } }: PlannedRecord): Both<Record<string, Value> | undefined> {
  return { snov: records.snov?.fields, hubspot: records.hubspot?.fields };
}
