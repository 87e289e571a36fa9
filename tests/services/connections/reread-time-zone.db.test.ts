// When an account's day ends is known, so that nobody asks in vain for hours, nor waits longer than its limit lasts.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { connections } from "@/db/schema/connections";
import { rateBudgets } from "@/db/schema/rates";
import { openConnection } from "@/services/connections/open-connection";
import { rereadTimeZone } from "@/services/connections/reread-time-zone";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());

const own = () => eq(connections.id, world.connectionId);
const known = async () => (await world.db.select().from(connections).where(own()))[0]?.timeZone;
const reread = () => rereadTimeZone(world.ctx, world.connectionId);

/** HubSpot answers every call so. */
async function answering(answer: () => Response, act: () => Promise<unknown>): Promise<void> {
  vi.spyOn(globalThis, "fetch").mockImplementation(async () => answer());
  await act();
  vi.restoreAllMocks();
}

describe("an account's time zone (Verifies: R-74)", () => {
  it("is learnt from HubSpot, and stays where it does not answer or names one that nobody knows", async () => {
    expect(await known()).toBeNull();
    await reread();
    expect(await known()).toBe("America/Sao_Paulo");
    const details = { portalId: 1, uiDomain: "app.hubspot.com" };
    await answering(() => Response.json({ ...details, timeZone: "Mars/Olympus" }), reread);
    await answering(() => Response.json({ status: "error", category: "X" }, { status: 403 }), reread);
    expect(await known()).toBe("America/Sao_Paulo");
  });

  it("says until when everything waits once the day's limit is used up", async () => {
    const used = { policyName: "DAILY", message: "You have reached your daily limit." };
    // Where it is noon now.
    const hour = new Date().getUTCHours();
    const timeZone = `Etc/GMT${hour <= 12 ? "-" : "+"}${Math.abs(12 - hour)}`;
    await world.db.update(connections).set({ timeZone });
    await answering(
      () => Response.json(used, { status: 429 }),
      async () => {
        const hubspot = await openConnection(world.ctx, world.connectionId);
        const error = await hubspot.properties.list().catch((thrown: unknown) => thrown);
        expect(error).toMatchObject({ kind: "rate_limited", pause: { reason: "day" } });
      },
    );
    const [budget] = await world.db.select().from(rateBudgets);
    const hoursOff = ((budget?.pausedUntil?.getTime() ?? 0) - Date.now()) / 3_600_000;
    expect(hoursOff).toBeGreaterThan(10.9);
    expect(hoursOff).toBeLessThan(12.1);
  });
});
