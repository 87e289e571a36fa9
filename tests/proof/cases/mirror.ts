import type { PlannerMapping } from "@/sync/planner-settings";
import type { Policy } from "@/sync/policy";
import type {
  Declined,
  Dispute,
  ExclusionReason,
  PlanInput,
  PlannedConflict,
  RecordPlan,
  Refused,
} from "@/sync/record-plan";
import type { FieldResolution } from "@/sync/resolution";
import { type Both, otherSide } from "@/sync/side";
import type { Value } from "@/sync/value";
import type { RecordCase } from "./case";

/** The case with the two sides changed for one another, everywhere. */
export function mirroredCase(given: RecordCase): Pick<RecordCase, "settings" | "input"> {
  const { settings, input } = given;
  return {
    settings: {
      ...settings,
      mappings: settings.mappings.map(mirroredMapping),
      writable: swapped(settings.writable),
      capabilities: swapped(settings.capabilities),
      constants: swapped(settings.constants),
      firstStatus: swapped(settings.firstStatus),
    },
    input: mirroredInput(input),
  };
}

function mirroredMapping(mapping: PlannerMapping): PlannerMapping {
  return {
    ...mapping,
    fields: swapped(mapping.fields),
    writable: swapped(mapping.writable),
    choices: swapped(mapping.choices),
    policy: mirroredPolicy(mapping.policy),
  };
}

function mirroredPolicy(policy: Policy): Policy {
  if (policy === "snov_wins") return "hubspot_wins";
  return policy === "hubspot_wins" ? "snov_wins" : policy;
}

function mirroredInput(input: PlanInput): PlanInput {
  return {
    ...input,
    records: swapped(input.records),
    link: input.link && {
      ...input.link,
      firstSynced: swapped(input.link.firstSynced),
      owed: swapped({ snov: [], hubspot: [], ...input.link.owed }),
      inScope: swapped(input.link.inScope),
      declined: mirroredDeclined(input.link.declined),
      refused: mirroredRefused(input.link.refused),
    },
    absences: swapped(input.absences),
    openConflicts: swappedEach(input.openConflicts),
    resolutions: Object.fromEntries(
      Object.entries(input.resolutions).map(([id, one]) => [id, mirroredResolution(one)]),
    ),
    unconfirmed: swapped(input.unconfirmed),
    addressOwners: swapped(input.addressOwners),
  };
}

export function mirroredPlan(plan: RecordPlan): RecordPlan {
  switch (plan.kind) {
    case "gone":
      return plan;
    case "excluded":
      return { ...plan, reason: mirroredReason(plan.reason) };
    case "disputed":
      return { ...plan, dispute: mirroredDispute(plan.dispute) };
    case "remove":
    case "erase":
    case "restore":
      return { ...plan, on: otherSide(plan.on) };
    case "create":
      return { ...plan, on: otherSide(plan.on), refused: mirroredRefused(plan.refused) };
    case "pair":
      return {
        ...plan,
        writes: swapped(plan.writes),
        conflicts: plan.conflicts.map(mirroredConflict),
        replaced: plan.replaced.map((one) => ({ ...one, on: otherSide(one.on) })),
        declined: mirroredDeclined(plan.declined),
        refused: mirroredRefused(plan.refused),
        resolved: Object.fromEntries(
          Object.entries(plan.resolved).map(([id, one]) => [
            id,
            { ...one, fields: swapped(one.fields), question: mirroredConflict(one.question) },
          ]),
        ),
      };
  }
}

function mirroredConflict(conflict: PlannedConflict): PlannedConflict {
  const values = swapped(conflict.values);
  return conflict.kind === "value"
    ? { ...conflict, values }
    : { ...conflict, values, on: otherSide(conflict.on) };
}

function mirroredResolution({ choice, seen, ...rest }: FieldResolution): FieldResolution {
  return {
    ...rest,
    choice: choice.kind === "take" ? { ...choice, side: otherSide(choice.side) } : choice,
    seen: swapped(seen),
  };
}

function mirroredReason(reason: ExclusionReason): ExclusionReason {
  if (reason === "removed_in_snov") return "removed_in_hubspot";
  return reason === "removed_in_hubspot" ? "removed_in_snov" : reason;
}

function mirroredDispute(dispute: Dispute): Dispute {
  return dispute.kind === "removed_and_edited"
    ? { ...dispute, removedOn: otherSide(dispute.removedOn) }
    : { ...dispute, on: otherSide(dispute.on) };
}

function mirroredDeclined({ values, ...rest }: Declined): Declined {
  return { ...rest, values: swappedEach(values) };
}

function mirroredRefused(refused: Refused): Refused {
  return Object.fromEntries(
    Object.entries(refused).map(([id, one]) => [id, { ...one, on: otherSide(one.on) }]),
  );
}

function swappedEach<Pair extends Both<Value>>(pairs: Record<string, Pair>): Record<string, Pair> {
  return Object.fromEntries(Object.entries(pairs).map(([id, both]) => [id, { ...both, ...swapped(both) }]));
}

function swapped<T>({ snov, hubspot }: Both<T>): Both<T> {
  return { snov: hubspot, hubspot: snov };
}
