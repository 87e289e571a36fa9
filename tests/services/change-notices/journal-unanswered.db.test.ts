// What HubSpot has against one account, for a while, costs no other its changes: the journal is read all the same.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { journalPositions, journalSubscriptions } from "@/db/schema/journal";
import { readJournal } from "@/services/change-notices/read-journal";
import { ACCOUNT } from "../../sandbox/test-sandbox";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld({ integration: { existingLinkedAt: new Date() } });
  await world.sandbox.control("PATCH", "/settings", { journalDelayMs: 0, journalFileSize: 3 });
  await readJournal(world.ctx);
});
afterAll(() => world.close());

const place = async () => (await world.db.select().from(journalPositions))[0];
const marked = async () => (await world.pending()).map(({ recordId }) => recordId);

describe("asking the journal for accounts (Verifies: R-72)", () => {
  it("reads on where HubSpot gives no answer about one account or about uninstalls, and asks again the next time", async () => {
    await world.addMapping({
      snovField: await world.addCustomField("Plan"),
      hubspotProperty: "support_plan",
    });
    const left = { accountId: "24000004", properties: ["email"] };
    await world.db.insert(journalSubscriptions).values(left);
    await world.db.update(journalPositions).set({ uninstallsAskedAt: null });
    const { id } = await world.addContact({ email: "rui@example.com" });
    const failNext = { count: 9, how: "refuse", match: "/webhooks-journal/subscriptions", status: 503 };
    await world.sandbox.control("PUT", "/faults", { failNext });
    expect(await readJournal(world.ctx)).toMatchObject({ refused: false });
    expect(await marked()).toEqual([id]);
    expect(await place()).toMatchObject({ uninstallsAskedAt: null, fault: null });
    const rows = () => world.db.select().from(journalSubscriptions).orderBy(journalSubscriptions.accountId);
    const unanswered = await rows();
    expect(unanswered).toMatchObject([{ accountId: String(ACCOUNT), refusedProperties: null }, left]);
    expect(unanswered[0]?.properties).not.toContain("support_plan");

    await world.sandbox.control("PUT", "/faults", {});
    await readJournal(world.ctx);
    expect(await rows()).toMatchObject([
      { accountId: String(ACCOUNT), properties: expect.arrayContaining(["support_plan"]) },
    ]);
    expect((await place())?.uninstallsAskedAt).toEqual(expect.any(Date));
  });
});
