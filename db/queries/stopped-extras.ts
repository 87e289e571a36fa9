import type { integrations, StoppedReason } from "@/db/schema/integrations";
import type { ExtraKind } from "@/sync/record-plan";

type Row = typeof integrations.$inferSelect;

/** What contacts are not given for now, and why HubSpot's property does not take it. */
export type StoppedExtra = { kind: ExtraKind; label: string; reason: StoppedReason };

export function stoppedExtrasOf({
  constantToHubspot,
  constantStopped,
  statusProperty,
  statusStopped,
  stoppedLabels,
}: Pick<
  Row,
  "constantToHubspot" | "constantStopped" | "statusProperty" | "statusStopped" | "stoppedLabels"
>): StoppedExtra[] {
  const labelOf = (property: string) => stoppedLabels[property] ?? property;
  const extras: StoppedExtra[] = [];
  if (constantToHubspot && constantStopped)
    extras.push({ kind: "constant", label: labelOf(constantToHubspot.field), reason: constantStopped });
  if (statusProperty && statusStopped)
    extras.push({ kind: "status", label: labelOf(statusProperty), reason: statusStopped });
  return extras;
}
