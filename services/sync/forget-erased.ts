import { and, eq, inArray, or, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Tx } from "@/db/client";
import { conflicts } from "@/db/schema/conflicts";
import { integrations } from "@/db/schema/integrations";
import { activities, recordStatuses } from "@/db/schema/sync";
import type { PageContext } from "./page-context";
import type { RecordWork } from "./record-work";

/**
 * Takes what was told of erased records out of activities, statuses, conflicts and the examples of stopped
 * integrations. Prospects belong to the whole workspace, contacts to the account of this integration.
 */
export async function forgetErased(tx: Tx, page: PageContext, erased: RecordWork[]): Promise<void> {
  const contactIds = erased.flatMap(({ link, contact }) =>
    [link?.contactId, contact?.id].filter((id) => id != null),
  );
  const prospectIds = erased.flatMap(({ link, prospect }) =>
    [link?.prospectId, prospect?.id].filter((id) => id != null),
  );
  if (!contactIds.length && !prospectIds.length) return;
  await tx
    .update(activities)
    .set({ changes: [], recordName: null })
    .where(and(eq(activities.integrationId, page.integrationId), inArray(activities.contactId, contactIds)));
  await tx.delete(recordStatuses).where(isAbout(recordStatuses.integrationId, recordStatuses.recordId));
  await tx.delete(conflicts).where(isAbout(conflicts.integrationId, conflicts.recordId));
  // Somebody else's record, which was in dispute with an erased one over these addresses.
  await tx
    .update(conflicts)
    .set({ detail: sql`${conflicts.detail} - 'addresses'` })
    .where(isAbout(conflicts.integrationId, conflicts.otherId));
  await forgetSamples(tx, page.workspaceId, [...contactIds, ...prospectIds]);

  function isAbout(integrationId: PgColumn, recordId: PgColumn): SQL | undefined {
    const ofWorkspace = tx
      .select({ id: integrations.id })
      .from(integrations)
      .where(eq(integrations.workspaceId, page.workspaceId));
    return or(
      and(eq(integrationId, page.integrationId), inArray(recordId, contactIds)),
      and(inArray(integrationId, ofWorkspace), inArray(recordId, prospectIds)),
    );
  }
}

/** Another account's contact may have the same id: then one example less is shown. */
async function forgetSamples(tx: Tx, workspaceId: string, recordIds: string[]): Promise<void> {
  await tx.execute(sql`
    update integrations set fuse_stop = jsonb_set(fuse_stop, '{samples}', coalesce((
      select jsonb_agg(sample) from jsonb_array_elements(fuse_stop->'samples') sample
      where not exists (
        select from jsonb_array_elements_text(sample->'recordIds') record
        where record in (select jsonb_array_elements_text(${JSON.stringify(recordIds)}::jsonb)))
    ), '[]'))
    where workspace_id = ${workspaceId}::uuid and fuse_stop is not null`);
}
