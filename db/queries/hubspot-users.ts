import { and, asc, eq, inArray } from "drizzle-orm";
import type { Db } from "@/db/client";
import { hubspotUsers } from "@/db/schema/connections";
import { integrations } from "@/db/schema/integrations";

/** HubSpot's id of a user → their name, of those that are known. The connection is known to be the workspace's. */
export async function hubspotUserNames(
  db: Db,
  connectionId: string,
  userIds: (string | undefined)[],
): Promise<Map<string, string>> {
  const ids = userIds.flatMap((id) => id ?? []);
  if (!ids.length) return new Map();
  const rows = await db
    .select({ userId: hubspotUsers.userId, name: hubspotUsers.name })
    .from(hubspotUsers)
    .where(and(eq(hubspotUsers.connectionId, connectionId), inArray(hubspotUsers.userId, ids)));
  return new Map(rows.map(({ userId, name }) => [userId, name]));
}

/** Those of the integration's account, by name. The integration is known to be the workspace's. */
export async function listHubspotUsers(
  db: Db,
  integrationId: string,
): Promise<{ userId: string; name: string }[]> {
  return await db
    .select({ userId: hubspotUsers.userId, name: hubspotUsers.name })
    .from(hubspotUsers)
    .innerJoin(integrations, eq(integrations.connectionId, hubspotUsers.connectionId))
    .where(eq(integrations.id, integrationId))
    .orderBy(asc(hubspotUsers.name), asc(hubspotUsers.userId));
}
