import { and, eq, isNull } from "drizzle-orm";
import { openDatabase } from "@/db/client";
import { conflicts } from "@/db/schema/conflicts";
import { connections, hubspotProperties } from "@/db/schema/connections";
import { fieldMappings, integrations } from "@/db/schema/integrations";
import { prospectEmails, prospectLists } from "@/db/schema/prospects";
import { pendingRecords, recordLinks, recordStatuses } from "@/db/schema/sync";
import { members, users, workspaces } from "@/db/schema/workspaces";
import { openConnection } from "@/services/connections/open-connection";
import { sealedTokens } from "@/services/connections/sealed-tokens";
import type { Ctx } from "@/services/context";
import { createCustomField } from "@/services/prospects/create-custom-field";
import { createProspect } from "@/services/prospects/create-prospect";
import { editProspect } from "@/services/prospects/edit-prospect";
import { reconcilePage } from "@/services/sync/reconcile-page";
import { defaultMappingsFor } from "@/sync/default-mappings";
import { customFieldKey } from "@/sync/snov-fields";
import type { Value } from "@/sync/value";
import { ACCOUNT, APP, type ContactBody, startTestSandbox, type TestSandbox } from "../sandbox/test-sandbox";
import { createTestDatabase } from "./test-database";
import { setTestEnvironment } from "./test-environment";

type Person = Record<string, string>;
type IntegrationValues = Partial<typeof integrations.$inferInsert>;

/** A workspace with an active integration to a sandbox account of its own: the engine's world, without the web. */
export async function openSyncWorld(
  options: { integration?: IntegrationValues; sandbox?: TestSandbox } = {},
) {
  const database = await createTestDatabase();
  const sandbox = options.sandbox ?? (await startTestSandbox());
  setTestEnvironment({ databaseUrl: database.url, hubspotUrl: sandbox.url, ...APP });
  const { db, close } = openDatabase(database.url);
  const only = <T>(rows: T[]): T => {
    const [row] = rows;
    if (!row) throw new Error("expected a row");
    return row;
  };

  const workspace = only(await db.insert(workspaces).values({ name: "Test" }).returning());
  const user = only(await db.insert(users).values({ email: "ana@example.com", name: "Ana" }).returning());
  await db.insert(members).values({ workspaceId: workspace.id, userId: user.id, role: "owner" });
  const wakes: string[] = [];
  const ctx: Ctx = {
    db,
    wake: async (ids) => void wakes.push(...ids),
    userId: user.id,
    userName: user.name,
    workspaceId: workspace.id,
    role: "owner",
  };
  const list = only(
    await db.insert(prospectLists).values({ workspaceId: workspace.id, name: "From HubSpot" }).returning(),
  );

  const tokens = await sandbox.connect();
  const accountId = String(ACCOUNT);
  const owner = { workspaceId: workspace.id, accountId };
  const connection = only(
    await db
      .insert(connections)
      .values({
        ...owner,
        ...sealedTokens(owner, {
          accessToken: tokens.access_token,
          refreshToken: tokens.refresh_token,
          expiresInSeconds: tokens.expires_in,
          accountId,
          scopes: tokens.scopes,
        }),
        accountName: "Sandbox",
        scopes: tokens.scopes,
      })
      .returning(),
  );
  const hubspot = await openConnection(ctx, connection.id);
  const definitions = await hubspot.properties.list();
  await db
    .insert(hubspotProperties)
    .values(
      definitions.map((definition) => ({ connectionId: connection.id, name: definition.key, definition })),
    );
  const integration = only(
    await db
      .insert(integrations)
      .values({
        workspaceId: workspace.id,
        connectionId: connection.id,
        state: "active",
        receivingListId: list.id,
        launchedAt: new Date(),
        ...options.integration,
      })
      .returning(),
  );
  await db.insert(fieldMappings).values(
    defaultMappingsFor(definitions).map((mapping, position) => ({
      ...mapping,
      position,
      integrationId: integration.id,
    })),
  );

  const person = `/accounts/${ACCOUNT}/contacts`;
  const pending = () =>
    db.select().from(pendingRecords).where(eq(pendingRecords.integrationId, integration.id));
  return {
    db,
    databaseUrl: database.url,
    ctx,
    wakes,
    sandbox,
    hubspot,
    listId: list.id,
    integrationId: integration.id,
    connectionId: connection.id,
    addMapping: async (
      values: Pick<typeof fieldMappings.$inferInsert, "snovField" | "hubspotProperty"> &
        Partial<typeof fieldMappings.$inferInsert>,
    ) =>
      only(
        await db
          .insert(fieldMappings)
          .values({ position: 99, ...values, integrationId: integration.id })
          .returning(),
      ),
    /** Another integration of the workspace, with an account of its own that nobody asks anything. */
    addIntegration: async (account: number) => {
      const values = { ...connection, id: undefined, accountId: String(account) };
      const [another] = await db.insert(connections).values(values).returning();
      const { id: _, ...like } = integration;
      const [added] = await db
        .insert(integrations)
        .values({ ...like, state: "paused", connectionId: another?.id ?? "" })
        .returning();
      return added?.id ?? "";
    },
    /** The key of a new custom field of type text. */
    addCustomField: async (name: string) =>
      customFieldKey((await createCustomField({ ctx, input: { name, type: "text", options: [] } })).id),
    addProspect: async (values: Record<string, Value>) =>
      (await createProspect({ ctx, input: { values, listIds: [] } })).id,
    editProspect: (id: string, field: string, seen: Value, value: Value) =>
      editProspect({ ctx, input: { id, version: 1, changes: [{ field, seen, value }] } }),
    prospectByEmail: async (email: string) =>
      (
        await db.query.prospects.findMany({
          where: (p, { inArray }) =>
            inArray(
              p.id,
              db
                .select({ id: prospectEmails.prospectId })
                .from(prospectEmails)
                .where(eq(prospectEmails.email, email)),
            ),
        })
      )[0],
    /** What a HubSpot user does; webhooks are not part of this world, so the contact is marked by hand. */
    addContact: async (properties: Person) =>
      (await sandbox.control<ContactBody>("POST", person, { properties })).body,
    editContact: async (id: string, properties: Person) =>
      (await sandbox.control<ContactBody>("PATCH", `${person}/${id}`, { properties })).body,
    contact: async (id: string) => (await sandbox.control<ContactBody>("GET", `${person}/${id}`)).body,
    contacts: async () =>
      (await sandbox.control<{ total: number; results: ContactBody[] }>("GET", `${person}?limit=200`)).body
        .results,
    /** The contact that goes with a prospect. */
    contactOf: async (prospectId: string) =>
      (await db.select().from(recordLinks).where(eq(recordLinks.prospectId, prospectId)))[0]?.contactId ?? "",
    archiveContact: (id: string) => sandbox.control("DELETE", `${person}/${id}`),
    restoreContact: (id: string) => sandbox.control("POST", `${person}/${id}/restore`),
    eraseContact: (id: string) => sandbox.control("POST", `${person}/${id}/privacy-delete`),
    mergeContacts: async (primaryId: string, otherId: string) =>
      (await sandbox.control<{ id: string }>("POST", `${person}/merge`, { primaryId, otherId })).body.id,
    configure: (values: IntegrationValues) =>
      db.update(integrations).set(values).where(eq(integrations.id, integration.id)),
    notice: async (side: "snov" | "hubspot", recordId: string) => {
      const { markPending } = await import("@/services/pending/mark-pending");
      await db.transaction((tx) => markPending(tx, integration.id, side, [recordId]));
    },
    /** Pages until nothing is due any more. */
    reconcile: async () => {
      const total = { claimed: 0, toHubspot: 0, toSnov: 0, again: 0 };
      for (let round = 0; round < 50; round += 1) {
        const counts = await reconcilePage(ctx, integration.id);
        for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += counts[key];
        if (!counts.claimed && !(await pending()).length) return total;
        if (!counts.claimed) await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error("records are still pending after 50 pages");
    },
    page: () => reconcilePage(ctx, integration.id),
    pending,
    statusOf: async (recordId: string) =>
      (await db.select().from(recordStatuses).where(eq(recordStatuses.recordId, recordId)))[0],
    openConflicts: () =>
      db
        .select()
        .from(conflicts)
        .where(and(eq(conflicts.integrationId, integration.id), isNull(conflicts.closedAt))),
    close: async () => {
      await close();
      await sandbox.close();
      await database.drop();
    },
  };
}
export type SyncWorld = Awaited<ReturnType<typeof openSyncWorld>>;
