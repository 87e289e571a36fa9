// One bad record never stops the others: pages that fail come back smaller, until what they fail on is alone.
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { claimPending, releaseClaim } from "@/services/sync/claim-pending";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());
afterEach(async () => {
  vi.restoreAllMocks();
  await world.db.execute("delete from pending_records");
});

const prospectOf = (name: string) => ({ emails: [`${name}@example.com`], first_name: name });
const dueNow = () => world.db.execute("update pending_records set due_at = now() where due_at > now()");

describe("a record that HubSpot fails on (Verifies: R-77)", () => {
  it("is alone in the end, and all others of its page are in step", async () => {
    failOn("Poison");
    const poison = await world.addProspect(prospectOf("Poison"));
    const others = await Promise.all(
      Array.from({ length: 7 }, (_, at) => world.addProspect(prospectOf(`Good${at}`))),
    );
    for (let pages = 0; pages < 30 && (await world.pending()).length > 1; pages += 1) {
      await world.page().catch((error) => expect(error).toMatchObject({ kind: "transient" }));
      await dueNow();
    }
    for (const id of others) expect(await world.statusOf(id)).toMatchObject({ status: "in_sync" });
    expect(await world.pending()).toMatchObject([{ recordId: poison }]);

    vi.restoreAllMocks();
    await world.reconcile();
    expect(await world.statusOf(poison)).toMatchObject({ status: "in_sync" });
  });
});

describe("pages of records that failed before", () => {
  it("get smaller with every try, and hold one record after eight", async () => {
    for (let at = 0; at < 60; at += 1) await world.notice("hubspot", `${at}`);
    const sizes: number[] = [];
    for (let tries = 0; tries <= 8; tries += 1) {
      await world.db.execute(
        `update pending_records set attempts = ${tries}, lease = null, leased_until = null`,
      );
      sizes.push((await claimPending(world.db, world.integrationId)).records.length);
    }
    expect(sizes).toEqual([60, 60, 60, 50, 25, 12, 6, 3, 1]);
  });

  it("come after what is new, but not for ever", async () => {
    for (const id of ["old", "new"]) await world.notice("hubspot", id);
    const turn = async (secondsOverdue: number) => {
      await world.db.execute(`update pending_records set lease = null, leased_until = null,
        attempts = case when record_id = 'old' then 4 else 0 end,
        due_at = now() - make_interval(secs => case when record_id = 'old' then ${secondsOverdue} else 1 end)`);
      const { records } = await claimPending(world.db, world.integrationId);
      return records.map(({ recordId }) => recordId);
    };
    expect(await turn(20)).toEqual(["new"]);
    expect(await turn(40)).toEqual(["old"]);
  });

  it("are due later with every try, one after the other, and at once where nobody is to blame", async () => {
    for (const id of ["one", "two"]) await world.notice("hubspot", id);
    await world.db.execute("update pending_records set attempts = 3");
    const { lease } = await claimPending(world.db, world.integrationId);
    await releaseClaim(world.db, lease, { blameless: true });
    expect((await world.pending()).map(({ attempts }) => attempts)).toEqual([3, 3]);
    expect(await secondsUntilDue()).toEqual([0, 0]);

    const again = await claimPending(world.db, world.integrationId);
    await releaseClaim(world.db, again.lease, { blameless: false });
    expect((await world.pending()).map(({ attempts, lease }) => ({ attempts, lease }))).toEqual([
      { attempts: 4, lease: null },
      { attempts: 4, lease: null },
    ]);
    expect(await secondsUntilDue()).toEqual([16, 17]);
  });
});

async function secondsUntilDue(): Promise<number[]> {
  const rows = await world.db.execute(
    "select greatest(0, ceil(extract(epoch from due_at - now())))::int as seconds from pending_records order by due_at",
  );
  return rows.map(({ seconds }) => Number(seconds));
}

/** HubSpot answers every call that holds this word with a 500. */
function failOn(word: string): void {
  const send = globalThis.fetch;
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) =>
    String(init?.body ?? "").includes(word) ? new Response("{}", { status: 500 }) : send(input, init),
  );
}
