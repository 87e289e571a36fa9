import { z } from "zod";
import { type ConflictRow, oneConflict } from "@/db/queries/conflicts";
import { hubspotUserNames } from "@/db/queries/hubspot-users";
import { openConnection } from "@/services/connections/open-connection";
import type { Ctx } from "@/services/context";
import { requireIntegration } from "@/services/integrations/require-integration";
import { ServiceError } from "@/services/service-error";
import { contactShown } from "@/services/sync/contact-reader";
import { loadPreviewContext } from "@/services/sync/load-page-context";
import { pastValues } from "@/services/sync/past-values";
import { toShared } from "@/sync/choices";
import type { FieldMerge } from "@/sync/merge";
import { givenAt } from "@/sync/overwritten";
import { ownValue } from "@/sync/own-value";
import type { PlannerMapping } from "@/sync/planner-settings";
import type { Policy } from "@/sync/policy";
import { policyOutcomes } from "@/sync/policy-outcomes";
import type { Value } from "@/sync/value";

const ReadConflict = z.object({ integrationId: z.uuid(), conflictId: z.uuid() });

/** What HubSpot's history says of a value: `source` is HubSpot's word. */
type HubspotChange = { at: string; source: string; userName: string | null; value: Value };

export type ConflictView = ConflictRow & {
  /** Of each property in question, by its name, as far as HubSpot says anything. */
  changedInHubspot: Record<string, HubspotChange>;
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
  const ids = [
    row.mappingId,
    ...(row.detail.removedOn === "snov" ? row.edits : []).map((one) => one.mappingId),
  ];
  const mappings = page?.planner.mappings.filter(({ id }) => ids.includes(id)) ?? [];
  if (!page || !mappings.length || !row.contactId) return { ...row, changedInHubspot: {}, policies: null };
  const hubspot = await openConnection(ctx, page.connectionId, "live");
  const properties = mappings.map(({ fields }) => fields.hubspot);
  const histories = await hubspot.contacts.readHistories([{ id: row.contactId, properties }]);
  const entriesOf = (property: string) => ownValue(histories.get(row.contactId ?? "") ?? {}, property) ?? [];
  const users = properties.map((property) => entriesOf(property)[0]?.userId);
  const names = await hubspotUserNames(ctx.db, page.connectionId, users);
  const told = mappings.map((mapping) => {
    const property = mapping.fields.hubspot;
    const entries = entriesOf(property);
    return { mapping, property, newest: entries[0], history: pastValues(page, mapping, entries) };
  });
  const changes = told.flatMap(({ property, newest, history }): [string, HubspotChange][] => {
    if (!newest) return [];
    const { at, source, userId } = newest;
    const userName = names.get(userId ?? "") ?? null;
    return [[property, { at: at.toISOString(), source, userName, value: history[0]?.value ?? null }]];
  });
  const own = told.find(({ mapping }) => mapping.id === row.mappingId);
  return {
    ...row,
    changedInHubspot: Object.fromEntries(changes),
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
  history: ReturnType<typeof pastValues>,
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
