import type { FieldChange } from "@/db/schema/prospects";
import type { FieldDelta } from "@/db/schema/sync";
import { isEmpty, type Value } from "@/sync/value";
import { type ProspectField, sameFieldValue } from "./prospect-fields";
import type { ProspectValues } from "./prospect-values";

/** The fields whose value really changes, one delta each; the primary e-mail and phone are told apart from the rest. */
export function deltasOf(
  fields: ProspectField[],
  before: ProspectValues,
  after: ProspectValues,
): FieldDelta[] {
  return fields.flatMap((field) => {
    if (!(field.key in after)) return [];
    const [was, is] = [before[field.key] ?? null, after[field.key] ?? null];
    if (sameFieldValue(field.kind, was, is)) return [];
    if (field.kind === "emails") return listDeltas("email", "other_emails", was, is);
    if (field.kind === "phones") return listDeltas("phone", "other_phones", was, is);
    return [{ field: field.key, label: field.name ?? field.key, before: was, after: is }];
  });
}

/** When and by whom, for each mapped field among the deltas. */
export function changesOf(
  deltas: FieldDelta[],
  at: Date,
  by: FieldChange["by"],
): Record<string, FieldChange> {
  const mapped = deltas.filter(({ field }) => field !== "other_emails" && field !== "other_phones");
  return Object.fromEntries(mapped.map(({ field }) => [field, { at: at.toISOString(), by }]));
}

function listDeltas(first: string, rest: string, before: Value, after: Value): FieldDelta[] {
  const was = Array.isArray(before) ? before : [];
  const is = Array.isArray(after) ? after : [];
  const deltas: FieldDelta[] = [
    { field: first, label: first, before: was[0] ?? null, after: is[0] ?? null },
    { field: rest, label: rest, before: was.slice(1), after: is.slice(1) },
  ];
  return deltas.filter(
    (delta) => JSON.stringify(delta.before) !== JSON.stringify(delta.after) && !bothEmpty(delta),
  );
}

function bothEmpty({ before, after }: FieldDelta): boolean {
  return isEmpty(before) && isEmpty(after);
}
