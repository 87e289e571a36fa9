import { z } from "zod";
import type { HubspotProperties, NewProperty } from "@/connectors/hubspot/properties";
import { RemoteError } from "@/connectors/hubspot/remote-error";
import { readIntegrationConnection } from "@/db/queries/hubspot-connections";
import { listHubspotProperties } from "@/db/queries/hubspot-properties";
import { memberCause } from "@/services/activities/member-cause";
import { recordActivities } from "@/services/activities/record-activity";
import { openConnection } from "@/services/connections/open-connection";
import { forPerson } from "@/services/connections/remote-failure";
import { type Ctx, requireAdmin } from "@/services/context";
import { NewOption, settleOptions } from "@/services/prospects/field-options";
import { ServiceError } from "@/services/service-error";
import type { FieldDefinition } from "@/sync/field-definition";
import { fieldTypes } from "@/sync/value";
import { propertyName } from "./property-name";
import { upsertProperties } from "./store-properties";

const CreateHubspotProperty = z.object({
  integrationId: z.uuid(),
  label: z.string().trim().min(1, "name_missing").max(100, "name_too_long"),
  type: z.enum(fieldTypes),
  options: z.array(NewOption).max(200).default([]),
});
export type CreateHubspotProperty = z.input<typeof CreateHubspotProperty>;

/** "+ Create custom field" on HubSpot's side. */
export async function createHubspotProperty({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: CreateHubspotProperty;
}): Promise<FieldDefinition> {
  requireAdmin(ctx);
  const { integrationId, label, type, options: given } = CreateHubspotProperty.parse(input);
  const known = await readIntegrationConnection(ctx.db, ctx.workspaceId, integrationId);
  if (!known) throw new ServiceError("not_found", "no such integration in this workspace");
  const connectionId = known.connection.id;
  const cached = await listHubspotProperties(ctx.db, ctx.workspaceId, connectionId);
  if (isLabelled(cached, label)) throw taken();
  const options = settleOptions(type, given);
  const property = await forPerson(async () => {
    const { properties } = await openConnection(ctx, connectionId);
    return await createUnderFreeName(properties, { label, type, options }, cached);
  });
  await ctx.db.transaction(async (tx) => {
    await upsertProperties(tx, connectionId, [property]);
    await recordActivities(tx, [
      {
        workspaceId: ctx.workspaceId,
        integrationId,
        side: "hubspot" as const,
        kind: "field/created",
        recordName: property.label,
        cause: memberCause(ctx),
      },
    ]);
  });
  return property;
}

const mostNames = 10;

/**
 * A property that lies in the recycle bin, holds sensitive data or cannot be mapped has a name that nobody told us of: then
 * the next one is taken. One with this label that came into the account since is what the person asks for.
 */
async function createUnderFreeName(
  properties: HubspotProperties,
  wanted: Omit<NewProperty, "name">,
  cached: FieldDefinition[],
): Promise<FieldDefinition> {
  const names = new Set(cached.map(({ key }) => key));
  for (let tried = 1; ; tried += 1) {
    const name = propertyName(wanted.label, names);
    try {
      return await properties.create({ ...wanted, name });
    } catch (error) {
      if (!(error instanceof RemoteError) || error.kind !== "conflict" || tried === mostNames) throw error;
      if (tried === 1 && isLabelled(await properties.list(), wanted.label)) throw taken(error);
      names.add(name);
    }
  }
}

function isLabelled(properties: FieldDefinition[], label: string): boolean {
  return properties.some((property) => property.label.toLowerCase() === label.toLowerCase());
}

function taken(cause?: unknown): ServiceError {
  return new ServiceError(
    "already_exists",
    "the account has such a property",
    { fields: { label: "property_name_taken" } },
    { cause },
  );
}
