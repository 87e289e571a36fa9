import { isDeepStrictEqual } from "node:util";
import { planRecord } from "@/sync/plan";
import type { Invariant, Subject } from "../cases/case";
import { mirroredCase, mirroredPlan } from "../cases/mirror";
import { planDifference } from "../cases/same-plan";
import { expectedPlan } from "../oracle/oracle";

const order: Invariant<Subject> = {
  name: "order",
  says: "The order of mappings does not change the result.",
  check({ given: { settings, input, turn }, plan }) {
    const { mappings } = settings;
    const by = turn % mappings.length;
    const turned = [...mappings.slice(by), ...mappings.slice(0, by)];
    const again = planRecord({ ...settings, mappings: turn % 2 ? turned.reverse() : turned }, input);
    return planDifference(mappings, again, plan);
  },
};

const repetition: Invariant<Subject> = {
  name: "repetition",
  says: "Repetition does not change the result, and what was observed is left as it was.",
  check({ given: { settings, input }, plan }) {
    const before = JSON.stringify([settings, input]);
    const again = planRecord(settings, input);
    if (JSON.stringify([settings, input]) !== before) return "the planner changed what it was given";
    return isDeepStrictEqual(again, plan) ? null : "the second plan differs";
  },
};

const mirror: Invariant<Subject> = {
  name: "mirror",
  says: "With sides and policy mirrored, plans are mirrored.",
  check({ given, plan }) {
    const { settings, input } = mirroredCase(given);
    const there = planRecord(settings, input);
    return planDifference(given.settings.mappings, mirroredPlan(there), plan, { heldValues: false });
  },
};

const oracle: Invariant<Subject> = {
  name: "oracle",
  says: "The plan is what the rules, written a second time and plainly, come to.",
  check({ given: { settings, input }, plan }) {
    return planDifference(settings.mappings, plan, expectedPlan(settings, input));
  },
};

export const samenessInvariants = [order, repetition, mirror, oracle];
