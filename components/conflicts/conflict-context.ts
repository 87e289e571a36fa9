import type { ShownFields } from "@/components/transfers/shown-fields";
import type { AskedField } from "./fields-of-conflicts";

export type ConflictContext = {
  integration: { id: string; name: string };
  /** The settings as they are shown, for rules. */
  settingsSeen: string;
  /** Where a contact is shown in HubSpot; `{id}` stands for its id. */
  contactUrl: string;
  /** The person who looks: their own choices are theirs to take back. */
  userId: string;
  /** Whether this person may make rules, and take back anybody's choices. */
  manages: boolean;
  fields: ShownFields;
  /** What else can be asked for. */
  lists: { id: string; name: string }[];
  people: { id: string; name: string }[];
  mappings: Record<string, AskedField>;
};
