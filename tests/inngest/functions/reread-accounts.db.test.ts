// Each account is read again every day, by a run of its own: trouble of one, or of one reading, is nobody else's.
import { eq, isNull, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { connections, hubspotUsers } from "@/db/schema/connections";
import { rateBudgets } from "@/db/schema/rates";
import { rereadRequested } from "@/inngest/events";
import { rereadUsers } from "@/services/connections/reread-users";
import { sealedTokens } from "@/services/connections/sealed-tokens";
import { ACCOUNT } from "../../sandbox/test-sandbox";
import { waitFor } from "../runner/support/wait-for";
import { type FunctionWorld, openFunctionWorld } from "./open-function-world";

let world: FunctionWorld;
beforeAll(async () => {
  world = await openFunctionWorld(["refresh-properties", "reread-account"]);
});
afterAll(() => world.close());
beforeEach(async () => {
  vi.restoreAllMocks();
  await world.engine`delete from runner_runs`;
  await world.engine`delete from runner_jobs`;
  await world.db.update(connections).set({ propertiesRefreshedAt: null });
});

const ask = () => world.send(rereadRequested.create({ connectionId: world.connectionId }));
const unread = async () =>
  (
    await world.db
      .select({ id: connections.id })
      .from(connections)
      .where(isNull(connections.propertiesRefreshedAt))
  ).map(({ id }) => id);

async function connectAnother(): Promise<string> {
  const account = ACCOUNT + 1;
  const tokens = await world.sandbox.connect({}, account);
  const owner = { workspaceId: world.ctx.workspaceId, accountId: String(account) };
  const given = {
    accessToken: tokens.access_token,
    refreshToken: tokens.refresh_token,
    expiresInSeconds: tokens.expires_in,
    accountId: owner.accountId,
    scopes: tokens.scopes,
  };
  const [added] = await world.db
    .insert(connections)
    .values({ ...owner, ...sealedTokens(owner, given), accountName: "Another", scopes: tokens.scopes })
    .returning();
  return added?.id ?? "";
}

async function sleepsForLessThanAnHour() {
  const [sleeper] = await waitFor("a run that sleeps", async () => {
    const asleep = await world.sleepers();
    return asleep.length === 1 && asleep;
  });
  expect(sleeper?.seconds).toBeGreaterThan(0);
  expect(sleeper?.seconds).toBeLessThan(3_600);
}

describe("the daily reading of accounts (Verifies: R-14)", () => {
  it("is tried again within the hour where HubSpot fails for longer than its tries", async () => {
    await world.sandbox.control("PUT", "/faults", {
      failNext: { count: 3, status: 503, retryAfterSeconds: 1, match: "/properties" },
    });
    await ask();
    await sleepsForLessThanAnHour();
    expect(await unread()).toEqual([world.connectionId]);
    await world.wakeSleepers();
    expect(await world.ended("reread-account")).toMatchObject([{ output: { left: [] } }]);
    expect(await unread()).toEqual([]);
  });

  it("keeps a database's words about people from the engine and the log", async () => {
    const written: string[] = [];
    for (const to of [process.stderr, process.stdout])
      vi.spyOn(to, "write").mockImplementation((text) => written.push(String(text)) > 0);
    for (const method of ["error", "warn", "info"] as const)
      vi.spyOn(console, method).mockImplementation((...said) => void written.push(JSON.stringify(said)));
    await rereadUsers(world.ctx, world.connectionId);
    const names = (await world.db.select().from(hubspotUsers)).map(({ name }) => name);
    await world.db.execute(sql`alter table hubspot_users add constraint nobody check (name = '') not valid`);
    await ask();
    await sleepsForLessThanAnHour();
    await world.db.execute(sql`alter table hubspot_users drop constraint nobody`);
    const kept = JSON.stringify(await world.engine`select result from runner_steps`);
    expect(kept).toContain("23514");
    expect(names.length).toBeGreaterThan(2);
    for (const name of names) expect(kept + written.join()).not.toContain(name);
    expect(written.join()).toContain("account/not-read-again");
    await world.wakeSleepers();
    expect(await world.ended("reread-account")).toMatchObject([{ output: { left: [] } }]);
  });

  it("reads the others while one waits for its day to end, and each once", async () => {
    const another = await connectAnother();
    const ofFirst = eq(rateBudgets.account, `${world.sandbox.url} ${ACCOUNT}`);
    const pause = (values: Partial<typeof rateBudgets.$inferInsert>) =>
      world.db.update(rateBudgets).set(values).where(ofFirst);
    await pause({ pausedUntil: new Date(Date.now() + 8 * 3_600_000), pauseReason: "day" });
    expect(await world.tick("refresh-properties", 24)).toMatchObject({ output: { asked: 2 } });
    await world.ended("reread-account");
    expect(await unread()).toEqual([world.connectionId]);
    await sleepsForLessThanAnHour();
    await ask();
    expect(await world.runsOf("reread-account")).toHaveLength(2);
    await pause({ pausedUntil: null, pauseReason: null });
    await world.wakeSleepers();
    await world.ended("reread-account", 2);
    expect(await unread()).toEqual([]);
    await world.db.delete(connections).where(eq(connections.id, another));
  });

  it("ends where the account has left meanwhile", async () => {
    await world.sandbox.control("PUT", "/faults", {
      failNext: { count: 3, status: 503, retryAfterSeconds: 1, match: "/properties" },
    });
    await ask();
    await sleepsForLessThanAnHour();
    await world.db.update(connections).set({ brokenReason: "revoked" });
    await world.wakeSleepers();
    expect(await world.ended("reread-account")).toMatchObject([{ output: { left: ["properties"] } }]);
    await world.db.update(connections).set({ brokenReason: null });
  });
});
