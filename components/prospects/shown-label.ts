import type { Texts } from "@/components/ui/texts";
import type { Overview } from "@/services/integrations/read-overview";
import type { Side } from "@/sync/side";

/** What names a field of Snov.io's: the text of a standard one, the name that a custom one was given. */
type Standard = Pick<Texts, "has"> & ((key: string) => string);

/** `standard`: the texts under `fields.standard`. */
export function fieldLabel(standard: Standard, key: string, name: string | null): string {
  return standard.has(key) ? standard(key) : (name ?? key);
}

/** How a side calls a field; `fallback`: what it was called when that was written down. */
export function shownLabel(
  standard: Standard,
  fields: Overview["fields"],
  side: Side,
  field: string,
  fallback?: string,
): string {
  const name = fields[side][field]?.label ?? fallback;
  return side === "snov" ? fieldLabel(standard, field, name ?? null) : (name ?? field);
}
