import type { FieldDefinition } from "./field-definition";
import type { Value } from "./value";

/**
 * The property of ours in which a contact carries the id of its prospect, where people chose that. It only says whose a
 * contact is that has no link; it is no field: it is not mapped, and nothing of it comes to Snov.io.
 */
export const contactMark = { name: "snov_prospect_id", label: "Snov.io prospect" };

/** What keeps a property from being the mark: a value that two contacts may have names nobody. */
export type MarkFault =
  | "hubspot_property_type_changed"
  | "hubspot_property_not_unique"
  | "hubspot_property_read_only";

export function faultOfMark({ type, unique, writable }: FieldDefinition): MarkFault | null {
  if (type !== "text") return "hubspot_property_type_changed";
  if (!unique) return "hubspot_property_not_unique";
  return writable ? null : "hubspot_property_read_only";
}

const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The prospect that a mark names; null where it names none, whatever somebody typed there. */
export function prospectNamed(value: Value | undefined): string | null {
  const text = typeof value === "string" ? value.trim().toLowerCase() : "";
  return id.test(text) ? text : null;
}
