import type { ShownFields } from "@/components/transfers/shown-fields";
import type { StartUndo } from "@/components/transfers/transfer-actions";
import type { Both } from "@/sync/side";

export type ActivityContext = {
  integration: { id: string; name: string };
  fields: ShownFields;
  /** Fields that can be asked for, `snov~city`. */
  fieldKeys: string[];
  /** Members, and users of the HubSpot account. */
  people: Both<{ id: string; name: string }[]>;
  /** Where a contact is shown in HubSpot; `{id}` stands for its id. */
  contactUrl: string;
  /** For those who may undo. */
  undo: StartUndo | null;
};
