import { and, asc, eq, isNull } from "drizzle-orm";
import type { Db } from "@/db/client";
import { connections } from "@/db/schema/connections";
import { type ConstantField, fieldMappings, integrations } from "@/db/schema/integrations";
import type { FieldDefinition } from "@/sync/field-definition";
import { defaultFuses, type FuseSettings } from "@/sync/fuses";
import { snovFieldDefinitions } from "@/sync/snov-fields";
import type { FieldType } from "@/sync/value";
import { liveCustomFields } from "./custom-fields";
import { goneListsOf } from "./gone-lists";
import { listHubspotProperties } from "./hubspot-properties";
import { listsWithCounts } from "./lists";
import { type StoppedExtra, stoppedExtrasOf } from "./stopped-extras";

type Row = typeof integrations.$inferSelect;
type MappingRow = typeof fieldMappings.$inferSelect;

export type MappingSetting = Omit<MappingRow, "integrationId" | "position" | "stoppedLabel"> & {
  /** Null where the field no longer exists. */
  type: FieldType | null;
  /** A custom field's name; standard fields are named by the texts under `fields.standard`. */
  snovLabel: string | null;
  hubspotLabel: string;
};

export type IntegrationSettings = Pick<
  Row,
  | "id"
  | "state"
  | "wizardStep"
  | "syncType"
  | "receivingListId"
  | "statusProperty"
  | "statusValue"
  | "outgoingScope"
  | "incomingScope"
  | "marksContacts"
  | "policy"
  | "removals"
> & {
  /** Every limit, the defaults included. */
  fuses: FuseSettings;
  /** Of `incomingScope`, those that HubSpot no longer has. */
  goneLists: string[];
  stoppedExtras: StoppedExtra[];
  /** ISO 8601. */
  launchedAt: string | null;
  updatedAt: string;
  account: {
    id: string;
    name: string;
    connectionId: string;
    brokenReason: (typeof connections.$inferSelect)["brokenReason"];
    refreshFault: (typeof connections.$inferSelect)["refreshFault"];
    propertiesRefreshedAt: string | null;
  };
  constantToHubspot: ConstantField | null;
  constantToSnov: ConstantField | null;
  /** In their order; the full name is its two halves. */
  mappings: MappingSetting[];
  snovFields: FieldDefinition[];
  hubspotProperties: FieldDefinition[];
  lists: { id: string; name: string; prospects: number }[];
};

/** Everything the wizard and the settings page show; null for another workspace's or a disconnected integration. */
export async function readIntegrationSettings(
  db: Db,
  workspaceId: string,
  integrationId: string,
): Promise<IntegrationSettings | null> {
  const [row] = await db
    .select({ integration: integrations, connection: connections })
    .from(integrations)
    .innerJoin(connections, eq(connections.id, integrations.connectionId))
    .where(
      and(
        eq(integrations.workspaceId, workspaceId),
        eq(integrations.id, integrationId),
        isNull(integrations.disconnectedAt),
      ),
    );
  if (!row) return null;
  const { integration, connection } = row;
  const [custom, hubspot, mappings, lists] = await Promise.all([
    liveCustomFields(db, workspaceId),
    listHubspotProperties(db, workspaceId, connection.id),
    db
      .select()
      .from(fieldMappings)
      .where(eq(fieldMappings.integrationId, integrationId))
      .orderBy(asc(fieldMappings.position), asc(fieldMappings.id)),
    listsWithCounts(db, workspaceId),
  ]);
  const snov = snovFieldDefinitions(custom);
  return {
    id: integration.id,
    state: integration.state,
    wizardStep: integration.wizardStep,
    syncType: integration.syncType,
    receivingListId: integration.receivingListId,
    statusProperty: integration.statusProperty,
    statusValue: integration.statusValue,
    outgoingScope: integration.outgoingScope,
    incomingScope: integration.incomingScope,
    marksContacts: integration.marksContacts,
    policy: integration.policy,
    removals: integration.removals,
    fuses: { ...defaultFuses, ...integration.fuses },
    goneLists: goneListsOf(integration),
    stoppedExtras: stoppedExtrasOf(integration),
    launchedAt: integration.launchedAt?.toISOString() ?? null,
    updatedAt: integration.updatedAt.toISOString(),
    account: {
      id: connection.accountId,
      name: connection.accountName,
      connectionId: connection.id,
      brokenReason: connection.brokenReason,
      refreshFault: connection.refreshFault,
      propertiesRefreshedAt: connection.propertiesRefreshedAt?.toISOString() ?? null,
    },
    constantToHubspot: integration.constantToHubspot,
    constantToSnov: integration.constantToSnov,
    mappings: mappings.map((mapping) => mappingSetting(mapping, snov, hubspot)),
    snovFields: snov,
    hubspotProperties: hubspot,
    lists: lists.map(({ id, name, members }) => ({ id, name, prospects: members })),
  };
}

function mappingSetting(
  { integrationId: _, position: __, stoppedLabel, ...mapping }: MappingRow,
  snov: FieldDefinition[],
  hubspot: FieldDefinition[],
): MappingSetting {
  const field = snov.find(({ key }) => key === mapping.snovField);
  const property = hubspot.find(({ key }) => key === mapping.hubspotProperty);
  return {
    ...mapping,
    type: field?.type ?? property?.type ?? null,
    snovLabel: field?.label || null,
    hubspotLabel: property?.label ?? stoppedLabel ?? mapping.hubspotProperty,
  };
}
