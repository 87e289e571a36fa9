import { isDeepStrictEqual } from "node:util";
import { planRecord } from "@/sync/plan";
import type { PlannerMapping } from "@/sync/planner-settings";
import type { CreatePlan, PairPlan, PlanInput } from "@/sync/record-plan";
import { withoutRefused, withoutWritesTo } from "@/sync/refused";
import { otherSide, type Side, sides } from "@/sync/side";
import type { Fault, Invariant, RecordCase, Subject } from "../cases/case";
import { ownDomain } from "../cases/domains";
import { isChosen } from "../cases/is-chosen";
import { planDifference } from "../cases/same-plan";
import { applied } from "../cases/world";
import { writesOf } from "../cases/writes-of";
import { means, nothing } from "../oracle/meaning";
import { statusIsMapped } from "./travel";

const refusedWrites: Invariant<Subject> = {
  name: "refused writes",
  says: "What one side refused is still the other side's change, and is planned again.",
  check({ given, plan }) {
    if (plan.kind !== "pair" || statusIsMapped(given)) return null;
    const { settings, input } = given;
    for (const side of sides) {
      if (!Object.keys(plan.writes[side]).length) continue;
      const before = structuredClone(plan);
      const left = withoutWritesTo(side, plan, settings.mappings);
      if (!isDeepStrictEqual(before, plan)) return "the plan itself was changed";
      const again = planRecord(settings, applied(given, input, left));
      if (again.kind !== "pair") return `becomes ${again.kind}`;
      const isAskedAnew = settings.mappings.some(({ id }) => isChosen(plan, id));
      const extra = isAskedAnew ? [] : Object.keys(again.writes[otherSide(side)]);
      if (extra.length) return `${otherSide(side)} is written instead: ${extra}`;
      for (const { id, fields } of settings.mappings) {
        // An edit of the source that settled an open question asks it anew: nobody ever agreed there.
        if (plan.baseBefore[id] === undefined && input.openConflicts[id]) continue;
        // A choice that was refused is carried out nowhere: the field goes by the ordinary rules again.
        if (isChosen(plan, id)) continue;
        const [was, is] = [plan.writes[side][fields[side]], again.writes[side][fields[side]]];
        if (!isDeepStrictEqual(was, is))
          return `${id}: ${JSON.stringify(is)} instead of ${JSON.stringify(was)}`;
      }
    }
    return null;
  },
};

const refusedFields: Invariant<Subject> = {
  name: "refused fields",
  says: "A refused value, and nothing else, is not sent again to the side that refused it; a changed one travels as ever.",
  check({ given, plan }) {
    if ((plan.kind !== "pair" && plan.kind !== "create") || statusIsMapped(given)) return null;
    for (const side of sides)
      for (const mapping of given.settings.mappings) {
        const writes = writesOf(plan, side);
        // A record without its address is not created.
        if (!Object.hasOwn(writes, mapping.fields[side]) || (plan.kind === "create" && mapping.identity))
          continue;
        const fault = refusedFault(given, plan, side, mapping);
        if (fault) return `${mapping.id} refused on ${side}: ${fault}`;
      }
    return null;
  },
};

function refusedFault(
  given: RecordCase,
  plan: PairPlan | CreatePlan,
  side: Side,
  mapping: PlannerMapping,
): Fault {
  const { settings, input } = given;
  const field = mapping.fields[side];
  const before = structuredClone(plan);
  const left = withoutRefused(plan, side, [{ field, message: "no" }], settings.mappings);
  if (!isDeepStrictEqual(before, plan)) return "the plan itself was changed";
  const lost = settings.mappings.find(
    (other) => other.id !== mapping.id && !isDeepStrictEqual(written(plan, other), written(left, other)),
  );
  if (lost) return `${lost.id} is lost with it`;
  if (plan.kind === "pair" && isChosen(plan, mapping.id)) return choiceIsOpen(left, mapping);
  const state = applied(given, input, left);
  const again = planRecord(settings, state);
  if (again.kind === "excluded") return null;
  if (again.kind !== "pair") return `becomes ${again.kind}`;
  for (const on of sides)
    if (Object.hasOwn(again.writes[on], mapping.fields[on])) return `is written on ${on} again`;
  if (!again.held.some(({ mappingId, reason }) => mappingId === mapping.id && reason === "refused"))
    return isAskedAnew(plan, input, mapping) ? null : "and nothing says so";
  return changeTravels(settings, state, side, mapping);
}

const refusedExtras: Invariant<Subject> = {
  name: "refused extras",
  says: "A refused constant or first status is not sent to that side again, says so as long as it is owed, and is given once it may be tried.",
  check({ given, plan }) {
    if ((plan.kind !== "pair" && plan.kind !== "create") || statusIsMapped(given)) return null;
    const { constants, firstStatus } = given.settings;
    for (const side of sides)
      for (const field of [constants[side]?.field, firstStatus[side]?.field]) {
        if (field === undefined || !Object.hasOwn(writesOf(plan, side), field)) continue;
        const fault = extraFault(given, plan, side, field);
        if (fault) return `${field} refused on ${side}: ${fault}`;
      }
    return null;
  },
};

function extraFault(given: RecordCase, plan: PairPlan | CreatePlan, side: Side, field: string): Fault {
  const { settings, input } = given;
  const left = withoutRefused(plan, side, [{ field, message: "never" }], settings.mappings);
  const lost = settings.mappings.find((one) => !isDeepStrictEqual(written(plan, one), written(left, one)));
  if (lost) return `${lost.id} is lost with it`;
  const state = applied(given, input, left);
  const again = planRecord(settings, state);
  if (again.kind === "excluded") return null;
  if (again.kind !== "pair" || !state.link) return `becomes ${again.kind}`;
  if (Object.hasOwn(again.writes[side], field)) return "is sent again";
  // What may not travel from its side at all is given with what may, later.
  if (!settings.writable[side] || !state.records[otherSide(side)]?.inScope) return null;
  const id = `ridden:${field}`;
  if (!again.held.some((one) => one.mappingId === id && one.value === "never")) return "and nothing says so";
  const { [id]: _, ...others } = state.link.refused;
  const tried = planRecord(settings, { ...state, link: { ...state.link, refused: others } });
  return tried.kind === "pair" && Object.hasOwn(tried.writes[side], field) ? null : "is not tried again";
}

/** A choice that was refused on one side is carried out on neither, and says so. */
function choiceIsOpen(left: PairPlan | CreatePlan, mapping: PlannerMapping): Fault {
  if (left.kind !== "pair") return null;
  const resolved = left.resolved[mapping.id];
  if (resolved?.outcome !== "stopped" || resolved.message !== "no") return "the choice does not say so";
  return written(left, mapping).some((value) => value !== undefined) ? "is still written" : null;
}

/** An edit of the source that settled an open question asks it anew: nobody ever agreed there. */
function isAskedAnew(plan: PairPlan | CreatePlan, input: PlanInput, { id }: PlannerMapping): boolean {
  return plan.kind === "pair" && plan.baseBefore[id] === undefined && input.openConflicts[id] !== undefined;
}

/** The source gives another value: from then on the field is planned as if nothing had been refused. */
function changeTravels(
  settings: RecordCase["settings"],
  state: PlanInput,
  side: Side,
  mapping: PlannerMapping,
): Fault {
  const from = otherSide(side);
  const record = state.records[from];
  const now = record?.fields[mapping.fields[from]] ?? null;
  const next = ownDomain(mapping, mapping.choices[from]).find(
    (value) => !nothing(value) && !means(mapping, value, now),
  );
  if (!record || !state.link || next === undefined || mapping.choices[from] || mapping.choices[side])
    return null;
  const fields = { ...record.fields, [mapping.fields[from]]: next };
  const changed = { ...state, records: { ...state.records, [from]: { ...record, fields } } };
  const { [mapping.id]: _, ...others } = state.link.refused;
  const forgotten = { ...changed, link: { ...state.link, refused: others } };
  return planDifference(settings.mappings, planRecord(settings, changed), planRecord(settings, forgotten));
}

function written(plan: PairPlan | CreatePlan, { fields }: PlannerMapping) {
  return sides.map((on) => writesOf(plan, on)[fields[on]]);
}

export const refusedInvariants = [refusedWrites, refusedFields, refusedExtras];
