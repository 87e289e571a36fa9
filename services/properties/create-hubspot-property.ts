import { z } from "zod";
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
  if (cached.some((property) => property.label.toLowerCase() === label.toLowerCase())) throw taken();
  const options = settleOptions(type, given);
  const name = propertyName(label, new Set(cached.map(({ key }) => key)));

  const property = await forPerson(async () => {
    const hubspot = await openConnection(ctx, connectionId);
    try {
      return await hubspot.properties.create({ name, label, type, options });
    } catch (error) {
      if (error instanceof RemoteError && error.kind === "conflict") throw taken(error);
      throw error;
    }
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

function taken(cause?: unknown): ServiceError {
  return new ServiceError(
    "already_exists",
    "the account has such a property",
    { fields: { label: "property_name_taken" } },
    { cause },
  );
}
