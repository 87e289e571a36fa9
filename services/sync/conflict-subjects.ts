import type { Side } from "@/sync/side";
import type { SavedLink } from "./commit-links";
import type { RecordWork } from "./record-work";

export type Subject = { side: Side; record_id: string };

/** The record that conflicts are about, and every name under which earlier ones may have been opened. */
export function subjectsOf({ prospect, contact, link }: RecordWork, saved: SavedLink | undefined): Subject[] {
  const prospectId = prospect?.id ?? saved?.prospectId ?? link?.prospectId;
  const contactId = contact?.id ?? saved?.contactId ?? link?.contactId;
  return [
    ...(prospectId ? [{ side: "snov" as const, record_id: prospectId }] : []),
    ...(contactId ? [{ side: "hubspot" as const, record_id: contactId }] : []),
  ];
}
