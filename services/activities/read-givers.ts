import { and, eq, inArray, isNotNull, sql } from "drizzle-orm";
import { z } from "zod";
import { hubspotUserNames } from "@/db/queries/hubspot-users";
import { activities, type FieldDelta } from "@/db/schema/sync";
import { type HubspotChanges, hubspotChange } from "@/services/conflicts/hubspot-changes";
import { openConnection } from "@/services/connections/open-connection";
import type { Ctx } from "@/services/context";
import { requireIntegration } from "@/services/integrations/require-integration";
import { loadPreviewContext } from "@/services/sync/load-page-context";
import { pastValues } from "@/services/sync/past-values";
import { toShared } from "@/sync/choices";
import { sameMeaning } from "@/sync/mapping-value";
import { ownValue } from "@/sync/own-value";

const ReadGivers = z.object({
  integrationId: z.uuid(),
  activityIds: z.array(z.coerce.number().int().positive()).max(50),
});

/**
 * Who had given HubSpot the values that came from there, as far as its own history still says, which is asked in one call:
 * activity id → its fields, as Snov.io calls them.
 */
export async function readGivers({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof ReadGivers>;
}): Promise<Record<string, HubspotChanges>> {
  const { integrationId, activityIds } = ReadGivers.parse(input);
  await requireIntegration(ctx, integrationId);
  const page = activityIds.length ? await loadPreviewContext(ctx.db, integrationId) : null;
  if (!page) return {};
  const rows = await ctx.db
    .select({
      id: activities.id,
      contactId: sql<string>`${activities.contactId}`,
      changes: activities.changes,
      at: activities.at,
    })
    .from(activities)
    .where(
      and(
        eq(activities.workspaceId, ctx.workspaceId),
        eq(activities.integrationId, integrationId),
        inArray(activities.id, activityIds),
        eq(activities.side, "snov"),
        isNotNull(activities.contactId),
        sql`${activities.cause} @> '{"kind": "sync", "from": "hubspot"}'::jsonb`,
      ),
    );
  const mappingOf = ({ field }: FieldDelta) =>
    page.planner.mappings.find(({ fields }) => fields.snov === field);
  const hubspot = await openConnection(ctx, page.connectionId, "live");
  const histories = await hubspot.contacts.readHistories(
    rows.map(({ contactId: id, changes }) => ({
      id,
      properties: changes.flatMap((change) => mappingOf(change)?.fields.hubspot ?? []),
    })),
  );
  const given = rows.flatMap(({ id, contactId, changes, at }) =>
    changes.flatMap((change) => {
      const mapping = mappingOf(change);
      const shared = mapping && toShared(mapping, "snov", change.after);
      if (!mapping || shared?.kind !== "value") return [];
      const entries = ownValue(histories.get(contactId) ?? {}, mapping.fields.hubspot) ?? [];
      const place = pastValues(page, mapping, entries).findIndex(
        (past) => !past.ours && past.at <= at.getTime() && sameMeaning(mapping, past.value, shared.value),
      );
      const entry = entries[place];
      return entry ? [{ id, field: change.field, value: shared.value, entry }] : [];
    }),
  );
  const names = await hubspotUserNames(
    ctx.db,
    page.connectionId,
    given.map(({ entry }) => entry.userId),
  );
  const told: Record<string, HubspotChanges> = {};
  for (const { id, field, value, entry } of given)
    told[id] = { ...told[id], [field]: hubspotChange(entry, names, value) };
  return told;
}
