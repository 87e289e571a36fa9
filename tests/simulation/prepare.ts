import { Property, toFieldDefinition } from "@/connectors/hubspot/property-definition";
import type { RateBudget } from "@/connectors/hubspot/rate-budget";
import { connections, hubspotProperties } from "@/db/schema/connections";
import { fieldMappings, integrations } from "@/db/schema/integrations";
import { customFields, prospectLists } from "@/db/schema/prospects";
import { members, users, workspaces } from "@/db/schema/workspaces";
import { sealedTokens } from "@/services/connections/sealed-tokens";
import type { Ctx } from "@/services/context";
import { contactMark } from "@/sync/contact-mark";
import { localBudget } from "@/tests/support/local-budget";
import { SCOPES } from "../sandbox/test-sandbox";
import { simulatedTimer } from "./machine/clock";
import type { SimulatedDatabase } from "./machine/database";
import { customFieldsOf } from "./settings";
import { PORTAL, type World } from "./world";

export type Lasting = { workspaceId: string; userId: string; colleagueId: string; connectionId: string };

const owner = (workspaceId: string) => ({ workspaceId, accountId: String(PORTAL) });

/** What all runs share: a workspace, a person, a connection and the account's properties. */
export async function prepareDatabase(
  { db }: SimulatedDatabase,
  world: Pick<World, "account">,
): Promise<Lasting> {
  const [workspace] = await db.insert(workspaces).values({ name: "Simulated" }).returning();
  const [user] = await db.insert(users).values({ email: "ana@example.com", name: "Ana" }).returning();
  const [colleague] = await db.insert(users).values({ email: "bia@example.com", name: "Bia" }).returning();
  if (!workspace || !user || !colleague) throw new Error("expected a row");
  const workspaceId = workspace.id;
  await db.insert(members).values([
    { workspaceId, userId: user.id, role: "owner" },
    { workspaceId, userId: colleague.id, role: "member" },
  ]);
  const [connection] = await db
    .insert(connections)
    .values({
      ...owner(workspace.id),
      accountName: "Sandbox",
      scopes: SCOPES,
      accessToken: "",
      refreshToken: "",
      expiresAt: new Date(),
    })
    .returning();
  if (!connection) throw new Error("expected a row");
  const definitions = world.account.properties
    .all()
    .flatMap((property) => toFieldDefinition(Property.parse(property)) ?? []);
  await db
    .insert(hubspotProperties)
    .values(
      definitions.map((definition) => ({ connectionId: connection.id, name: definition.key, definition })),
    );
  return { workspaceId, userId: user.id, colleagueId: colleague.id, connectionId: connection.id };
}

/** Everything that earlier runs left is gone, and the counters begin again. */
const sweep = `truncate prospects, prospect_emails, prospect_lists, list_members, custom_fields, integrations,
  field_mappings, record_links, record_statuses, pending_records, seen_contacts, unconfirmed_writes, conflicts,
  change_notices, activities, erased_addresses, erased_contacts, harm_counts, sim_journal, sim_acts, sim_claims, sim_lost_notices restart identity cascade; alter sequence sim_ids restart`;

export async function clearDatabase({ raw }: SimulatedDatabase, seed: number): Promise<void> {
  await raw(
    `${sweep}; delete from hubspot_properties where name = '${contactMark.name}'; set sim.seed = '${seed}'`,
  );
}

/** A launched integration with a connected account. */
export async function launch(
  world: Omit<World, "ctx" | "colleague" | "integrationId">,
  { workspaceId, userId, colleagueId, connectionId }: Lasting,
): Promise<World> {
  const { settings, database, sandbox } = world;
  const { db } = database;
  const ctx: Ctx = {
    db,
    wake: async () => {},
    budgetOf: budgetsOfOneRun(),
    userId,
    userName: "Ana",
    workspaceId,
    role: "owner",
  };
  const [list] = await db.insert(prospectLists).values({ workspaceId, name: "From HubSpot" }).returning();
  if (!list) throw new Error("expected a row");
  await connect(world, workspaceId);
  if (settings.marks) await addMarkProperty(world, connectionId);
  const custom = customFieldsOf(settings.fields);
  if (custom.length) await db.insert(customFields).values(custom.map((field) => ({ ...field, workspaceId })));
  const [integration] = await db
    .insert(integrations)
    .values({
      workspaceId,
      connectionId,
      state: "active",
      receivingListId: list.id,
      launchedAt: new Date(),
      syncType: settings.syncType,
      policy: settings.policy,
      removals: settings.removals,
      fuses: settings.fuses,
      constantToHubspot: settings.constantToHubspot,
      constantToSnov: settings.constantToSnov,
      statusProperty: settings.status?.property ?? null,
      statusValue: settings.status?.value ?? null,
      ...(settings.marks ? { marksContacts: true } : {}),
    })
    .returning();
  if (!integration) throw new Error("expected a row");
  await db.insert(fieldMappings).values(
    settings.fields.map(({ snov, hubspot, direction, policy, map }, position) => ({
      integrationId: integration.id,
      snovField: snov,
      hubspotProperty: hubspot,
      direction,
      policy,
      valueMap: map ?? {},
      position,
    })),
  );
  const colleague: Ctx = { ...ctx, userId: colleagueId, userName: "Bia", role: "member" };
  return { ...world, sandbox, ctx, colleague, integrationId: integration.id };
}

async function addMarkProperty(
  { database, account }: Pick<World, "database" | "account">,
  connectionId: string,
): Promise<void> {
  const definition = toFieldDefinition(Property.parse(account.properties.get(contactMark.name)));
  if (definition)
    await database.db.insert(hubspotProperties).values({ connectionId, name: definition.key, definition });
}

/** In memory, where simulated time passes; the slots in Postgres have tests of their own. */
function budgetsOfOneRun(): Ctx["budgetOf"] {
  const budgets = new Map<string, RateBudget>();
  return (account) => {
    const budget = budgets.get(account) ?? localBudget({ ...simulatedTimer, jitter: () => 0 });
    budgets.set(account, budget);
    return budget;
  };
}

/** A grant of its own, as connecting the account gives it. */
export async function connect(
  { database, sandbox }: Pick<World, "database" | "sandbox">,
  workspaceId: string,
): Promise<void> {
  const grant = { portalId: PORTAL, userId: 1, scopes: SCOPES };
  const refreshToken = sandbox.grants.install(grant);
  const { token: accessToken, expiresIn: expiresInSeconds } = sandbox.grants.issueAccess(grant, refreshToken);
  const tokens = { accessToken, refreshToken, expiresInSeconds, accountId: String(PORTAL), scopes: SCOPES };
  await database.db.update(connections).set({
    ...sealedTokens(owner(workspaceId), tokens),
    tokenVersion: 1,
    refreshingUntil: null,
    brokenReason: null,
  });
}
