import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { shownStatuses } from "@/lib/shown-statuses";
import type { OfIntegration } from "./own-integration";
import { hasWord } from "./prospects-page";

/** Which records of an integration; what is left out restricts nothing. */
export const RecordFilter = z.object({
  status: z.enum(shownStatuses).optional(),
  /** A key of the texts under `recordReason`. */
  reason: z.string().max(60).optional(),
  /** Beginnings of words of a name or an address. */
  search: z.string().max(200).optional(),
});
export type RecordFilter = z.infer<typeof RecordFilter>;

/** A condition on the side and the id of a record, on whichever side its name or address is found. */
export function recordsNamed(
  { workspaceId, integrationId }: OfIntegration,
  search: string | undefined,
  [side, recordId]: [SQL, SQL],
): SQL {
  if (!search || !hasWord(search)) return sql`true`;
  const words = sql`p.search_words @@ prospect_query(${workspaceId}::uuid, ${search})`;
  return sql`(${side}, ${recordId}) in (
    select 'snov', p.id::text from prospects p where ${words} and p.deleted_at is null
    union all
    select 'snov', p.id::text from prospects p
      where p.workspace_id = ${workspaceId}::uuid and ${words} and p.deleted_at is not null
    union all
    select 'hubspot', c.record_id from record_statuses c
      where c.contact_words @@ prospect_query(${integrationId}::uuid, ${search}))`;
}
