// Our clock and HubSpot's differ: what is searched is cut off by HubSpot's, whatever ours says.
import { setTimeout as wait } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { integrations } from "@/db/schema/integrations";
import { pendingRecords } from "@/db/schema/sync";
import { pollContacts } from "@/services/sync/poll-contacts";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});
afterAll(() => world.close());

const minute = 60_000;
const send = globalThis.fetch;

/** A poll of a machine whose clock is ahead; HubSpot's, which runs in this process too, is not. It answers after `slowMs`. */
async function pollAhead(minutes: number, slowMs = 0) {
  const ahead = () => vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + minutes * minute });
  vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
    vi.useRealTimers();
    try {
      await wait(slowMs);
      return await send(url, init);
    } finally {
      ahead();
    }
  });
  ahead();
  try {
    return await pollContacts(world.ctx, world.integrationId);
  } finally {
    vi.useRealTimers();
    vi.restoreAllMocks();
  }
}
const marked = async () => (await world.pending()).map(({ recordId }) => recordId);
const stored = async () => {
  const [row] = await world.db.select().from(integrations).where(eq(integrations.id, world.integrationId));
  if (!row?.launchedAt || !row.polledUntil) throw new Error("nothing was polled");
  return { launchedAt: row.launchedAt.getTime(), polledUntil: row.polledUntil.getTime() };
};

// Verifies: R-72
describe("a poll with a clock that is ahead of HubSpot's", () => {
  it.each([0, 4, 10, 600])("by %i minutes finds what changes next", async (minutes) => {
    await world.configure({ launchedAt: new Date(Date.now() - minute), polledUntil: null, pollWindow: null });
    const contact = await world.addContact({ email: `ahead${minutes}@example.com`, firstname: "A" });
    await pollAhead(minutes);
    expect((await stored()).polledUntil).toBeLessThan(Date.now() + 1_000);
    await world.db.delete(pendingRecords);
    await world.editContact(contact.id, { firstname: "B" });
    await pollAhead(minutes);
    expect(await marked()).toContain(contact.id);
  });

  it.each([0, 2_000])(
    "takes in what changed right after a launch that our clock told too late, and nothing of before, where an answer takes %i ms",
    async (slowMs) => {
      const before = await world.addContact({ email: `before${slowMs}@example.com`, firstname: "A" });
      await world.sandbox.control("PATCH", "/clock", { advanceMs: 10_000 });
      const told = new Date(Date.now() + 10 * minute);
      await world.configure({ launchedAt: told, polledUntil: told, pollWindow: null });
      await world.db.delete(pendingRecords);
      const after = await world.addContact({ email: `after${slowMs}@example.com`, firstname: "A" });
      // HubSpot tells its time in whole seconds: what it changed within the last one is the next poll's.
      const found = async () => {
        await pollAhead(10, slowMs);
        return await marked();
      };
      await expect.poll(found, { interval: 300 }).toContain(after.id);
      expect(await marked()).not.toContain(before.id);
      const { launchedAt } = await stored();
      await pollAhead(10);
      expect((await stored()).launchedAt).toBe(launchedAt);
    },
  );
});
