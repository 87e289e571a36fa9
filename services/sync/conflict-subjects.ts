import type { Side } from "@/sync/side";
import type { SavedLink } from "./commit-links";
import type { RecordWork } from "./record-work";

export type Subject = { side: Side; record_id: string };

/**
 * The record that conflicts and its status are about, and every name under which there may be earlier ones. One that is
 * gone, and linked to nobody, has only the name by which it was told of.
 */
export function subjectsOf({ prospect, contact, link, claimed }: RecordWork, saved?: SavedLink): Subject[] {
  const prospectId = prospect?.id ?? saved?.prospectId ?? link?.prospectId;
  const contactIds = [contact?.id, saved?.contactId, link?.contactId, ...(contact?.formerIds ?? [])];
  const all: Subject[] = [
    ...(prospectId ? [{ side: "snov" as const, record_id: prospectId }] : []),
    ...contactIds.flatMap((id) => (id ? [{ side: "hubspot" as const, record_id: id }] : [])),
    ...claimed.map(({ side, recordId }) => ({ side, record_id: recordId })),
  ];
  return [...new Map(all.map((one) => [`${one.side}:${one.record_id}`, one])).values()];
}
