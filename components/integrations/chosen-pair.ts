import type { Direction } from "@/sync/direction";
import type { FieldDefinition } from "@/sync/field-definition";
import type { ValueMap } from "@/sync/value-map";

/** A pair of fields as a person chose it; a direction left out is as wide as allowed. */
export type ChosenPair = {
  snov: FieldDefinition;
  hubspot: FieldDefinition;
  direction?: Direction;
  valueMap?: ValueMap;
};
