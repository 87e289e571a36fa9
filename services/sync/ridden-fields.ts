import { riddenId } from "@/sync/extras";
import type { PlannerMapping } from "@/sync/planner-settings";
import type { PageContext } from "./page-context";

/**
 * HubSpot's properties that only ride on writes, as mappings to look under our writes with: a first status gives way to
 * whatever a salesperson has typed, and a constant replaces it.
 */
export function riddenFields({ planner, propertyTypes }: PageContext): PlannerMapping[] {
  const mapped = new Set(planner.mappings.map(({ fields }) => fields.hubspot));
  const fields = [
    { field: planner.firstStatus.hubspot?.field, givesWay: true },
    { field: planner.constants.hubspot?.field, givesWay: false },
  ];
  return fields.flatMap(({ field, givesWay }) =>
    field === undefined || mapped.has(field)
      ? []
      : [
          {
            id: riddenId(field),
            type: propertyTypes.get(field) ?? "text",
            fields: { snov: riddenId(field), hubspot: field },
            writable: { snov: givesWay, hubspot: true },
            policy: givesWay ? ("hubspot_wins" as const) : ("snov_wins" as const),
            identity: false,
            stopped: false,
            choices: { snov: null, hubspot: null },
          },
        ],
  );
}
