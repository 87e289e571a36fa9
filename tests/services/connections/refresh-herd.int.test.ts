// Real processes: the product as `npm start` has it, and a second web server and a second runner on the same
// database. Twenty connections run out at one moment, and everybody wants each of them at once.
import { and, eq, inArray, isNull } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase } from "@/db/client";
import { connections } from "@/db/schema/connections";
import { integrations } from "@/db/schema/integrations";
import { journalPositions } from "@/db/schema/journal";
import { prospectLists } from "@/db/schema/prospects";
import { pendingRecords } from "@/db/schema/sync";
import { finishConnect } from "@/services/connections/finish-connect";
import { startConnect } from "@/services/connections/start-connect";
import { markPending } from "@/services/pending/mark-pending";
import { clientOf } from "@/tests/sandbox/test-sandbox";
import { signedInVisitor, type Visitor } from "@/tests/support/http-visitor";
import { consent, newWorkspace } from "@/tests/support/launched-integration";
import { startSecondPair } from "@/tests/support/second-pair";
import { type Product, startProduct } from "@/tests/support/start-product";
import { untilTrue } from "@/tests/support/until-true";

const COUNT = 20;
const accounts = [24_000_001, 24_000_002];
const TOKEN = "POST /oauth/2026-03/token";

type Customer = { integrationId: string; connectionId: string; visitor: Visitor };

let product: Product;
let second: Awaited<ReturnType<typeof startSecondPair>>;
let database: ReturnType<typeof openDatabase>;
let db: (typeof database)["db"];
const customers: Customer[] = [];

beforeAll(async () => {
  product = await startProduct({ sampleData: false });
  Object.assign(process.env, product.environment);
  second = await startSecondPair(product);
  database = openDatabase(product.databaseUrl, { max: 4 });
  db = database.db;
  // Reading the journal asks for a token of the app's own, which is none of those that are counted: it was just read.
  const appId = product.environment.HUBSPOT_APP_ID ?? "";
  await db.insert(journalPositions).values({ appId, readAt: new Date() });
  for (let nr = 0; nr < COUNT; nr++) customers.push(await newCustomer(accounts[nr % 2] ?? 0));
});
afterAll(async () => {
  await database?.close();
  await second?.stop();
  await product?.stop();
});

// Verifies: R-11
test("twenty connections that run out at once are refreshed once each by two web servers and two runners", async () => {
  const sandbox = clientOf(product.sandboxUrl);
  await sandbox.control("PUT", "/faults", { latencyMs: 250 });
  const before = await versions();
  await sandbox.control("DELETE", "/counters");

  await runOut();
  const [answers] = await Promise.all([
    Promise.all(
      customers.flatMap(({ integrationId, visitor }) =>
        [product.appUrl, second.appUrl].map((url) =>
          visitor.request(`${url}/api/integrations/${integrationId}/hubspot-lists`),
        ),
      ),
    ),
    ask(product.runnerUrl, "sync/requested"),
    ask(second.runnerUrl, "poll/requested"),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(Array(2 * COUNT).fill(200));
  // Whatever the runners' work is held up by, it is done before anything is counted.
  await untilTrue(async () => (await unfinished()) === 0);

  expect(await tokenRequests(sandbox)).toEqual({ requests: COUNT, statuses: { 200: COUNT } });
  const after = await versions();
  expect(connectionIds().map((id) => (after.get(id) ?? 0) - (before.get(id) ?? 0))).toEqual(
    Array(COUNT).fill(1),
  );
  expect(await callsBesideTokens(sandbox)).toBeGreaterThanOrEqual(4 * COUNT);
});

/** All tokens end, and every integration has a record that waits and is due to be polled: at one moment. */
async function runOut(): Promise<void> {
  await db.transaction(async (tx) => {
    await tx
      .update(connections)
      .set({ expiresAt: new Date() })
      .where(inArray(connections.id, connectionIds()));
    for (const { integrationId } of customers) {
      await tx.update(integrations).set({ polledUntil: null }).where(eq(integrations.id, integrationId));
      await markPending(tx, integrationId, "hubspot", ["987654"]);
    }
  });
}

/** A workspace of its own with a launched integration, and an owner who is signed in. */
async function newCustomer(account: number): Promise<Customer> {
  const { ctx, signIn } = await newWorkspace({ db, wake: async () => {} });
  const { url } = await startConnect({ ctx, input: {} });
  const { integrationId } = await finishConnect({ ctx, input: await consent(url, account) });
  const [list] = await db
    .insert(prospectLists)
    .values({ workspaceId: ctx.workspaceId, name: "From HubSpot" })
    .returning();
  const launched = { state: "active" as const, launchedAt: new Date(), existingLinkedAt: new Date() };
  const [row] = await db
    .update(integrations)
    .set({ ...launched, receivingListId: list?.id ?? "" })
    .where(eq(integrations.id, integrationId))
    .returning({ connectionId: integrations.connectionId });
  if (!row) throw new Error("the integration is gone");
  return { integrationId, ...row, visitor: await signedInVisitor(product.appUrl, signIn) };
}

function connectionIds(): string[] {
  return customers.map(({ connectionId }) => connectionId);
}

async function versions(): Promise<Map<string, number>> {
  const rows = await db
    .select({ id: connections.id, version: connections.tokenVersion })
    .from(connections)
    .where(inArray(connections.id, connectionIds()));
  return new Map(rows.map(({ id, version }) => [id, version]));
}

async function ask(runnerUrl: string, name: string): Promise<void> {
  const events = customers.map(({ integrationId }) => ({ name, data: { integrationId } }));
  const key = product.environment.INNGEST_EVENT_KEY;
  const response = await fetch(`${runnerUrl}/e/${key}`, { method: "POST", body: JSON.stringify(events) });
  expect(response.status).toBe(200);
}

/** Integrations whose record still waits, or which were not polled yet. */
async function unfinished(): Promise<number> {
  const ids = customers.map(({ integrationId }) => integrationId);
  const waiting = await db.$count(pendingRecords, inArray(pendingRecords.integrationId, ids));
  const unpolled = and(inArray(integrations.id, ids), isNull(integrations.polledUntil));
  return waiting + (await db.$count(integrations, unpolled));
}

type Sandbox = ReturnType<typeof clientOf>;
type Requests = Record<string, { requests: number; statuses: Record<string, number> }>;

async function requests(sandbox: Sandbox): Promise<Requests> {
  return (await sandbox.control<{ requests: Requests }>("GET", "/state")).body.requests;
}

async function tokenRequests(sandbox: Sandbox) {
  return (await requests(sandbox))[TOKEN];
}

async function callsBesideTokens(sandbox: Sandbox): Promise<number> {
  const others = Object.entries(await requests(sandbox)).filter(([operation]) => operation !== TOKEN);
  return others.reduce((sum, [, { requests }]) => sum + requests, 0);
}
