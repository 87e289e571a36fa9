// A transfer leaves thousands of echoes of our own writes. What people do meanwhile does not wait behind them.
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ChangeNotice } from "@/connectors/hubspot/change-notice";
import { storeChangeNotices } from "@/services/change-notices/store-change-notices";
import { claimPending, releaseClaim } from "@/services/sync/claim-pending";
import { ACCOUNT, APP } from "../../sandbox/test-sandbox";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());

const appId = String(APP.appId);

function told(contactId: string, echoOf: string | undefined): ChangeNotice {
  return {
    dedupeKey: `${contactId} ${echoOf}`,
    accountId: String(ACCOUNT),
    kind: "contact.propertyChange",
    contactIds: [contactId],
    occurredAt: new Date(),
    echoOf,
  };
}

async function claimed(): Promise<string[]> {
  const { lease, records } = await claimPending(world.db, world.integrationId);
  await releaseClaim(world.db, lease, { blameless: true });
  return records.map(({ recordId }) => recordId).sort();
}

const dueNow = () => world.db.execute("update pending_records set due_at = now() - interval '1 second'");

it("a page takes what people did before the echoes of our own writes, however long those have waited", async () => {
  const echoes = Array.from({ length: 120 }, (_, nr) => told(`9${nr}`, appId));
  await storeChangeNotices(world.db, echoes, appId);
  await dueNow();
  expect(await claimed()).toHaveLength(100);
  await storeChangeNotices(world.db, [told("71", undefined), told("72", "another app")], appId);
  expect(await claimed()).toEqual(["71", "72"]);
});

it("an echo of a record that somebody has changed as well goes with what people did", async () => {
  await storeChangeNotices(world.db, [told("90", undefined)], appId);
  expect(await claimed()).toEqual(["71", "72", "90"]);
  await storeChangeNotices(world.db, [{ ...told("72", appId), dedupeKey: "later" }], appId);
  expect(await claimed()).toEqual(["71", "72", "90"]);
});
