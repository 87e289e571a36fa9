import { and, asc, eq, ne, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { hubspotProperties } from "@/db/schema/connections";
import { fieldMappings, integrations, type StoppedReason } from "@/db/schema/integrations";

/** A mapping that HubSpot made rest, by the name that people know of its property, and why. */
export type StoppedMapping = { id: string; property: string; reason: StoppedReason };

export async function stoppedMappings(db: Db, integrationId: string): Promise<StoppedMapping[]> {
  const { id, hubspotProperty, stoppedReason, stoppedLabel } = fieldMappings;
  const label = sql<string>`coalesce(${hubspotProperties.definition} ->> 'label', ${stoppedLabel}, ${hubspotProperty})`;
  const rows = await db
    .select({ id, property: label, reason: stoppedReason })
    .from(fieldMappings)
    .innerJoin(integrations, eq(integrations.id, fieldMappings.integrationId))
    .leftJoin(
      hubspotProperties,
      and(
        eq(hubspotProperties.connectionId, integrations.connectionId),
        eq(hubspotProperties.name, hubspotProperty),
      ),
    )
    .where(and(eq(fieldMappings.integrationId, integrationId), ne(stoppedReason, "snov_field_deleted")))
    .orderBy(asc(fieldMappings.position), asc(id));
  return rows.flatMap(({ reason, ...row }) => (reason ? [{ ...row, reason }] : []));
}
