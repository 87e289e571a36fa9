import { and, eq, sql } from "drizzle-orm";
import type { HubspotClient } from "@/connectors/hubspot/client";
import type { HistoryEntry } from "@/connectors/hubspot/contacts";
import type { Db } from "@/db/client";
import { hubspotProperties } from "@/db/schema/connections";
import { env } from "@/lib/env";
import type { PageContext } from "@/services/sync/page-context";

const automatic = [
  "AUTOMATION_PLATFORM",
  "CALCULATED",
  "ANALYTICS",
  "INTERNAL_PROCESSING",
  "DATA_ENRICHMENT",
];

/** What HubSpot writes by itself; every other source is taken for somebody's. */
export function isAutomatic({ source }: Pick<HistoryEntry, "source">): boolean {
  return automatic.includes(source);
}

/** Contacts in which anybody but us has written a property that can be written, mapped or not. */
export async function touchedContacts(
  { db, hubspot }: { db: Db; hubspot: HubspotClient },
  page: PageContext,
  contactIds: string[],
): Promise<Set<string>> {
  if (!contactIds.length) return new Set();
  const writable = await db
    .select({ name: hubspotProperties.name })
    .from(hubspotProperties)
    .where(
      and(
        eq(hubspotProperties.connectionId, page.connectionId),
        sql`(${hubspotProperties.definition}->>'writable')::boolean`,
      ),
    );
  // The id of its prospect is nobody's work.
  const properties = writable.map(({ name }) => name).filter((name) => name !== page.mark);
  const histories = await hubspot.contacts.readHistories(contactIds.map((id) => ({ id, properties })));
  const { HUBSPOT_APP_ID } = env();
  const isOurs = ({ source, sourceId }: HistoryEntry) =>
    source === "INTEGRATION" && sourceId === HUBSPOT_APP_ID;
  return new Set(
    contactIds.filter((id) =>
      Object.values(histories.get(id) ?? {}).some((history) =>
        history.some((entry) => !isOurs(entry) && !isAutomatic(entry)),
      ),
    ),
  );
}
