// The poll of a minute waits for HubSpot no longer than until the next one, and never beside it.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { integrations } from "@/db/schema/integrations";
import { pollRequested } from "@/inngest/events";
import { accountBudget } from "@/services/connections/account-budget";
import { liftDayPause } from "@/services/connections/lift-day-pause";
import { ACCOUNT } from "../../sandbox/test-sandbox";
import { waitFor } from "../runner/support/wait-for";
import { type FunctionWorld, openFunctionWorld } from "./open-function-world";

let world: FunctionWorld;
beforeAll(async () => {
  world = await openFunctionWorld(["poll-changes"], { integration: { existingLinkedAt: new Date() } });
});
afterAll(() => world.close());
beforeEach(() => world.engine`delete from runner_runs`);

const ask = () => world.send(pollRequested.create({ integrationId: world.integrationId }));
const fault = async () => {
  const own = eq(integrations.id, world.integrationId);
  return (await world.db.select().from(integrations).where(own))[0]?.pollFault?.kind ?? null;
};

describe("a poll's run (Verifies: R-72, R-74)", () => {
  it("is over where the account's day is used up, and the next one finds out when it is not any more", async () => {
    await accountBudget(world.ctx, String(ACCOUNT)).pause("search", { ms: 8 * 3_600_000, reason: "day" });
    await ask();
    expect(await world.ended("poll-changes")).toMatchObject([{ status: "completed", output: { steps: 1 } }]);
    expect(await fault()).toBe("day_used_up");
    await liftDayPause(world.ctx, String(ACCOUNT));
    await ask();
    expect(await world.ended("poll-changes", 2)).toMatchObject([{}, { status: "completed" }]);
    expect(await fault()).toBeNull();
  });

  it("waits itself where HubSpot is away for seconds, and makes the next one unnecessary meanwhile", async () => {
    await world.sandbox.control("PUT", "/faults", {
      failNext: { count: 2, status: 503, retryAfterSeconds: 2 },
    });
    await ask();
    await waitFor("the first failure", async () => (await fault()) === "no_answer");
    await ask();
    expect(await world.ended("poll-changes")).toMatchObject([{ status: "completed" }]);
    expect(await world.runsOf("poll-changes")).toHaveLength(1);
    expect(await fault()).toBeNull();
  });
});
