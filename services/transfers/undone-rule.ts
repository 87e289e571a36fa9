import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { UndoneChanges } from "@/db/schema/runs";
import { activities } from "@/db/schema/sync";
import type { Ctx } from "@/services/context";
import { lockIntegration } from "@/services/integrations/change-settings";
import { mappingLabel } from "@/services/integrations/mapping-input";
import { readSettingsFields } from "@/services/integrations/settings-fields";
import { ServiceError } from "@/services/service-error";
import { canBeUndone } from "./undone-writes";

/**
 * All that a field's policy has settled beside this change: since somebody last chose it, until somebody chose another
 * one, or now. `field` is the changed one's name on the side of the change.
 */
export async function undoneRule(
  tx: Tx,
  ctx: Ctx,
  { integrationId, activityId, field }: { integrationId: string; activityId: number; field: string },
): Promise<UndoneChanges> {
  const integration = await lockIntegration(tx, ctx.workspaceId, integrationId);
  const [change] = await tx
    .select({ side: activities.side, changes: activities.changes, now: sql<string>`to_json(now())#>>'{}'` })
    .from(activities)
    .where(
      and(
        eq(activities.id, activityId),
        eq(activities.integrationId, integrationId),
        canBeUndone(integrationId),
      ),
    );
  const isSettled = change?.changes.some((one) => one.field === field && one.why === "policy");
  const fields = await readSettingsFields(tx, integration);
  const mapping = fields.mappings.find(
    ({ snovField, hubspotProperty }) => (change?.side === "snov" ? snovField : hubspotProperty) === field,
  );
  if (!change?.side || !isSettled || !mapping)
    throw new ServiceError("not_found", "no such change that a rule has settled");
  const chosen = [`${mappingLabel(fields, mapping)}: policy`, "policy"];
  const [reign] = await tx.execute<{ since: string | null; until: string | null }>(sql`
    select to_json(max(at) filter (where id < ${activityId}))#>>'{}' as since,
      to_json(min(at) filter (where id > ${activityId}))#>>'{}' as until
    from activities where integration_id = ${integrationId}::uuid and kind = 'integration/changed'
      and exists (select from jsonb_array_elements(changes) x
        where x ->> 'field' = any(${sql.param(chosen)}::text[]))`);
  const from = reign?.since ?? integration.createdAt.toISOString();
  return {
    kind: "rule",
    fields: { snov: mapping.snovField, hubspot: mapping.hubspotProperty },
    label: fields.snov.get(mapping.snovField)?.label || mapping.snovField,
    recordName: null,
    at: from,
    from,
    // What it settles from now on is no part of it: nobody was shown that.
    to: reign?.until ?? change.now,
  };
}
