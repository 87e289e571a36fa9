import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Db } from "@/db/client";
import { hubspotProperties } from "@/db/schema/connections";
import { type ConstantField, fieldMappings, integrations } from "@/db/schema/integrations";
import { customFields } from "@/db/schema/prospects";
import { contactMark, faultOfMark } from "@/sync/contact-mark";
import { writableSides } from "@/sync/direction";
import type { FieldDefinition } from "@/sync/field-definition";
import { defaultFuses } from "@/sync/fuses";
import type { ConstantWrite, PlannerMapping, PlannerSettings } from "@/sync/planner-settings";
import type { Both } from "@/sync/side";
import { snovFields } from "@/sync/snov-fields";
import type { FieldType } from "@/sync/value";
import type { PageContext } from "./page-context";
import { type OwnField, plannerMapping } from "./planner-mapping";

/** Null while the integration may not sync: a draft, paused, broken or disconnected. */
export async function loadPageContext(db: Db, integrationId: string): Promise<PageContext | null> {
  return await contextWhile(["active"], db, integrationId);
}

/** The same while it is paused, too: for a look at what would happen, which writes nothing. */
export async function loadPreviewContext(db: Db, integrationId: string): Promise<PageContext | null> {
  return await contextWhile(["active", "paused"], db, integrationId);
}

type State = (typeof integrations.$inferSelect)["state"];

async function contextWhile(states: State[], db: Db, integrationId: string): Promise<PageContext | null> {
  const [integration] = await db
    .select()
    .from(integrations)
    .where(
      and(
        eq(integrations.id, integrationId),
        inArray(integrations.state, states),
        isNull(integrations.disconnectedAt),
      ),
    );
  if (!integration?.receivingListId || !integration.launchedAt) return null;
  const [mappings, properties, custom] = await Promise.all([
    db
      .select()
      .from(fieldMappings)
      .where(eq(fieldMappings.integrationId, integrationId))
      .orderBy(fieldMappings.position),
    db.select().from(hubspotProperties).where(eq(hubspotProperties.connectionId, integration.connectionId)),
    db
      .select()
      .from(customFields)
      .where(and(eq(customFields.workspaceId, integration.workspaceId), isNull(customFields.deletedAt))),
  ]);
  const snov = new Map<string, OwnField & { label: string }>([
    ...snovFields.map(({ key, type }) => [key, { label: key, type, options: [] }] as const),
    ...custom.map(({ id, name, type, options }) => [`custom:${id}`, { label: name, type, options }] as const),
  ]);
  const hubspot = new Map<string, FieldDefinition>(
    properties.map(({ name, definition }) => [name, definition]),
  );

  const planned: PlannerMapping[] = [];
  const labels = new Map<string, Both<string>>();
  for (const mapping of mappings) {
    const own = snov.get(mapping.snovField);
    const property = hubspot.get(mapping.hubspotProperty);
    planned.push(plannerMapping(integration, mapping, own, property));
    labels.set(mapping.id, {
      snov: own?.label ?? mapping.snovField,
      hubspot: property?.label ?? mapping.hubspotProperty,
    });
  }
  const planner = plannerSettings(integration, planned, snov, hubspot);
  return {
    integrationId,
    workspaceId: integration.workspaceId,
    connectionId: integration.connectionId,
    receivingListId: integration.receivingListId,
    outgoingScope: integration.outgoingScope,
    incomingScope: integration.incomingScope,
    launchedAt: integration.launchedAt,
    runId: null,
    undoneBy: null,
    fuses: { ...defaultFuses, ...integration.fuses },
    fuseAnswers: integration.fuseAnswers,
    emptyProspectFields: Object.fromEntries([...snov.keys()].map((key) => [key, null])),
    planner,
    stoppedExtras: [
      ...(integration.constantToHubspot && !planner.constants.hubspot ? (["constant"] as const) : []),
      ...(integration.statusProperty && integration.statusValue && !planner.firstStatus.hubspot
        ? (["status"] as const)
        : []),
    ],
    mark: markOf(integration, planned, hubspot),
    labels,
    propertyTypes: new Map([...hubspot].map(([name, { type }]) => [name, type])),
    propertyLabels: new Map([...hubspot].map(([name, { label }]) => [name, label])),
  };
}

/** What is mapped carries the values of its field, whatever its name is. */
function markOf(
  { marksContacts }: typeof integrations.$inferSelect,
  mappings: PlannerMapping[],
  hubspot: Map<string, FieldDefinition>,
): string | null {
  const property = hubspot.get(contactMark.name);
  if (!marksContacts || !property || faultOfMark(property)) return null;
  return mappings.some(({ fields }) => fields.hubspot === property.key) ? null : property.key;
}

/** What our own store and HubSpot's API can do: nothing takes a contact out of HubSpot's recycle bin but its users. */
const capabilities: PlannerSettings["capabilities"] = {
  snov: { create: true, clear: true, remove: true, restore: true, erase: true },
  hubspot: { create: true, clear: true, remove: true, restore: false, erase: false },
};

function plannerSettings(
  integration: typeof integrations.$inferSelect,
  mappings: PlannerMapping[],
  snov: Map<string, { type: FieldType }>,
  hubspot: Map<string, FieldDefinition>,
): PlannerSettings {
  const constant = (given: ConstantField | null, found?: { type: FieldType }): ConstantWrite | null =>
    given && found ? { ...given, type: found.type } : null;
  const { statusProperty: field, statusValue: value, constantToSnov, constantToHubspot } = integration;
  const receiver = hubspot.get(constantToHubspot?.field ?? "");
  return {
    mappings,
    writable: writableSides(integration.syncType, "both"),
    capabilities,
    removals: integration.removals,
    constants: {
      snov: constant(constantToSnov, snov.get(constantToSnov?.field ?? "")),
      hubspot: constant(constantToHubspot, receiver?.writable ? receiver : undefined),
    },
    firstStatus: {
      snov: null,
      hubspot: field && value && hubspot.get(field)?.writable ? { field, value } : null,
    },
  };
}
