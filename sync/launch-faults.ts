import { type Direction, writableSides } from "./direction";
import type { FieldDefinition } from "./field-definition";
import { type FieldsInUse, faultOfMapping, type MappedFields } from "./mapping-rules";

export type LaunchFault = { reason: "mapping_invalid"; mappingId: string } | { reason: "nothing_to_sync" };

type LaunchedMapping = MappedFields & { direction: Direction; locked: boolean; stoppedReason: string | null };

/** What in the mappings keeps an integration from starting. A stopped mapping is shown as such and may wait. */
export function launchFaults(
  syncType: Direction,
  mappings: LaunchedMapping[],
  fields: { snov: Map<string, FieldDefinition>; hubspot: Map<string, FieldDefinition> },
  constants: FieldsInUse["constants"],
): LaunchFault[] {
  const working = mappings.filter(({ stoppedReason }) => !stoppedReason);
  const invalid = working.filter((mapping) => {
    const fault = faultOfMapping(
      { snov: fields.snov.get(mapping.snovField), hubspot: fields.hubspot.get(mapping.hubspotProperty) },
      syncType,
      { mappings, constants, replacing: mapping.id },
    );
    // What HubSpot lets nobody write rests under this sync type; shown as such, it holds nobody back.
    return fault !== null && fault !== "property_read_only" && !mapping.locked;
  });
  const travels = working.some(({ direction }) => {
    const writable = writableSides(syncType, direction);
    return writable.snov || writable.hubspot;
  });
  return [
    ...invalid.map(({ id }) => ({ reason: "mapping_invalid" as const, mappingId: id })),
    ...(travels ? [] : [{ reason: "nothing_to_sync" as const }]),
  ];
}
