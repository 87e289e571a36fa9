import { planAbsence } from "./plan-absence";
import { planCreate } from "./plan-create";
import { planPair } from "./plan-pair";
import type { PlannerSettings } from "./planner-settings";
import type { PlanInput, RecordPlan } from "./record-plan";
import { otherSide, sides } from "./side";

/**
 * Decides what one record needs. Pure: the same observation always gives the same plan, and
 * - a plan once applied plans nothing again;
 * - unmapped fields are never written, constants are never read, no direction is widened;
 * - a linked record that is missing on one side is not created again, unless a person restored its partner;
 * - a write of ours that a crash kept from being committed is not taken for a person's change;
 * - with sides and policies mirrored, the plan is mirrored.
 */
export function planRecord(settings: PlannerSettings, input: PlanInput): RecordPlan {
  const { records, link, erased } = input;
  const { snov, hubspot } = records;
  if (snov && hubspot)
    return erased ? { kind: "excluded", reason: "erased" } : planPair(settings, input, { snov, hubspot });
  const here = sides.find((side) => records[side] !== null);
  const record = here && records[here];
  if (!here || !record) return planBothAbsent(settings, input);
  if (link) return planAbsence(settings, input, link, here, record);
  if (erased) return { kind: "excluded", reason: "erased" };
  return planCreate(settings, otherSide(here), record);
}

/** A privacy deletion reaches into the other side's recycle bin as well. */
function planBothAbsent(settings: PlannerSettings, { link, absences }: PlanInput): RecordPlan {
  const binned = sides.find(
    (side) => absences[side] === "archived" && absences[otherSide(side)] === "privacy_deleted",
  );
  return link && binned && settings.writable[binned] && settings.capabilities[binned].erase
    ? { kind: "erase", on: binned }
    : { kind: "gone" };
}
