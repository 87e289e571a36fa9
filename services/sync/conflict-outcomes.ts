import { isDeepStrictEqual } from "node:util";
import type { ConflictKind, ConflictOutcome, StayReason } from "@/db/schema/conflicts";
import type { PairPlan } from "@/sync/record-plan";
import type { StopReason } from "@/sync/resolution";
import { otherSide, type Side } from "@/sync/side";
import type { Value } from "@/sync/value";
import type { SavedLink } from "./commit-links";
import { type Subject, subjectsOf } from "./conflict-subjects";
import type { Outcome } from "./outcome";
import type { PageContext } from "./page-context";
import type { GivenResolution, RecordWork } from "./record-work";

/** What came of the choice about a conflict that is still open, and which one the page knew of. */
export type ChoiceFate = {
  resolution_id: string | null;
  outcome: ConflictOutcome | null;
  stop_reason: StopReason | null;
};
export const unresolved: ChoiceFate = { resolution_id: null, outcome: null, stop_reason: null };

export type Closing = Subject & {
  kind: ConflictKind;
  mapping_id: string | null;
  resolution_id: string | null;
} & Ending;

/** How a conflict closes; with the reason, and what the other side said, where a choice could not be taken back. */
type Ending = { outcome: ConflictOutcome; stop_reason?: StayReason | null; said?: string };

export function fateOf({ plan, resolutions }: RecordWork, mappingId: string): ChoiceFate {
  const given = resolutions.find((one) => one.mappingId === mappingId);
  const resolved = plan.kind === "pair" ? plan.resolved[mappingId] : undefined;
  if (!given || !resolved) return unresolved;
  const outcome = resolved.outcome === "applied" ? null : resolved.outcome;
  return { resolution_id: given.resolutionId, outcome, stop_reason: resolved.reason ?? null };
}

/** What the side said that refused what was chosen about a field. */
export function saidAbout({ plan }: RecordWork, mappingId: string): { said?: string } {
  const said = plan.kind === "pair" ? plan.resolved[mappingId]?.message : undefined;
  return said ? { said } : {};
}

/** The dispute is still there: about other edits, or because what was chosen cannot be done. */
export function fateOfRemoval(
  page: PageContext,
  work: RecordWork,
  removedOn: Side,
  edited: Record<string, Value>,
): ChoiceFate {
  const given = work.resolutions.find(isOnRemoval);
  if (!given) return unresolved;
  const stays = isDeepStrictEqual(given.resolution.edited, edited);
  return {
    resolution_id: given.resolutionId,
    outcome: stays ? "stopped" : "moved",
    stop_reason: stays ? whyNotBack(page, work, removedOn) : null,
  };
}

/** What keeps a record from being made anew beside the one that is left. */
function whyNotBack({ planner }: PageContext, { inScope }: RecordWork, removedOn: Side): StopReason {
  return planner.writable[removedOn] && !inScope[otherSide(removedOn)] ? "out_of_scope" : "rule";
}

/** How the conflicts of a record close that its plan no longer has; what is not named here healed. */
export function closingsOf(
  page: PageContext,
  work: RecordWork,
  outcome: Outcome | undefined,
  saved: SavedLink | undefined,
): Closing[] {
  const { plan, resolutions } = work;
  const subjects = subjectsOf(work, saved);
  const close = (
    kind: ConflictKind,
    mapping_id: string | null,
    given: GivenResolution | undefined,
    how: Ending,
  ) =>
    subjects.map((subject) => ({
      ...subject,
      kind,
      mapping_id,
      resolution_id: given?.resolutionId ?? null,
      ...how,
    }));
  const removal = resolutions.find(isOnRemoval);
  const removed = removal && isDone(work, removal, outcome, saved) ? removal : undefined;
  const onRemoval = removed ? close("removed_and_edited", null, removed, { outcome: "applied" }) : [];
  if (plan.kind !== "pair") return onRemoval;
  const onFields = page.planner.mappings.flatMap(({ id }) => {
    const given = resolutions.find(({ mappingId }) => mappingId === id);
    const how = fieldEnding(work, plan, id, given);
    return how ? (["value", "same_address"] as const).flatMap((kind) => close(kind, id, given, how)) : [];
  });
  return [...onRemoval, ...onFields];
}

function fieldEnding(
  work: RecordWork,
  plan: PairPlan,
  mappingId: string,
  given: GivenResolution | undefined,
): Ending | null {
  if (given && plan.resolved[mappingId]?.outcome === "applied") return { outcome: "applied" };
  if (given?.resolution.undo)
    return { outcome: "kept", stop_reason: whyKept(plan, mappingId), ...saidAbout(work, mappingId) };
  if (given && isUnmapped(plan, mappingId)) return { outcome: "stopped", stop_reason: "choice_not_mapped" };
  const byRule = plan.replaced.some((one) => one.mappingId === mappingId && one.why !== "resolution");
  return byRule ? { outcome: "rule" } : null;
}

function whyKept(plan: PairPlan, mappingId: string): StayReason | null {
  const tried = plan.resolved[mappingId];
  if (tried) return tried.outcome === "moved" ? "changed" : (tried.reason ?? null);
  return isUnmapped(plan, mappingId) ? "choice_not_mapped" : null;
}

function isUnmapped({ held }: PairPlan, mappingId: string): boolean {
  return held.some((one) => one.mappingId === mappingId && one.reason === "choice_not_mapped");
}

function isDone(
  { plan }: RecordWork,
  { resolution }: GivenResolution,
  outcome: Outcome | undefined,
  saved: SavedLink | undefined,
): boolean {
  if (resolution.choice.kind === "remove") return plan.kind === "remove" && outcome?.kind === "forget";
  return plan.kind === "pair" || (plan.kind === "create" && saved !== undefined);
}

function isOnRemoval({ resolution }: GivenResolution): boolean {
  return resolution.choice.kind === "remove" || resolution.choice.kind === "bring_back";
}
