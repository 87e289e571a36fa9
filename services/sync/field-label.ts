import type { Side } from "@/sync/side";
import type { PageContext } from "./page-context";

/** What people call a field of a side: by its mapping, as a property, or by its own name. */
export function fieldLabel(page: PageContext, side: Side, field: string): string {
  const mapping = page.planner.mappings.find(({ fields }) => fields[side] === field);
  const own = side === "hubspot" ? page.propertyLabels.get(field) : undefined;
  return (mapping && page.labels.get(mapping.id)?.[side]) ?? own ?? field;
}
