import { type Direction, directions, writableSides } from "./direction";
import type { FieldDefinition } from "./field-definition";
import type { Both } from "./side";

/**
 * Which fields may be paired. The rules:
 * - both fields have the same type;
 * - each field, on either side, is mapped at most once, and a constant's field not at all;
 * - what HubSpot calculates or protects travels only towards Snov.io;
 * - no field's direction is wider than the sync type.
 */
export type MappedFields = { id: string; snovField: string; hubspotProperty: string };

export type FieldsInUse = {
  mappings: MappedFields[];
  constants: { snov: string | null; hubspot: string | null };
  /** The mapping being replaced: its own fields are free again. */
  replacing?: string | undefined;
};

export function offeredSnovFields(fields: FieldDefinition[], inUse: FieldsInUse): FieldDefinition[] {
  const taken = takenFields(inUse);
  return fields.filter(({ key, writable }) => writable && !taken.snov.has(key));
}

export function offeredHubspotProperties(
  properties: FieldDefinition[],
  snovField: FieldDefinition,
  syncType: Direction,
  inUse: FieldsInUse,
): FieldDefinition[] {
  const taken = takenFields(inUse);
  const current = inUse.mappings.find(({ id }) => id === inUse.replacing)?.hubspotProperty;
  return properties.filter(
    (property) =>
      (!property.hidden || property.key === current) &&
      property.type === snovField.type &&
      !taken.hubspot.has(property.key) &&
      allowedDirections(syncType, property).length > 0,
  );
}

/** Widest first; empty where the pair could never carry anything. */
export function allowedDirections(
  syncType: Direction,
  property: Pick<FieldDefinition, "writable">,
): Direction[] {
  return directions.filter(
    (direction) =>
      (syncType === "both" || direction === syncType) && (property.writable || direction === "to_snov"),
  );
}

/** What a field's direction comes to under the sync type: null where the two have nothing in common. */
export function effectiveDirection(
  syncType: Direction,
  direction: Direction,
  property: Pick<FieldDefinition, "writable">,
): Direction | null {
  const { snov, hubspot } = writableNow(syncType, direction, property);
  if (hubspot && snov) return "both";
  if (hubspot) return "to_hubspot";
  return snov ? "to_snov" : null;
}

/** The sides that a field's direction lets it write under the sync type, as far as HubSpot's property can be written. */
export function writableNow(
  syncType: Direction,
  direction: Direction,
  property: Pick<FieldDefinition, "writable"> | undefined,
): Both<boolean> {
  const { snov, hubspot } = writableSides(syncType, direction);
  return { snov, hubspot: hubspot && property?.writable === true };
}

export type MappingFault =
  | "field_unknown"
  | "types_differ"
  | "field_already_mapped"
  | "field_is_constant"
  | "property_read_only"
  | "direction_too_wide";

/** Null where the pair may be mapped. `direction` is left out for "as wide as allowed". */
export function faultOfMapping(
  wanted: {
    snov: FieldDefinition | undefined;
    hubspot: FieldDefinition | undefined;
    direction?: Direction | undefined;
  },
  syncType: Direction,
  inUse: FieldsInUse,
): MappingFault | null {
  const { snov, hubspot, direction } = wanted;
  if (!snov || !hubspot) return "field_unknown";
  if (snov.type !== hubspot.type) return "types_differ";
  const { snov: snovConstant, hubspot: hubspotConstant } = inUse.constants;
  if (snov.key === snovConstant || hubspot.key === hubspotConstant) return "field_is_constant";
  const taken = takenFields(inUse);
  if (taken.snov.has(snov.key) || taken.hubspot.has(hubspot.key)) return "field_already_mapped";
  const allowed = allowedDirections(syncType, hubspot);
  if (!allowed.length) return "property_read_only";
  if (direction && !allowed.includes(direction)) {
    return hubspot.writable ? "direction_too_wide" : "property_read_only";
  }
  return null;
}

/** Custom fields of the receiving side that no mapping uses; of hidden ones only that which is chosen already. */
export function offeredConstantFields(
  fields: FieldDefinition[],
  mappings: MappedFields[],
  chosen?: string,
): FieldDefinition[] {
  const mapped = {
    snov: new Set(mappings.map(({ snovField }) => snovField)),
    hubspot: new Set(mappings.map(({ hubspotProperty }) => hubspotProperty)),
  };
  return fields.filter(
    ({ side, key, custom, writable, hidden }) =>
      custom && writable && (!hidden || key === chosen) && !mapped[side].has(key),
  );
}

function takenFields({ mappings, constants, replacing }: FieldsInUse) {
  const others = mappings.filter(({ id }) => id !== replacing);
  return {
    snov: new Set([...others.map(({ snovField }) => snovField), ...present(constants.snov)]),
    hubspot: new Set([
      ...others.map(({ hubspotProperty }) => hubspotProperty),
      ...present(constants.hubspot),
    ]),
  };
}

function present(key: string | null): string[] {
  return key ? [key] : [];
}
