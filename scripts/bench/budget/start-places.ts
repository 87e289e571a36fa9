import { openDatabase } from "@/db/client";
import { connections } from "@/db/schema/connections";
import { workspaces } from "@/db/schema/workspaces";
import { startTestServer } from "@/scripts/test/embedded-server";
import { sealedTokens } from "@/services/connections/sealed-tokens";
import { ACCOUNT, APP, clientOf } from "@/tests/sandbox/test-sandbox";
import { createTestDatabase } from "@/tests/support/test-database";
import { setTestEnvironment } from "@/tests/support/test-environment";
import { startSandboxProcess } from "../sandbox-process/start-sandbox-process";

/** Postgres, a sandbox HubSpot with its limit on, and three workspaces that are connected to one account of it. */
export async function startPlaces(folder: string) {
  const server = await startTestServer();
  process.once("exit", server.kill);
  process.env.TEST_DATABASE_URL = server.url;
  const database = await createTestDatabase();
  const sandbox = await startSandboxProcess(folder);
  setTestEnvironment({ databaseUrl: database.url, hubspotUrl: sandbox.url, ...APP });
  const { db, close } = openDatabase(database.url, { max: 2 });
  const connectionIds: string[] = [];
  for (const name of ["First", "Second", "Third"]) {
    const [workspace] = await db.insert(workspaces).values({ name }).returning();
    const tokens = await clientOf(sandbox.url).connect();
    const owner = { workspaceId: workspace?.id ?? "", accountId: String(ACCOUNT) };
    const sealed = sealedTokens(owner, {
      accessToken: tokens.access_token,
      refreshToken: tokens.refresh_token,
      expiresInSeconds: tokens.expires_in,
      accountId: owner.accountId,
      scopes: tokens.scopes,
    });
    const [connection] = await db
      .insert(connections)
      .values({ ...owner, ...sealed, accountName: "Sandbox", scopes: tokens.scopes })
      .returning();
    if (!connection) throw new Error("expected a row");
    connectionIds.push(connection.id);
  }
  await close();
  return {
    sandboxUrl: sandbox.url,
    connectionIds,
    stop: async () => {
      sandbox.kill();
      await server.stop();
    },
  };
}
