import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { openDatabase } from "@/db/client";
import { connections } from "@/db/schema/connections";
import { integrations } from "@/db/schema/integrations";
import { members, type Role, users, workspaces } from "@/db/schema/workspaces";
import { startSandbox } from "@/sandbox/hubspot/start-sandbox";
import { finishConnect } from "@/services/connections/finish-connect";
import { startConnect } from "@/services/connections/start-connect";
import type { Ctx } from "@/services/context";
import { createTestDatabase } from "@/tests/support/test-database";

export const NORTHWIND = 24_000_001;
export const BLUE_HARBOR = 24_000_002;

export type World = Awaited<ReturnType<typeof startWorld>>;

/** A database, a sandbox HubSpot, and the environment that points the services at both. */
export async function startWorld() {
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), "sandbox-hubspot-"));
  const app = { clientId: "test-client", clientSecret: "test-secret", appId: 4321 };
  const running = await startSandbox({ dataDir, seed: "empty", rateLimit: false, ...app });
  Object.assign(process.env, {
    DATABASE_URL: database.url,
    APP_URL: "http://127.0.0.1:3999",
    NEXTAUTH_SECRET: randomBytes(32).toString("hex"),
    ENCRYPTION_KEYS: `1:${randomBytes(32).toString("base64")}`,
    HUBSPOT_CLIENT_ID: app.clientId,
    HUBSPOT_CLIENT_SECRET: app.clientSecret,
    HUBSPOT_APP_ID: String(app.appId),
    HUBSPOT_API_URL: running.url,
    HUBSPOT_APP_URL: running.url,
    INNGEST_EVENT_KEY: "test",
    INNGEST_SIGNING_KEY: "test",
    LOG_LEVEL: "error",
  });
  const { db, close } = openDatabase(database.url, { max: 6 });
  const woken: string[] = [];

  async function newCtx(role: Role = "owner"): Promise<Ctx> {
    const [workspace] = await db.insert(workspaces).values({ name: "Sales" }).returning();
    const [user] = await db
      .insert(users)
      .values({ email: `${randomUUID()}@example.org`, name: "Rita" })
      .returning();
    if (!workspace || !user) throw new Error("no rows");
    await db.insert(members).values({ workspaceId: workspace.id, userId: user.id, role });
    const wake = async (ids: string[]) => void woken.push(...ids);
    return { db, wake, userId: user.id, userName: user.name, workspaceId: workspace.id, role };
  }

  /** Clicks through HubSpot's pages; gives what HubSpot appends to our callback's address. */
  async function consent(authorizeUrl: string, portalId: number, decision: "connect" | "deny" = "connect") {
    const url = new URL(authorizeUrl);
    url.searchParams.set("decision", decision);
    const response = await fetch(`${url.origin}/oauth/${portalId}/authorize`, {
      method: "POST",
      body: url.searchParams,
      redirect: "manual",
    });
    const location = response.headers.get("location");
    if (!location) throw new Error(`no redirect: ${response.status} ${await response.text()}`);
    return Object.fromEntries(new URL(location).searchParams) as {
      state?: string;
      code?: string;
      error?: string;
    };
  }

  async function connect(ctx: Ctx, portalId = NORTHWIND, integrationId?: string): Promise<string> {
    const { url } = await startConnect({ ctx, input: { integrationId } });
    return (await finishConnect({ ctx, input: await consent(url, portalId) })).integrationId;
  }

  async function read(integrationId: string) {
    const [row] = await db
      .select({ integration: integrations, connection: connections })
      .from(integrations)
      .innerJoin(connections, eq(connections.id, integrations.connectionId))
      .where(eq(integrations.id, integrationId));
    if (!row) throw new Error("no such integration");
    return row;
  }

  return {
    db,
    databaseUrl: database.url,
    sandbox: running.sandbox,
    url: running.url,
    woken,
    newCtx,
    consent,
    connect,
    read,
    /** As if launched long ago. */
    launch: (integrationId: string) =>
      db
        .update(integrations)
        .set({ state: "active", launchedAt: new Date(Date.now() - 3_600_000) })
        .where(eq(integrations.id, integrationId)),
    /** As if its access token ran out. */
    expire: (connectionId: string) =>
      db.update(connections).set({ expiresAt: new Date() }).where(eq(connections.id, connectionId)),
    /** As if the time was over in which HubSpot's token service is left alone. */
    letAskAgain: (connectionId: string) =>
      db
        .update(connections)
        .set({ refreshAgainAt: new Date(0) })
        .where(eq(connections.id, connectionId)),
    async close() {
      await close();
      await running.close();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
