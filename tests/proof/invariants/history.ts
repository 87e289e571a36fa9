import fc from "fast-check";
import { afterOverwrite, overwrittenValue, type PastValue } from "@/sync/overwritten";
import { planRecord } from "@/sync/plan";
import type { PlannerMapping } from "@/sync/planner-settings";
import { policies } from "@/sync/policy";
import type { ObservedRecord } from "@/sync/record-plan";
import { otherSide, type Side } from "@/sync/side";
import { fieldTypes, type Value } from "@/sync/value";
import type { Invariant } from "../cases/case";
import { sharedDomain } from "../cases/domains";
import { means } from "../oracle/meaning";

/** One field's life: what was there when we read, what a person did before our write arrived, what came after. */
export type WriteHistory = {
  mapping: PlannerMapping;
  on: Side;
  before: PastValue[];
  seen: Value;
  between: Value[];
  sent: Value;
  after: Value[];
  base: Value | undefined;
  sentChangedAt: number | undefined;
};

const gene = fc.nat(12);

export const writeHistories: fc.Arbitrary<WriteHistory> = fc
  .tuple(
    fc.nat(6),
    fc.array(fc.tuple(gene, fc.boolean()), { maxLength: 3 }),
    gene,
    fc.array(gene, { maxLength: 2 }),
    gene,
    fc.array(gene, { maxLength: 2 }),
    fc.nat(14),
    fc.nat(30),
    fc.tuple(fc.nat(3), fc.nat(2), fc.nat(1)),
  )
  .map(([type, before, seen, between, sent, after, base, time, [policy, writable, on]]) => {
    const mapping: PlannerMapping = {
      id: "field",
      type: fieldTypes[type] ?? "text",
      fields: { snov: "s_field", hubspot: "h_field" },
      writable: { snov: writable !== 1, hubspot: writable !== 2 },
      policy: policies[policy] ?? "ask",
      identity: false,
      stopped: false,
      choices: { snov: null, hubspot: null },
    };
    const domain = sharedDomain(mapping);
    const at = (index: number): Value => domain[index % domain.length] ?? null;
    return {
      mapping,
      on: on ? "snov" : "hubspot",
      before: before.map(([value, ours], index) => ({ value: at(value), at: index, ours })),
      seen: at(seen),
      between: between.map(at),
      sent: at(sent),
      after: after.map(at),
      base: base > 12 ? undefined : at(base),
      sentChangedAt: time < 3 ? undefined : time,
    };
  });

const hiddenValue: Invariant<WriteHistory> = {
  name: "overwritten",
  says: "Right under our write, the value that a person put there unseen is found, and no other.",
  check(history) {
    const { mapping, before, seen, between, sent, after } = history;
    let time = 10;
    const by = (ours: boolean) => (value: Value) => ({ value, at: time++, ours });
    const oldestFirst = [
      ...before,
      by(false)(seen),
      ...between.map(by(false)),
      by(true)(sent),
      ...after.map(by(false)),
    ];
    const found = overwrittenValue(mapping, oldestFirst.toReversed(), { seen, sent, at: 10 });
    const hidden = between.at(-1);
    const expected = hidden !== undefined && !means(mapping, hidden, seen) ? hidden : undefined;
    return found?.lost.value === expected
      ? null
      : `finds ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`;
  },
};

const putBack: Invariant<WriteHistory> = {
  name: "put back",
  says: "What our write hid stands back only where the planner, seeing it, would have written all the same.",
  check({ mapping, on, base, between, sent, sentChangedAt }) {
    const [value] = between;
    if (value === undefined || (!mapping.writable[on] && base === undefined)) return null;
    const lost = { value, at: 12, ours: false };
    const verdict = afterOverwrite(mapping, on, { base, sent, sentChangedAt, lost });
    const plan = planRecord(settingsOf(mapping), {
      records: {
        snov: record("snov", mapping, on === "snov" ? value : sent, on === "snov" ? 12 : sentChangedAt),
        hubspot: record(
          "hubspot",
          mapping,
          on === "hubspot" ? value : sent,
          on === "hubspot" ? 12 : sentChangedAt,
        ),
      },
      link: {
        base: base === undefined ? {} : { [mapping.id]: base },
        firstSynced: { snov: true, hubspot: true },
        inScope: { snov: true, hubspot: true },
        bothRemoved: false,
        declined: { removal: false, values: {} },
        refused: {},
      },
      absences: { snov: null, hubspot: null },
      erased: false,
      openConflicts: {},
      resolutions: {},
      removalResolution: null,
      unconfirmed: { snov: { values: {}, removal: false }, hubspot: { values: {}, removal: false } },
      addressOwners: { snov: {}, hubspot: {} },
    });
    const [here, there] = [mapping.fields[on], mapping.fields[otherSide(on)]];
    const writes = plan.kind === "pair" && here in plan.writes[on];
    const back = plan.kind === "pair" && there in plan.writes[otherSide(on)];
    const stands = writes || means(mapping, value, sent);
    if (stands !== (verdict.kind === "stands"))
      return `${verdict.kind}, and the planner ${writes ? "writes" : "does not"}`;
    return back && verdict.kind === "stands" ? "stands back, and would have travelled" : null;
  },
};

function settingsOf(mapping: PlannerMapping) {
  const able = { create: true, clear: true, remove: true, restore: true, erase: true };
  return {
    mappings: [mapping],
    writable: { snov: true, hubspot: true },
    capabilities: { snov: able, hubspot: able },
    removals: "propagate" as const,
    constants: { snov: null, hubspot: null },
    firstStatus: { snov: null, hubspot: null },
  };
}

function record(side: Side, mapping: PlannerMapping, value: Value, at: number | undefined): ObservedRecord {
  const field = mapping.fields[side];
  return {
    id: side,
    fields: { [field]: value },
    inScope: true,
    changedAt: at === undefined ? {} : { [field]: at },
  };
}

export const historyInvariants: Invariant<WriteHistory>[] = [hiddenValue, putBack];
