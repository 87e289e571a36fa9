import type { ConflictChoice, ConflictKind } from "@/db/schema/conflicts";
import type { integrations } from "@/db/schema/integrations";
import type { SettingsFields } from "@/services/integrations/settings-fields";
import { parseFieldValue } from "@/services/prospects/parse-field-value";
import { writableSides } from "@/sync/direction";
import { otherSide, type Side } from "@/sync/side";
import { isEmpty, type Value } from "@/sync/value";

type Subject = { kind: ConflictKind; mappingId: string | null; removedOn: Side | null };
export type CheckedChoice = { ok: true; choice: ConflictChoice } | { ok: false; reason: string };

const offered: Record<ConflictKind, { field: ConflictChoice["kind"][]; record: ConflictChoice["kind"][] }> = {
  value: { field: ["take", "value", "leave"], record: [] },
  removed_and_edited: { field: [], record: ["remove", "bring_back"] },
  same_address: { field: ["take", "leave"], record: ["link", "apart"] },
  merged: { field: [], record: ["apart"] },
};

/** Only what is certain to be safe is offered for a kind; a typed value must be one on both sides. */
export function checkChoice(
  integration: typeof integrations.$inferSelect,
  fields: SettingsFields,
  { kind, mappingId, removedOn }: Subject,
  choice: ConflictChoice,
): CheckedChoice {
  const mapping = fields.mappings.find(({ id }) => id === mappingId);
  if (mapping?.stoppedReason) return refuse("field_stopped");
  if (!offered[kind][mappingId ? "field" : "record"].includes(choice.kind)) return refuse("not_offered");
  const writable = writableSides(integration.syncType, "both");
  if (choice.kind === "bring_back" && removedOn && !writable[removedOn]) return refuse("one_way");
  if (choice.kind === "remove" && removedOn && !writable[otherSide(removedOn)]) return refuse("one_way");
  return choice.kind === "value" && mappingId
    ? checkTyped(integration, fields, mapping, choice.value)
    : { ok: true, choice };
}

function checkTyped(
  integration: typeof integrations.$inferSelect,
  fields: SettingsFields,
  mapping: SettingsFields["mappings"][number] | undefined,
  typed: Value,
): CheckedChoice {
  const snov = fields.snov.get(mapping?.snovField ?? "");
  const hubspot = fields.hubspot.get(mapping?.hubspotProperty ?? "");
  if (!mapping || !snov || !hubspot) return refuse("field_unknown");
  const writable = writableSides(integration.syncType, mapping.direction);
  if (!writable.snov || !writable.hubspot || !hubspot.writable) return refuse("one_way");
  const isEmail = mapping.snovField === "email";
  if (isEmpty(typed)) return isEmail ? refuse("email_required") : accept(null);
  const list = isEmail ? "emails" : mapping.snovField === "phone" ? "phones" : null;
  const parsed = list
    ? parseFieldValue({ key: list, kind: list, options: [], name: null }, [String(typed)])
    : parseFieldValue({ key: snov.key, kind: hubspot.type, options: hubspot.options, name: null }, typed);
  if (!parsed.ok) return refuse(parsed.reason);
  const value = list && Array.isArray(parsed.value) ? (parsed.value[0] ?? null) : parsed.value;
  if (hubspot.type === "choice" || hubspot.type === "choices") {
    const reached = Object.values(mapping.valueMap);
    const chosen = Array.isArray(value) ? value : [String(value)];
    if (!chosen.every((one) => reached.includes(one))) return refuse("choice_not_mapped");
  }
  return accept(value);
}

function accept(value: Value): CheckedChoice {
  return { ok: true, choice: { kind: "value", value } };
}

function refuse(reason: string): CheckedChoice {
  return { ok: false, reason };
}
