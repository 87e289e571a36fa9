import { randomUUID } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import { readIntegrationSettings } from "@/db/queries/integration-settings";
import { conflicts } from "@/db/schema/conflicts";
import { hubspotProperties } from "@/db/schema/connections";
import { fieldMappings, integrations } from "@/db/schema/integrations";
import { prospectLists, prospects } from "@/db/schema/prospects";
import { activities, pendingRecords, recordLinks, recordStatuses } from "@/db/schema/sync";
import type { Ctx } from "@/services/context";
import { createCustomField } from "@/services/prospects/create-custom-field";
import { defaultMappingsFor } from "@/sync/default-mappings";
import type { FieldDefinition } from "@/sync/field-definition";
import type { FieldType, Value } from "@/sync/value";
import { openWorkshop } from "../prospects/workshop";

const tiers = [
  { value: "tier_1", label: "Gold" },
  { value: "tier_2", label: "Silver" },
];

const definitions: FieldDefinition[] = [
  ...[
    "firstname",
    "lastname",
    "email",
    "jobtitle",
    "company",
    "website",
    "phone",
    "country",
    "city",
    "industry",
    "hs_linkedin_url",
  ].map((key) => property(key, "text", { custom: false })),
  property("hs_lead_status", "choice", { custom: false, options: [{ value: "NEW", label: "New" }] }),
  property("preferred_name", "text"),
  property("team_size", "number"),
  property("score", "number", { writable: false }),
  property("tier", "choice", { options: tiers }),
  property("origin", "text"),
];

function property(key: string, type: FieldType, more: Partial<FieldDefinition> = {}): FieldDefinition {
  return { side: "hubspot", key, label: key, type, options: [], writable: true, custom: true, ...more };
}

export type SettingsWorld = Awaited<ReturnType<typeof openSettingsWorld>>;

/** A database in which each test makes itself a workspace with an integration as connecting leaves it. */
export async function openSettingsWorld() {
  const shop = await openWorkshop();
  const { db } = shop;

  async function draft(values: Partial<typeof integrations.$inferInsert> = {}) {
    const ctx = await shop.member("admin");
    const integrationId = await shop.integration(ctx.workspaceId, { state: "draft", ...values });
    const [row] = await db.select().from(integrations).where(eq(integrations.id, integrationId));
    if (!row) throw new Error("not inserted");
    const { connectionId } = row;
    await db
      .insert(hubspotProperties)
      .values(definitions.map((definition) => ({ connectionId, name: definition.key, definition })));
    await db
      .insert(fieldMappings)
      .values(
        defaultMappingsFor(definitions).map((mapping, position) => ({ ...mapping, integrationId, position })),
      );
    return { ctx, integrationId, connectionId };
  }

  async function only<T>(rows: Promise<T[]>): Promise<T> {
    const [row] = await rows;
    if (!row) throw new Error("expected a row");
    return row;
  }

  return {
    ...shop,
    draft,
    integrationOf: (id: string) => only(db.select().from(integrations).where(eq(integrations.id, id))),
    settingsOf: async (ctx: Ctx, id: string) => {
      const settings = await readIntegrationSettings(db, ctx.workspaceId, id);
      if (!settings) throw new Error("the settings are not there");
      return settings;
    },
    mappingsOf: (id: string) =>
      db
        .select()
        .from(fieldMappings)
        .where(eq(fieldMappings.integrationId, id))
        .orderBy(asc(fieldMappings.position)),
    list: async (workspaceId: string, name = crypto.randomUUID()) =>
      (await only(db.insert(prospectLists).values({ workspaceId, name }).returning())).id,
    customField: async (ctx: Ctx, type: FieldType, options: { label: string }[] = []) =>
      createCustomField({ ctx, input: { name: crypto.randomUUID(), type, options } }),
    /** A linked record whose sides once agreed on this mapping, with an open conflict about it. */
    conflictOn: async (ctx: Ctx, integrationId: string, mappingId: string, agreed: Value = "x") => {
      const prospect = await only(db.insert(prospects).values({ workspaceId: ctx.workspaceId }).returning());
      const link = await only(
        db
          .insert(recordLinks)
          .values({
            integrationId,
            prospectId: prospect.id,
            contactId: randomUUID(),
            base: { [mappingId]: agreed },
          })
          .returning(),
      );
      await db
        .insert(conflicts)
        .values({ integrationId, side: "snov", recordId: link.prospectId, linkId: link.id, mappingId });
      return link.id;
    },
    /** As if the pair was only found to differ when the integration was launched. */
    leaveAsBeforeLaunch: async (linkId: string) => {
      const link = await only(db.select().from(recordLinks).where(eq(recordLinks.id, linkId)));
      const { integrationId, prospectId: recordId } = link;
      const status = { status: "excluded" as const, reason: "not_transferred" };
      await db.insert(recordStatuses).values({ integrationId, side: "snov", recordId, ...status });
    },
    baseOf: async (linkId: string) =>
      (await only(db.select().from(recordLinks).where(eq(recordLinks.id, linkId)))).base,
    pendingOf: (id: string) => db.select().from(pendingRecords).where(eq(pendingRecords.integrationId, id)),
    conflictsOf: (id: string) => db.select().from(conflicts).where(eq(conflicts.integrationId, id)),
    activitiesOf: (id: string) =>
      db.select().from(activities).where(eq(activities.integrationId, id)).orderBy(asc(activities.id)),
  };
}
