import { shownLabel } from "@/components/prospects/shown-label";
import { type Texts, textsUnder } from "@/components/ui/texts";
import type { Overview } from "@/services/integrations/read-overview";
import type { Side } from "@/sync/side";
import type { Value } from "@/sync/value";

/** How a download calls a field, and what it says of its value: choices by their names, as the pages do. `all`: all texts. */
export function fieldWords(all: Texts, fields: Overview["fields"]) {
  const standard = textsUnder(all, "fields.standard");
  return {
    label: (side: Side, field: string, fallback?: string): string =>
      shownLabel(standard, fields, side, field, fallback),
    value(side: Side, field: string, value: Value): Value {
      const known = fields[side][field];
      const labelOf = (one: string) => known?.options?.find((option) => option.value === one)?.label ?? one;
      if (Array.isArray(value)) return value.map(labelOf);
      if (typeof value === "boolean") return all(value ? "fields.yes" : "fields.no");
      return known?.type === "choice" && value ? labelOf(value) : value;
    },
  };
}
