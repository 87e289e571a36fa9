import type { RefusedField, RemoteError } from "@/connectors/hubspot/remote-error";
import { isTurnedAway } from "@/connectors/hubspot/said-no";
import type { RecordStatus } from "@/db/schema/sync";
import { riddenField } from "@/sync/extras";
import type { Dispute, HeldField } from "@/sync/record-plan";
import { gravestShortfall } from "@/sync/shortfall";
import { deservesAnotherLook } from "./blame";
import { inSync } from "./in-sync";
import type { PageContext } from "./page-context";
import type { RecordWork } from "./record-work";

/**
 * What a page concludes about one record; the texts of the reasons are under `recordReason`. `held`: it is about a field
 * that stays as it is while the others travel, known when they were planned or refused just now.
 */
export type Verdict = {
  status: RecordStatus;
  reason: string | null;
  detail: Record<string, string>;
  held?: "known" | "refused";
};

export type Outcome =
  /** Something moved while we looked, or HubSpot has `refused` what the next look may do otherwise: look again. */
  { kind: "again"; refused: boolean } | { kind: "forget" } | { kind: "settled"; verdict: Verdict };

export const lookAgain: Outcome = { kind: "again", refused: false };

export function refusedOutcome(work: RecordWork, page: PageContext, error: RemoteError): Outcome {
  if (deservesAnotherLook(error, triesOf(work))) return { kind: "again", refused: true };
  const reference = referenceTo(error);
  if (error.kind === "conflict") return failing("email_taken", { side: "HubSpot", ...reference });
  const fault = error.fields?.[0];
  if (!fault) return { kind: "settled", verdict: refusedRecord(error) };
  const { reason, detail } = reasonRefused(page, { ...fault, reference: error.correlationId });
  return failing(reason, detail);
}

/** What HubSpot's support finds the answer by. */
export function referenceTo({ correlationId }: Pick<RemoteError, "correlationId">): Record<string, string> {
  return correlationId ? { reference: correlationId } : {};
}

const rejectedReasons = { saying: "rejected", silently: "rejected_silently" };
export const turnedAwayReasons = { saying: "not_let_in", silently: "turned_away" };

/** HubSpot named no property that it would be about. */
export function refusedRecord(error: RemoteError): Verdict {
  const reasons = isTurnedAway(error) ? turnedAwayReasons : rejectedReasons;
  return error.said
    ? { status: "failing", reason: reasons.saying, detail: { message: error.said, ...referenceTo(error) } }
    : { status: "failing", reason: reasons.silently, detail: referenceTo(error) };
}

/** HubSpot did not take this property's value; `message` is its own sentence. */
function reasonRefused(
  page: PageContext,
  { property, message, reference }: Pick<RefusedField, "property" | "message" | "reference">,
): Reason {
  const mapping = page.planner.mappings.find(({ fields }) => fields.hubspot === property);
  const field = page.propertyLabels.get(property) ?? property;
  if (!message) return { reason: "field_ignored", detail: { field } };
  return {
    reason: mapping?.identity ? "email_rejected" : "field_rejected",
    detail: { field, message, ...referenceTo({ correlationId: reference }) },
  };
}

export function failing(reason: string, detail: Record<string, string> = {}): Outcome {
  return { kind: "settled", verdict: { status: "failing", reason, detail } };
}

/** `reason`: what a dispute about the records themselves is; null where fields differ. */
export function inConflict(reason: Dispute["kind"] | null): Outcome {
  return { kind: "settled", verdict: { status: "in_conflict", reason, detail: {} } };
}

export function excluded(reason: string, detail: Record<string, string> = {}): Outcome {
  return { kind: "settled", verdict: { status: "excluded", reason, detail } };
}

/** A record whose sides were brought together, as far as its fields, and HubSpot in what it `refused`, allow. */
export function broughtTogether(work: RecordWork, page: PageContext, refused: RefusedField[] = []): Outcome {
  const shortfall = gravestShortfall(work.plan);
  if (shortfall?.kind === "conflict") {
    const { kind } = shortfall.conflict;
    return inConflict(kind === "value" ? null : kind);
  }
  if (shortfall?.kind === "failing")
    return heldBack("failing", reasonHeld(page, shortfall.field, refused), refused);
  if (shortfall) return heldBack("excluded", reasonHeld(page, shortfall.field), refused);
  return { kind: "settled", verdict: inSync(page, work) };
}

function heldBack(status: RecordStatus, why: Reason, refused: RefusedField[]): Outcome {
  return { kind: "settled", verdict: { status, ...why, held: refused.length ? "refused" : "known" } };
}

type Reason = { reason: string; detail: Record<string, string> };

/** Why a field of a plan does not travel. `refused`: what HubSpot did not take of the record just now. */
export function reasonHeld(page: PageContext, held: HeldField, refused: RefusedField[] = []): Reason {
  const { mappingId, reason, value } = held;
  if (reason !== "refused")
    return { reason, detail: { field: page.labels.get(mappingId)?.snov ?? "", value } };
  const mapping = page.planner.mappings.find(({ id }) => id === mappingId);
  const property = mapping?.fields.hubspot ?? riddenField(mappingId) ?? "";
  const reference = refused.find((field) => field.property === property)?.reference;
  return reasonRefused(page, { property, message: value, reference });
}

function triesOf(work: RecordWork): number {
  return Math.max(0, ...work.claimed.map(({ attempts }) => attempts));
}
