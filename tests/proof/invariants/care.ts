import { type DeclinedHarm, declineHarm } from "@/sync/decline";
import { type FuseKind, fuseKinds, harmOf } from "@/sync/fuses";
import { planRecord } from "@/sync/plan";
import type { PlannerMapping } from "@/sync/planner-settings";
import type { PairPlan, PlanInput, RecordPlan } from "@/sync/record-plan";
import { type SecondLook, secondLook } from "@/sync/second-look";
import { type Both, otherSide, type Side, sides } from "@/sync/side";
import type { Value } from "@/sync/value";
import type { Fault, Invariant, RecordCase, Subject } from "../cases/case";
import { ownDomain } from "../cases/domains";
import { planDifference } from "../cases/same-plan";
import { applied } from "../cases/world";
import { isUnmapped, means, nothing, shared } from "../oracle/meaning";
import { statusIsMapped } from "./travel";

const harm: Invariant<Subject> = {
  name: "harm",
  says: "What a fuse counts is every record that is removed, emptied or overwritten, once, but for what a person chose.",
  check({ given: { input }, plan }) {
    const counted = harmOf(plan, valuesOf(input));
    const expected = { removals: 0, blankings: 0, overwrites: 0 };
    const chosen = plan.kind === "remove" && plan.chosen === true;
    if ((plan.kind === "remove" && !chosen) || plan.kind === "erase") expected.removals = 1;
    if (plan.kind === "pair")
      for (const side of sides)
        for (const [field, value] of Object.entries(plan.writes[side]))
          if (!isDecided(plan, side, field) && !nothing(input.records[side]?.fields[field]))
            expected[nothing(value) ? "blankings" : "overwrites"] = 1;
    return JSON.stringify(counted) === JSON.stringify(expected) ? null : `counts ${JSON.stringify(counted)}`;
  },
};

function isDecided(plan: PairPlan, side: Side, field: string): boolean {
  return Object.values(plan.resolved).some(
    ({ outcome, fields }) => ["applied", "undone"].includes(outcome) && fields[side] === field,
  );
}

const erasing: Invariant<Subject> = {
  name: "erasing",
  says: "A record is erased only where its partner was deleted for privacy.",
  check({ given: { input }, plan }) {
    if (plan.kind !== "erase") return null;
    const partner = input.absences[otherSide(plan.on)];
    return partner === "privacy_deleted" ? null : `erased although its partner is ${partner ?? "there"}`;
  },
};

const decline: Invariant<Subject> = {
  name: "decline",
  says: "Declined harm, and nothing else, is not planned again while the values stay; a changed value travels as ever.",
  check({ given, plan }) {
    if (plan.kind !== "pair" && plan.kind !== "remove") return null;
    return fuseKinds.map((kind) => declinedFault(given, plan, kind)).find((fault) => fault !== null) ?? null;
  },
};

function declinedFault(given: RecordCase, plan: RecordPlan, kind: FuseKind): Fault {
  const { settings, input } = given;
  const harm = harmOfKind(given, plan, kind);
  const declined = declineHarm(plan, harm, settings.mappings, input);
  if (isPlanned(given, declined.plan, input, harm)) return `${kind} declined, and still in the plan`;
  const lost = harm.kind === "bounces" && lostBesides(given, plan, declined.plan, harm.mappingIds);
  if (lost) return `${lost} was not declined, and is lost from the plan`;
  const state = applied(given, input, declined.plan);
  if (!state.link) return null;
  const removal = declined.removal || state.link.declined.removal;
  const remembered = { ...state, link: { ...state.link, declined: { ...state.link.declined, removal } } };
  const again = planRecord(settings, remembered);
  if (isPlanned(given, again, remembered, harm) && !statusIsMapped(given))
    return `${kind} declined, and planned again`;
  return declined.plan.kind === "pair" ? changeTravels(given, remembered) : null;
}

/** Of what may bounce, the first field. */
function harmOfKind({ settings }: RecordCase, plan: RecordPlan, kind: FuseKind): DeclinedHarm {
  if (kind !== "bounces") return { kind };
  const written = settings.mappings.filter((mapping) => mayBounce(plan, mapping)).map(({ id }) => id);
  return { kind, mappingIds: new Set(written.slice(0, 1)) };
}

function isPlanned(
  { settings }: RecordCase,
  plan: RecordPlan,
  input: PlanInput,
  harm: DeclinedHarm,
): boolean {
  return harm.kind === "bounces"
    ? settings.mappings.some((mapping) => harm.mappingIds.has(mapping.id) && mayBounce(plan, mapping))
    : // A privacy deletion is carried out all the same.
      plan.kind !== "erase" && harmOf(plan, valuesOf(input))[harm.kind] > 0;
}

function lostBesides(
  { settings }: RecordCase,
  plan: RecordPlan,
  left: RecordPlan,
  declined: ReadonlySet<string>,
): string | undefined {
  return settings.mappings.find(
    (mapping) => !declined.has(mapping.id) && isWritten(plan, mapping) && !isWritten(left, mapping),
  )?.id;
}

function isWritten(plan: RecordPlan, { fields }: PlannerMapping): boolean {
  return plan.kind === "pair" && sides.some((side) => Object.hasOwn(plan.writes[side], fields[side]));
}

/** What a person chose is no bounce, whichever sides it is written to. */
function mayBounce(plan: RecordPlan, mapping: PlannerMapping): boolean {
  return (
    isWritten(plan, mapping) &&
    plan.kind === "pair" &&
    !sides.some((side) => isDecided(plan, side, mapping.fields[side]))
  );
}

/** One discarded value, or one that a transfer left, changes: from then on the field is planned as if the two had agreed on what the other side still has. */
function changeTravels({ settings }: RecordCase, state: PlanInput): Fault {
  const { link } = state;
  if (!link) return null;
  for (const mapping of settings.mappings) {
    const values = link.declined.values[mapping.id];
    if (!values || mapping.stopped) continue;
    const next = ownDomain(mapping, mapping.choices.snov).find(
      (value) => !nothing(value) && !means(mapping, value, values.snov),
    );
    if (next === undefined || !state.records.snov) continue;
    const fields = { ...state.records.snov.fields, [mapping.fields.snov]: next };
    const changed = { ...state, records: { ...state.records, snov: { ...state.records.snov, fields } } };
    const plan = planRecord(settings, changed);
    if (cannotCompare(plan, mapping)) continue;
    const { [mapping.id]: _, ...others } = link.declined.values;
    const theirs = state.records.hubspot?.fields[mapping.fields.hubspot];
    const meant = theirs === undefined ? null : shared(mapping, "hubspot", theirs);
    const base =
      (values.discarded || values.otherWay) &&
      meant &&
      !isUnmapped(meant) &&
      means(mapping, values.hubspot, theirs)
        ? { ...link.base, [mapping.id]: meant.value }
        : link.base;
    const forgotten = { ...changed, link: { ...link, base, declined: { ...link.declined, values: others } } };
    const fault = planDifference(settings.mappings, plan, planRecord(settings, forgotten));
    if (fault) return `${mapping.id} changed after it was declined: ${fault}`;
  }
  return null;
}

function cannotCompare(plan: RecordPlan, { id }: PlannerMapping): boolean {
  const reasons = ["field_missing", "choice_not_mapped"];
  // A choice that only the other side does not know is compared, and then not written.
  return (
    plan.kind === "pair" &&
    plan.held.some(({ mappingId, reason }) => mappingId === id && reasons.includes(reason)) &&
    Object.hasOwn(plan.declined.values, id)
  );
}

const resting: Invariant<Subject> = {
  name: "resting",
  says: "What a person left alone in a field is not forgotten while nobody can compare the field.",
  check({ given: { settings, input }, plan }) {
    if (plan.kind !== "pair") return null;
    for (const mapping of settings.mappings) {
      const declined = input.link?.declined.values[mapping.id];
      const [snov, hubspot] = [input.records.snov?.fields, input.records.hubspot?.fields].map(
        (fields, index) => fields?.[index ? mapping.fields.hubspot : mapping.fields.snov],
      );
      const isBlind = mapping.stopped || snov === undefined || hubspot === undefined;
      if (declined && isBlind && plan.declined.values[mapping.id] !== declined)
        return `${mapping.id} is forgotten`;
    }
    return null;
  },
};

const chosenRemoval: Invariant<Subject> = {
  name: "chosen removal",
  says: "A removal that a person chose is carried out, whatever harm of others is discarded.",
  check({ given: { settings, input }, plan }) {
    if (plan.kind !== "remove" || !plan.chosen) return null;
    const declined = declineHarm(plan, { kind: "removals" }, settings.mappings, input);
    return declined.plan === plan && !declined.removal ? null : "is discarded with the others";
  },
};

const closerLook: Invariant<Subject> = {
  name: "second look",
  says: "A plan asks for a second look exactly where a time or the owner of an address could still change it.",
  check({ given: { settings, input }, plan }) {
    const look = secondLook(settings, input, plan);
    const times: Both<string[]> = { snov: [], hubspot: [] };
    const addresses: Both<Value> = { snov: null, hubspot: null };
    if (plan.kind === "pair")
      for (const { id, fields, policy, identity } of settings.mappings)
        for (const side of sides) {
          const asked = plan.conflicts.some((one) => one.kind === "value" && one.mappingId === id);
          const known = input.records[side]?.changedAt?.[fields[side]] !== undefined;
          if (asked && policy === "most_recent" && !known) times[side].push(fields[side]);
          const address = plan.writes[side][fields[side]];
          if (identity && !nothing(address)) addresses[side] = address ?? null;
        }
    const open = times.snov.length + times.hubspot.length > 0 || addresses.snov || addresses.hubspot;
    const expected = open ? { changeTimes: times, addresses } : null;
    if (JSON.stringify(look) !== JSON.stringify(expected)) return `looks at ${JSON.stringify(look)}`;
    // A choice may be stopped by an address, a policy then ask for times, and those decide that the other one is written.
    const after = look && answered(settings, input, look);
    const second = after?.look ? answered(settings, after.input, after.look) : null;
    const last = second?.look ? answered(settings, second.input, second.look) : null;
    return last?.look ? `asks again and again: ${JSON.stringify(last.look)}` : null;
  },
};

/** With different times the conflict is decided; with an owner the address is not written. */
function answered(
  settings: RecordCase["settings"],
  input: PlanInput,
  look: SecondLook,
): { input: PlanInput; look: SecondLook | null } {
  const records = { ...input.records };
  for (const side of sides) {
    const record = records[side];
    if (!record) continue;
    const times = Object.fromEntries(
      look.changeTimes[side].map((field) => [field, side === "snov" ? 0.5 : 0.25]),
    );
    records[side] = { ...record, changedAt: { ...record.changedAt, ...times } };
  }
  const addressOwners = {
    snov: { ...input.addressOwners.snov, ...owned(look.addresses.snov, "snov-9") },
    hubspot: { ...input.addressOwners.hubspot, ...owned(look.addresses.hubspot, "hubspot-9") },
  };
  const next = { ...input, records, addressOwners };
  return { input: next, look: secondLook(settings, next, planRecord(settings, next)) };
}

function owned(address: string | null, owner: string): Record<string, string> {
  return address === null ? {} : { [address.trim().toLowerCase()]: owner };
}

function valuesOf({ records }: PlanInput): Both<Record<string, Value> | undefined> {
  return { snov: records.snov?.fields, hubspot: records.hubspot?.fields };
}

export const careInvariants = [harm, erasing, decline, resting, chosenRemoval, closerLook];
