import { z } from "zod";
import { type ConflictRow, oneConflict } from "@/db/queries/conflicts";
import { hubspotUserNames } from "@/db/queries/hubspot-users";
import { openConnection } from "@/services/connections/open-connection";
import type { Ctx } from "@/services/context";
import { requireIntegration } from "@/services/integrations/require-integration";
import { ServiceError } from "@/services/service-error";
import { loadPageContext } from "@/services/sync/load-page-context";
import { pastValues } from "@/services/sync/past-values";
import { toShared } from "@/sync/choices";
import type { FieldMerge } from "@/sync/merge";
import { givenAt } from "@/sync/overwritten";
import { ownValue } from "@/sync/own-value";
import type { Policy } from "@/sync/policy";
import { policyOutcomes } from "@/sync/policy-outcomes";
import type { Value } from "@/sync/value";

const ReadConflict = z.object({ integrationId: z.uuid(), conflictId: z.uuid() });

export type ConflictView = ConflictRow & {
  /** What HubSpot's history says of its value: `source` is HubSpot's word. Null where it says nothing. */
  changedInHubspot: { at: string; source: string; userName: string | null; value: Value } | null;
  /** What each policy would do now; null where the field is not in use, or the integration does not sync. */
  policies: Record<Policy, FieldMerge> | null;
};

/** One conflict with who changed each side and when, which HubSpot is asked for. */
export async function readConflict({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof ReadConflict>;
}): Promise<ConflictView> {
  const { integrationId, conflictId } = ReadConflict.parse(input);
  await requireIntegration(ctx, integrationId);
  const row = await oneConflict(ctx.db, integrationId, conflictId);
  if (!row) throw new ServiceError("not_found", "no such conflict in this integration");
  const page = await loadPageContext(ctx.db, integrationId);
  const mapping = page?.planner.mappings.find(({ id }) => id === row.mappingId);
  if (!page || !mapping || !row.contactId) return { ...row, changedInHubspot: null, policies: null };
  const hubspot = await openConnection(ctx, page.connectionId, "live");
  const property = mapping.fields.hubspot;
  const histories = await hubspot.contacts.readHistories([{ id: row.contactId, properties: [property] }]);
  const entries = ownValue(histories.get(row.contactId) ?? {}, property) ?? [];
  const history = pastValues(page, mapping, entries);
  const [newest] = entries;
  const names = await hubspotUserNames(ctx.db, page.connectionId, [newest?.userId]);
  const snov = toShared(mapping, "snov", row.values.snov);
  const policies =
    row.kind === "value" && snov.kind === "value"
      ? policyOutcomes(mapping, {
          base: row.base ?? undefined,
          values: { snov: snov.value, hubspot: row.values.hubspot },
          changedAt: {
            snov: row.changedInSnov ? Date.parse(row.changedInSnov.at) : undefined,
            hubspot: givenAt(mapping, history),
          },
        })
      : null;
  return {
    ...row,
    changedInHubspot: newest
      ? {
          at: newest.at.toISOString(),
          source: newest.source,
          userName: names.get(newest.userId ?? "") ?? null,
          value: history[0]?.value ?? null,
        }
      : null,
    policies,
  };
}
