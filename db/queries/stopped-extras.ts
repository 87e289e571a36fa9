import type { integrations, StoppedReason } from "@/db/schema/integrations";
import type { ExtraKind } from "@/sync/record-plan";

type Row = typeof integrations.$inferSelect;

/** What contacts are not given for now, and why HubSpot's property does not take it. */
export type StoppedExtra = { kind: ExtraKind; property: string; reason: StoppedReason };

export function stoppedExtrasOf({
  constantToHubspot,
  constantStopped,
  statusProperty,
  statusStopped,
}: Pick<Row, "constantToHubspot" | "constantStopped" | "statusProperty" | "statusStopped">): StoppedExtra[] {
  const extras: StoppedExtra[] = [];
  if (constantToHubspot && constantStopped)
    extras.push({ kind: "constant", property: constantToHubspot.field, reason: constantStopped });
  if (statusProperty && statusStopped)
    extras.push({ kind: "status", property: statusProperty, reason: statusStopped });
  return extras;
}
