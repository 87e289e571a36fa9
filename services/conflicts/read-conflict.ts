import { z } from "zod";
import { type ConflictRow, oneConflict } from "@/db/queries/conflicts";
import { openConnection } from "@/services/connections/open-connection";
import type { Ctx } from "@/services/context";
import { requireIntegration } from "@/services/integrations/require-integration";
import { ServiceError } from "@/services/service-error";
import { contactShown } from "@/services/sync/contact-reader";
import { loadPreviewContext } from "@/services/sync/load-page-context";
import { toShared } from "@/sync/choices";
import { givenAt } from "@/sync/given";
import type { FieldMerge } from "@/sync/merge";
import type { PlannerMapping } from "@/sync/planner-settings";
import type { Policy } from "@/sync/policy";
import { policyOutcomes } from "@/sync/policy-outcomes";
import { changesTold, type HubspotChanges, readToldProperties, type ToldProperty } from "./hubspot-changes";

const ReadConflict = z.object({ integrationId: z.uuid(), conflictId: z.uuid() });

export type ConflictView = ConflictRow & {
  /** Of each property in question, by its name, as far as HubSpot says anything. */
  changedInHubspot: HubspotChanges;
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
  const page = await loadPreviewContext(ctx.db, integrationId);
  if (page && row.other?.side === "hubspot" && !row.other.name)
    row.other.name = await contactName(ctx, page.connectionId, row.other.id);
  if (!page || !row.contactId) return { ...row, changedInHubspot: {}, policies: null };
  const hubspot = await openConnection(ctx, page.connectionId, "live");
  const told = await readToldProperties(hubspot, page, [row]);
  const changes = await changesTold(ctx.db, page, told);
  const own = told.get(row.id)?.find(({ mapping }) => mapping.id === row.mappingId);
  return {
    ...row,
    changedInHubspot: changes.get(row.id) ?? {},
    policies: own ? policiesFor(row, own.mapping, own.history) : null,
  };
}

async function contactName(ctx: Ctx, connectionId: string, id: string): Promise<string | null> {
  const hubspot = await openConnection(ctx, connectionId, "live");
  const found = await hubspot.contacts.readByIds([id], ["firstname", "lastname", "email"]);
  const { contactName: name, contactEmail: email } = contactShown(found.get(id)?.properties ?? {});
  return name ?? email;
}

function policiesFor(
  row: ConflictRow,
  mapping: PlannerMapping,
  history: ToldProperty["history"],
): ConflictView["policies"] {
  const snov = toShared(mapping, "snov", row.values.snov);
  if (row.kind !== "value" || snov.kind !== "value") return null;
  return policyOutcomes(mapping, {
    base: row.base ?? undefined,
    values: { snov: snov.value, hubspot: row.values.hubspot },
    changedAt: {
      snov: row.changedInSnov ? Date.parse(row.changedInSnov.at) : undefined,
      hubspot: givenAt(mapping, history),
    },
  });
}
