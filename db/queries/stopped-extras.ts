import type { integrations, StoppedReason } from "@/db/schema/integrations";
import { contactMark } from "@/sync/contact-mark";
import type { ExtraKind } from "@/sync/record-plan";

type Row = typeof integrations.$inferSelect;

export type StoppableExtras = Pick<
  Row,
  | "constantToHubspot"
  | "constantStopped"
  | "statusProperty"
  | "statusStopped"
  | "marksContacts"
  | "markStopped"
  | "stoppedLabels"
>;

/** What contacts are not given for now, and why HubSpot's property does not take it. */
export type StoppedExtra = { kind: ExtraKind | "mark"; label: string; reason: StoppedReason };

export function stoppedExtrasOf({
  constantToHubspot,
  constantStopped,
  statusProperty,
  statusStopped,
  marksContacts,
  markStopped,
  stoppedLabels,
}: StoppableExtras): StoppedExtra[] {
  const labelOf = (property: string) => stoppedLabels[property] ?? property;
  const extras: StoppedExtra[] = [];
  if (constantToHubspot && constantStopped)
    extras.push({ kind: "constant", label: labelOf(constantToHubspot.field), reason: constantStopped });
  if (statusProperty && statusStopped)
    extras.push({ kind: "status", label: labelOf(statusProperty), reason: statusStopped });
  if (marksContacts && markStopped)
    extras.push({
      kind: "mark",
      label: stoppedLabels[contactMark.name] ?? contactMark.label,
      reason: markStopped,
    });
  return extras;
}
