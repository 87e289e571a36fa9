import { planRecord } from "@/sync/plan";
import type { RecordPlan } from "@/sync/record-plan";
import { otherSide, type Side, sides } from "@/sync/side";
import type { Invariant, RecordCase, Subject } from "../cases/case";
import { planDifference } from "../cases/same-plan";
import { writesOf } from "../cases/writes-of";
import { isUnmapped, means, nothing, shared } from "../oracle/meaning";

const noDuplicate: Invariant<Subject> = {
  name: "no duplicate create",
  says: "A record is created only where there is none, and never beside a partner that was removed.",
  check({ given, plan }) {
    const { input } = given;
    if (plan.kind !== "create") return null;
    const from = otherSide(plan.on);
    if (input.records[plan.on] || !input.records[from]) return "creates beside a record, or from none";
    if (
      input.link &&
      !wasRestored(input, plan.on) &&
      !isAskedBack(input) &&
      !isWantedAfterUndo(given, plan.on)
    )
      return "creates a partner for a record that had one";
    return null;
  },
};

const noResurrection: Invariant<Subject> = {
  name: "no resurrection",
  says: "A deleted record does not come back by itself.",
  check({ given, plan }) {
    const { input } = given;
    if (plan.kind !== "create" && plan.kind !== "restore") return null;
    if (input.erased || input.absences[plan.on] === "privacy_deleted") return "brings back what was erased";
    if (plan.kind === "restore" && !input.link) return "restores what was never linked";
    if (
      input.link &&
      !wasRestored(input, plan.on) &&
      !isAskedBack(input) &&
      !isWantedAfterUndo(given, plan.on)
    )
      return "brings back what a person removed";
    return null;
  },
};

/** We removed it ourselves, so its partner can only be there because a person restored it. */
function wasRestored({ link, unconfirmed }: Subject["given"]["input"], on: Side): boolean {
  return link?.bothRemoved === true || unconfirmed[on].removal;
}

/** The undo of a transfer removed it, and a person has edited since then what it left, or asks for it anew. */
function isWantedAfterUndo({ settings, input }: RecordCase, on: Side): boolean {
  const left = otherSide(on);
  const { creation } = input.link?.declined ?? {};
  if (creation && settings.takesUpUndone) return true;
  return settings.mappings.some(
    (mapping) =>
      creation?.[mapping.id] !== undefined &&
      !means(mapping, input.records[left]?.fields[mapping.fields[left]], creation[mapping.id]),
  );
}

/** A person asked for it to come back. */
function isAskedBack({ removalResolution }: Subject["given"]["input"]): boolean {
  return removalResolution?.choice === "bring_back";
}

const unmapped: Invariant<Subject> = {
  name: "unmapped fields",
  says: "Unmapped fields are never written.",
  check({ given: { settings }, plan }) {
    for (const side of sides) {
      const extras = [settings.constants[side]?.field, settings.firstStatus[side]?.field];
      const mapped = settings.mappings.filter(({ stopped }) => !stopped).map(({ fields }) => fields[side]);
      const stranger = Object.keys(writesOf(plan, side)).find(
        (field) => !mapped.includes(field) && !extras.includes(field),
      );
      if (stranger) return `${side}.${stranger} is written`;
    }
    return null;
  },
};

const constants: Invariant<Subject> = {
  name: "constants",
  says: "Constants never flow back and cause no write but one that is owed.",
  check({ given, plan }) {
    const { settings, input } = given;
    if (!settings.constants.snov && !settings.constants.hubspot) return null;
    const without = { ...settings, constants: { snov: null, hubspot: null } };
    const bare = planRecord(without, input);
    const stripped = structuredClone(plan);
    for (const side of sides) {
      const field = settings.constants[side]?.field;
      const value = settings.constants[side]?.value;
      const writes = writesOf(stripped, side);
      forgetRefused(stripped, `ridden:${field}`);
      if (field === undefined || !Object.hasOwn(writes, field)) continue;
      if (writes[field] !== value) return `${side}.${field} is written with ${JSON.stringify(writes[field])}`;
      const isOwed = input.link?.owed?.[side]?.includes("constant");
      if (plan.kind === "pair" && Object.keys(writes).length === 1 && !isOwed)
        return `a constant alone is written to ${side}`;
      delete writes[field];
    }
    return planDifference(settings.mappings, stripped, bare);
  },
};

function forgetRefused(plan: RecordPlan, id: string): void {
  if (plan.kind !== "pair") return;
  plan.held = plan.held.filter(({ mappingId }) => mappingId !== id);
  delete plan.refused[id];
}

const direction: Invariant<Subject> = {
  name: "direction",
  says: "Direction is never widened, whatever the policy.",
  check({ given: { settings }, plan }) {
    const { writable, capabilities, mappings } = settings;
    if (plan.kind === "gone" || plan.kind === "excluded" || plan.kind === "disputed") return null;
    if (plan.kind !== "pair") {
      if (!writable[plan.on]) return `${plan.kind} on ${plan.on}, which the sync type only reads`;
      if (!capabilities[plan.on][plan.kind]) return `${plan.kind} on ${plan.on}, which cannot`;
    }
    for (const side of sides) {
      const writes = writesOf(plan, side);
      if (!writable[side] && Object.keys(writes).length) return `${side} is only read, and written`;
      for (const { id, fields, writable: open } of mappings)
        if (
          !open[side] &&
          Object.hasOwn(writes, fields[side]) &&
          settings.firstStatus[side]?.field !== fields[side]
        )
          return `${id} is written to ${side} against its direction`;
    }
    return null;
  },
};

const firstStatus: Invariant<Subject> = {
  name: "first status",
  says: "The first status is given once, to a record that has none, and never over a person's.",
  check({ given: { settings, input }, plan }) {
    if (plan.kind !== "pair") return null;
    for (const side of sides) {
      const status = settings.firstStatus[side];
      if (!status || !Object.hasOwn(plan.writes[side], status.field)) continue;
      if (settings.mappings.some(({ fields }) => fields[side] === status.field)) continue;
      if (input.link?.firstSynced[side]) return `${side} gets it a second time`;
      if (!nothing(input.records[side]?.fields[status.field])) return `${side} had one`;
    }
    return null;
  },
};

const emptying: Invariant<Subject> = {
  name: "emptying",
  says: "An address is never emptied, nor a field of a side that cannot clear.",
  check({ given: { settings }, plan }) {
    if (plan.kind !== "pair") return null;
    for (const side of sides)
      for (const { id, fields, identity } of settings.mappings) {
        const written = Object.hasOwn(plan.writes[side], fields[side]);
        if (!written || !nothing(plan.writes[side][fields[side]])) continue;
        if (identity || !settings.capabilities[side].clear) return `${side}'s ${id} is emptied`;
      }
    return null;
  },
};

const form: Invariant<Subject> = {
  name: "form",
  says: "A value is never rewritten only for its form.",
  check({ given: { settings, input }, plan }) {
    if (plan.kind !== "pair") return null;
    for (const side of sides)
      for (const mapping of settings.mappings) {
        const field = mapping.fields[side];
        if (!Object.hasOwn(plan.writes[side], field)) continue;
        const [before, after] = [input.records[side]?.fields[field], plan.writes[side][field]].map((own) =>
          shared(mapping, side, own ?? null),
        );
        if (!before || !after || isUnmapped(before) || isUnmapped(after))
          return `${mapping.id} has no meaning`;
        if (means(mapping, before.value, after.value)) return `${mapping.id} is written and means the same`;
      }
    return null;
  },
};

export const boundInvariants = [
  noDuplicate,
  noResurrection,
  unmapped,
  constants,
  direction,
  firstStatus,
  emptying,
  form,
];
