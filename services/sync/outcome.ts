import type { RefusedField, RemoteError } from "@/connectors/hubspot/remote-error";
import { isTurnedAway } from "@/connectors/hubspot/said-no";
import type { RecordStatus } from "@/db/schema/sync";
import { gravestHindrance } from "@/sync/hindrance";
import type { Dispute, HeldField } from "@/sync/record-plan";
import { deservesAnotherLook } from "./blame";
import type { PageContext } from "./page-context";
import type { RecordWork } from "./record-work";

/** What a page concludes about one record; the texts of the reasons are under `recordReason`. */
export type Verdict = { status: RecordStatus; reason: string | null; detail: Record<string, string> };

export type Outcome =
  /** Something moved while we looked, or HubSpot already has the address: look again. */
  { kind: "again" } | { kind: "forget" } | { kind: "settled"; verdict: Verdict };

export const lookAgain: Outcome = { kind: "again" };

export function refusedOutcome(work: RecordWork, page: PageContext, error: RemoteError): Outcome {
  if (deservesAnotherLook(error, triesOf(work))) return lookAgain;
  const reference = referenceTo(error);
  if (error.kind === "conflict") return failing("email_taken", { side: "HubSpot", ...reference });
  const fault = error.fields?.[0];
  if (!fault) return { kind: "settled", verdict: refusedRecord(error) };
  return refusedField(page, { ...fault, reference: error.correlationId });
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
function refusedField(
  page: PageContext,
  { property, message, reference }: Pick<RefusedField, "property" | "message" | "reference">,
): Outcome {
  const mapping = page.planner.mappings.find(({ fields }) => fields.hubspot === property);
  const field = page.propertyLabels.get(property) ?? property;
  if (!message) return failing("field_ignored", { field });
  return failing(mapping?.identity ? "email_rejected" : "field_rejected", {
    field,
    message,
    ...referenceTo({ correlationId: reference }),
  });
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
  const hindrance = gravestHindrance(work.plan);
  if (hindrance?.kind === "conflict") {
    const { kind } = hindrance.conflict;
    return inConflict(kind === "value" ? null : kind);
  }
  if (hindrance?.kind === "failing") return heldField(page, hindrance.field, refused);
  const { mappings } = page.planner;
  const rider = refused.find(({ property }) => !mappings.some(({ fields }) => fields.hubspot === property));
  if (rider) return refusedField(page, rider);
  if (hindrance) return excluded(hindrance.field.reason, told(page, hindrance.field));
  return { kind: "settled", verdict: { status: "in_sync", reason: null, detail: {} } };
}

function heldField(page: PageContext, field: HeldField, refused: RefusedField[]): Outcome {
  if (field.reason !== "refused") return failing(field.reason, told(page, field));
  const mapping = page.planner.mappings.find(({ id }) => id === field.mappingId);
  const property = mapping?.fields.hubspot ?? "";
  const reference = refused.find((one) => one.property === property)?.reference;
  return refusedField(page, { property, message: field.value, reference });
}

function told(page: PageContext, { mappingId, value }: HeldField): Record<string, string> {
  return { field: page.labels.get(mappingId)?.snov ?? "", value };
}

function triesOf(work: RecordWork): number {
  return Math.max(0, ...work.claimed.map(({ attempts }) => attempts));
}
