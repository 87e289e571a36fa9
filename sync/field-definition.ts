import type { Side } from "./side";
import type { FieldType } from "./value";

/** A field that a side offers for mapping. */
export type FieldDefinition = {
  side: Side;
  /** Snov.io: a standard field's name or `custom:<id>`. HubSpot: the property's internal name. */
  key: string;
  label: string;
  type: FieldType;
  /** Empty for every type but the two choices. One that is hidden on its side is taken as before, and not offered anew. */
  options: { value: string; label: string; hidden?: true }[];
  /** False for what its side calculates or protects. */
  writable: boolean;
  /** Made by the customer, not by the vendor. */
  custom: boolean;
  /** Its side keeps it out of people's sight; it is read and written as before, and not offered anew. */
  hidden?: true;
  /** Its side lets no two records have the same value. */
  unique?: true;
};
