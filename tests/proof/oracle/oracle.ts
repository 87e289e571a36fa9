import type { PlannerSettings } from "@/sync/planner-settings";
import type { PlanInput, RecordPlan } from "@/sync/record-plan";
import { otherSide } from "@/sync/side";
import { expectedAbsence } from "./absence";
import { expectedCreate } from "./create";
import { expectedPair } from "./pair";

/**
 * What the planner should decide, written plainly from the rules and from nothing of the planner but its types and `otherSide`.
 * It is slow, repeats itself, and prefers one sentence per rule to one rule per idea.
 */
export function expectedPlan(settings: PlannerSettings, input: PlanInput): RecordPlan {
  const { snov, hubspot } = input.records;
  if (snov === null && hubspot === null) return neitherThere(settings, input);
  if (snov !== null && hubspot !== null) {
    if (input.erased) return { kind: "excluded", reason: "erased" };
    return expectedPair(settings, input, { snov, hubspot });
  }
  const here = snov !== null ? "snov" : "hubspot";
  const record = snov ?? hubspot;
  if (record === null) throw new Error("One of them is there.");
  if (input.link !== null) return expectedAbsence(settings, input, input.link, here, record);
  if (input.erased) return { kind: "excluded", reason: "erased" };
  return expectedCreate(settings, otherSide(here), record);
}

function neitherThere(settings: PlannerSettings, input: PlanInput): RecordPlan {
  if (input.link === null) return { kind: "gone" };
  const { snov, hubspot } = input.absences;
  const { writable, capabilities } = settings;
  if (snov === "privacy_deleted" && hubspot === "archived" && writable.hubspot && capabilities.hubspot.erase)
    return { kind: "erase", on: "hubspot" };
  if (hubspot === "privacy_deleted" && snov === "archived" && writable.snov && capabilities.snov.erase)
    return { kind: "erase", on: "snov" };
  return { kind: "gone" };
}
