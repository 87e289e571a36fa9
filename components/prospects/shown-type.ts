import type { ProspectField } from "@/services/prospects/prospect-fields";
import type { FieldType } from "@/sync/value";

/** How to show a value of a prospect's field in its history. */
export function shownType(field: ProspectField | undefined): FieldType {
  if (!field || field.kind === "emails" || field.kind === "phones") return "text";
  return field.kind;
}
