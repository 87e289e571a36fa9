import { isDeepStrictEqual } from "node:util";
import { planRecord } from "@/sync/plan";
import type { PlannerMapping } from "@/sync/planner-settings";
import { type Both, type Side, sides } from "@/sync/side";
import type { Value } from "@/sync/value";
import type { Fault, Invariant, Subject } from "../cases/case";
import { isChosen } from "../cases/is-chosen";
import { planDifference } from "../cases/same-plan";
import { applied } from "../cases/world";
import { isUnmapped, means, shared } from "../oracle/meaning";
import { statusIsMapped } from "./travel";

const moved: Invariant<Subject> = {
  name: "moved values",
  says: "A resolution against moved values, or one that was stopped, changes nothing.",
  check({ given: { settings, input }, plan }) {
    if (plan.kind !== "pair") return null;
    const left = Object.entries(input.resolutions).filter(([id]) => isChosen(plan, id));
    const without = planRecord(settings, { ...input, resolutions: Object.fromEntries(left) });
    const told = Object.entries(plan.resolved).filter(([id]) => isChosen(plan, id));
    return planDifference(settings.mappings, { ...plan, resolved: Object.fromEntries(told) }, without);
  },
};

const chosen: Invariant<Subject> = {
  name: "chosen values",
  says: "A person's choice about unmoved values is what both sides have afterwards; taken back, they have what was seen.",
  check({ given, plan }) {
    if (plan.kind !== "pair" || statusIsMapped(given)) return null;
    const after = applied(given, given.input, plan);
    for (const mapping of given.settings.mappings) {
      const resolution = given.input.resolutions[mapping.id];
      if (!resolution || !isChosen(plan, mapping.id)) continue;
      const before = meanings(given.input, mapping);
      const now = meanings(after, mapping);
      const seen = sides.map((side) => shared(mapping, side, resolution.seen[side]));
      if (seen.some(isUnmapped) && resolution.undo) return `${mapping.id}: puts back what means nothing`;
      const fault = resolution.undo
        ? takenBackFault(mapping, resolution.seen, now)
        : chosenFault(mapping, resolution.choice, before, now);
      if (fault) return `${mapping.id}: ${fault}`;
    }
    return null;
  },
};

function chosenFault(
  mapping: PlannerMapping,
  choice: Subject["given"]["input"]["resolutions"][string]["choice"],
  before: Both<Value>,
  now: Both<Value>,
): Fault {
  const stays = sides.every((side) => means(mapping, before[side], now[side]));
  if (choice.kind === "leave") return stays ? null : "was to be left";
  const value = choice.kind === "take" ? before[choice.side] : choice.value;
  const late = sides.filter((side) => !means(mapping, now[side], value));
  if (!late.length) return null;
  const onlyReceives = late.length === 1 && late.every((side) => !mapping.writable[side]);
  return stays && onlyReceives ? null : `${late} did not get ${JSON.stringify(value)}`;
}

function takenBackFault(mapping: PlannerMapping, seen: Both<Value>, now: Both<Value>): Fault {
  const late = sides.filter((side) => {
    const then = shared(mapping, side, seen[side]);
    return isUnmapped(then) || !means(mapping, then.value, now[side]);
  });
  return late.length ? `${late} did not get back what was seen` : null;
}

const width: Invariant<Subject> = {
  name: "width of a resolution",
  says: "A resolution is never wider than direction, and touches no other field.",
  check({ given: { settings, input }, plan }) {
    if (plan.kind !== "pair") return null;
    const without = planRecord(settings, { ...input, resolutions: {} });
    if (without.kind !== "pair") return `is ${without.kind} without it`;
    for (const { id, fields, writable } of settings.mappings)
      for (const side of sides) {
        if (isExtra(settings, side, fields[side])) continue;
        const [value, plain] = [plan.writes[side][fields[side]], without.writes[side][fields[side]]];
        if (Object.hasOwn(input.resolutions, id)) {
          if (value !== undefined && !writable[side]) return `${id} is written to ${side}`;
        } else if (!isDeepStrictEqual(value, plain))
          return `${id} was not asked about, and is decided otherwise`;
      }
    return null;
  },
};

function isExtra(settings: Subject["given"]["settings"], side: Side, field: string): boolean {
  return [settings.constants[side]?.field, settings.firstStatus[side]?.field].includes(field);
}

const removals: Invariant<Subject> = {
  name: "chosen removals",
  says: "What a person answered about a removed and edited record holds for the edits they saw, and for no others.",
  check({ given: { settings, input }, plan }) {
    const answer = input.removalResolution;
    if (!answer) return null;
    const without = planRecord(settings, { ...input, removalResolution: null });
    const asked = without.kind === "disputed" ? without.dispute : null;
    const edited = asked?.kind === "removed_and_edited" ? [...asked.mappingIds].sort() : [];
    const isMoved = edited.some((id) => {
      const mapping = settings.mappings.find((one) => one.id === id);
      const values = asked?.kind === "removed_and_edited" ? asked.values : {};
      return !mapping || !means(mapping, answer.seen[id], values[id]);
    });
    if (!asked || isMoved || !isDeepStrictEqual(Object.keys(answer.seen).sort(), edited))
      return planDifference(settings.mappings, plan, without);
    if (answer.choice === "remove" && plan.kind !== "remove") return "is not removed";
    return ["remove", "restore", "create", "disputed"].includes(plan.kind) ? null : `becomes ${plan.kind}`;
  },
};

function meanings(input: Subject["given"]["input"], mapping: PlannerMapping): Both<Value> {
  const meaning = (side: Side) => {
    const value = shared(mapping, side, input.records[side]?.fields[mapping.fields[side]] ?? null);
    if (isUnmapped(value)) throw new Error("A choice about what means nothing was carried out.");
    return value.value;
  };
  return { snov: meaning("snov"), hubspot: meaning("hubspot") };
}

export const resolutionInvariants = [moved, chosen, width, removals];
