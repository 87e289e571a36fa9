import type { PlannerMapping } from "@/sync/planner-settings";
import type { PlanInput } from "@/sync/record-plan";
import { type Both, otherSide, type Side } from "@/sync/side";
import type { Value } from "@/sync/value";
import { isUnmapped, means, nothing, shared } from "./meaning";

export type Decision =
  | { do: "leave" }
  | { do: "agree"; base: Value }
  | { do: "ask" }
  | { do: "write"; to: Side; why: "filled" | "changed" | "source" | "policy" };

export type Field = {
  mapping: PlannerMapping;
  values: Both<Value>;
  base: Value | undefined;
  recorded: Both<Value> | undefined;
  changedAt: Both<number | undefined>;
};

/**
 * What both sides last agreed on: a write of ours that arrived counts, though nobody saw it confirmed. That its side
 * holds it tells so where no history does. Two different ones, one on each side, cancel each other. Of a
 * difference that a person discarded, or that a transfer left in one direction, what has not moved since.
 */
export function knownBase(
  mapping: PlannerMapping,
  values: Both<Value>,
  input: PlanInput,
  owns?: Both<Value>,
): Value | undefined {
  const { snov, hubspot } = input.unconfirmed;
  const snovTook = snov.arrived?.[mapping.id];
  const hubspotTook = hubspot.arrived?.[mapping.id];
  if (snovTook !== undefined && hubspotTook === undefined) return snovTook;
  if (hubspotTook !== undefined && snovTook === undefined) return hubspotTook;
  if (snovTook !== undefined && hubspotTook !== undefined) {
    if (means(mapping, snovTook, hubspotTook)) return snovTook;
  } else {
    const snovHolds = snov.values[mapping.id]?.some((sent) => means(mapping, sent, values.snov)) ?? false;
    const hubspotHolds =
      hubspot.values[mapping.id]?.some((sent) => means(mapping, sent, values.hubspot)) ?? false;
    if (snovHolds && !hubspotHolds) return values.snov;
    if (hubspotHolds && !snovHolds) return values.hubspot;
    if (snovHolds && hubspotHolds && means(mapping, values.snov, values.hubspot)) return values.snov;
  }
  const left = input.link?.declined.values[mapping.id];
  if ((left?.discarded || left?.otherWay) && owns) {
    const snovStayed = means(mapping, left.snov, owns.snov);
    const hubspotStayed = means(mapping, left.hubspot, owns.hubspot);
    if (snovStayed && !hubspotStayed) return values.snov;
    if (hubspotStayed && !snovStayed) return values.hubspot;
  }
  return input.link?.base[mapping.id];
}

export function decide(field: Field): Decision {
  const { mapping, values, base } = field;
  const { snov, hubspot } = values;
  if (means(mapping, snov, hubspot)) return { do: "agree", base: snov };
  if (!mapping.writable.snov && !mapping.writable.hubspot) return { do: "leave" };
  if (base === undefined) return decideFirst(field);

  const snovMoved = !means(mapping, snov, base);
  const hubspotMoved = !means(mapping, hubspot, base);
  if (snovMoved && hubspotMoved) {
    const receiver = oneWayTo(mapping);
    return receiver ? { do: "write", to: receiver, why: "source" } : decideByPolicy(field);
  }
  const to = snovMoved ? "hubspot" : "snov";
  return mapping.writable[to] ? { do: "write", to, why: "changed" } : { do: "leave" };
}

function decideFirst(field: Field): Decision {
  const { mapping, values, recorded } = field;
  if (nothing(values.snov)) return fill(mapping, "snov");
  if (nothing(values.hubspot)) return fill(mapping, "hubspot");
  const receiver = oneWayTo(mapping);
  if (receiver && recorded) {
    const source = otherSide(receiver);
    const then = shared(mapping, source, recorded[source]);
    if (isUnmapped(then) || !means(mapping, then.value, values[source]))
      return { do: "write", to: receiver, why: "source" };
  }
  return decideByPolicy(field);
}

function fill(mapping: PlannerMapping, empty: Side): Decision {
  return mapping.writable[empty] ? { do: "write", to: empty, why: "filled" } : { do: "agree", base: null };
}

function decideByPolicy(field: Field): Decision {
  const winner = winnerOf(field);
  if (winner === null) return { do: "ask" };
  const loser = otherSide(winner);
  if (field.mapping.writable[loser]) return { do: "write", to: loser, why: "policy" };
  return { do: "agree", base: field.values[loser] };
}

function winnerOf({ mapping, changedAt }: Field): Side | null {
  switch (mapping.policy) {
    case "ask":
      return null;
    case "snov_wins":
      return "snov";
    case "hubspot_wins":
      return "hubspot";
    case "most_recent": {
      const { snov, hubspot } = changedAt;
      if (snov === undefined || hubspot === undefined) return null;
      if (snov > hubspot) return "snov";
      if (hubspot > snov) return "hubspot";
      return null;
    }
  }
}

function oneWayTo(mapping: PlannerMapping): Side | null {
  const { snov, hubspot } = mapping.writable;
  if (snov && hubspot) return null;
  return snov ? "snov" : "hubspot";
}
