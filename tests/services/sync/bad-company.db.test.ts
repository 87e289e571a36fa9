// One bad record never stops the others: pages that fail come back smaller, until what they fail on is alone.
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { claimPending, releaseClaim } from "@/services/sync/claim-pending";
import { verdictOn } from "@/services/sync/give-up";
import { setAsideFailing } from "@/services/sync/set-aside-failing";
import { slowPage } from "../../support/slow-page";
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

describe("a record to whose page HubSpot gives no answer, alone as it is (Verifies: R-77)", () => {
  const tryAgain = async () => {
    await world.db.execute("update pending_records set attempts = 99, due_at = now()");
    await expect(world.page()).rejects.toMatchObject({ kind: "transient" });
  };

  it("is shown as that after a hundred tries, where HubSpot answers otherwise, and tried again once it changes", async () => {
    const id = await world.addProspect(prospectOf("Quim"));
    failOn("");
    await tryAgain();
    // An outage is none of its tries, and yet it is not asked about again at once.
    const [left] = await world.pending();
    expect(left).toMatchObject({ recordId: id, attempts: 99 });
    expect(Number(left?.dueAt)).toBeGreaterThan(Date.now() + 30_000);
    vi.restoreAllMocks();
    failOn("Quim");
    await tryAgain();
    expect(await world.pending()).toEqual([]);
    expect(await world.statusOf(id)).toMatchObject({ status: "failing", reason: "no_answer" });
    vi.restoreAllMocks();
    await world.notice("snov", id);
    await world.reconcile();
    expect(await world.statusOf(id)).toMatchObject({ status: "in_sync" });
  });
});

describe("a record that our own side fails on (Verifies: R-77)", () => {
  it("is tried nine times, shown as failing, and tried again once it changes", async () => {
    const id = await world.addProspect(prospectOf("Ugo"));
    await refuseLinks();
    const tryAgain = async (attempts: number) => {
      await world.db.execute(`update pending_records set attempts = ${attempts}, due_at = now()`);
      await expect(world.page()).rejects.toThrow();
    };
    await tryAgain(7);
    expect(await world.pending()).toMatchObject([{ recordId: id, attempts: 8 }]);
    expect(await world.statusOf(id)).toBeUndefined();
    await tryAgain(8);
    expect(await world.pending()).toEqual([]);
    expect(await world.statusOf(id)).toMatchObject({ status: "failing", reason: "unexpected" });

    await world.db.execute("drop trigger refuse on record_links");
    await world.notice("snov", id);
    await world.reconcile();
    expect(await world.statusOf(id)).toMatchObject({ status: "in_sync" });
  });

  it("has another try where it was noticed again while it was tried for the last time", async () => {
    await world.notice("hubspot", "noticed");
    await world.db.execute("update pending_records set attempts = 8");
    const { lease, records } = await claimPending(world.db, world.integrationId);
    await world.notice("hubspot", "noticed");
    const [record] = records;
    if (!record) throw new Error("nothing was claimed");
    await setAsideFailing(world.db, world.integrationId, record, lease, verdictOn(new Error("unforeseen")));
    expect(await world.pending()).toMatchObject([{ recordId: "noticed", attempts: 0, lease: null }]);
  });

  it("is not called failing by a page from which another one has taken it over and settled it", async () => {
    const id = await world.addProspect(prospectOf("Taken"));
    const { lease, records } = await claimPending(world.db, world.integrationId);
    await world.db.execute("update pending_records set leased_until = now() - interval '1 second'");
    await world.reconcile();
    expect(await world.statusOf(id)).toMatchObject({ status: "in_sync" });
    const [record] = records;
    if (!record) throw new Error("nothing was claimed");
    await setAsideFailing(world.db, world.integrationId, record, lease, verdictOn(new Error("unforeseen")));
    expect(await world.statusOf(id)).toMatchObject({ status: "in_sync" });
  });

  it("has one status, under its prospect, where it is a pair that was noticed in HubSpot", async () => {
    const id = await world.addProspect(prospectOf("Paired"));
    await world.reconcile();
    const contactId = await world.contactOf(id);
    await world.notice("hubspot", contactId);
    const { lease, records } = await claimPending(world.db, world.integrationId);
    const [record] = records;
    if (!record) throw new Error("nothing was claimed");
    await setAsideFailing(world.db, world.integrationId, record, lease, verdictOn(new Error("unforeseen")));
    expect(await world.pending()).toEqual([]);
    expect(await world.statusOf(id)).toMatchObject({ status: "failing", reason: "unexpected" });
    expect(await world.statusOf(contactId)).toBeUndefined();
  });
});

describe("a record that is noticed while a page is at work", () => {
  it("waits for its next turn from the later notice on, as if it had never been tried", async () => {
    const id = await world.addProspect(prospectOf("Vera"));
    await world.reconcile();
    await world.notice("snov", id);
    await world.db.execute("update pending_records set attempts = 2, noticed_at = now() - interval '1 hour'");
    const slow = await slowPage(world);
    await world.notice("snov", id);
    await slow.commit();
    const [left] = await world.pending();
    expect(left).toMatchObject({ recordId: id, attempts: 0, lease: null });
    expect(Date.now() - Number(left?.noticedAt)).toBeLessThan(60_000);
  });
});

describe("a page of what was noticed", () => {
  it("holds a hundred records at most", async () => {
    await world.db.execute(`
      insert into pending_records (integration_id, side, record_id)
      select '${world.integrationId}', 'hubspot', n::text from generate_series(1, 250) n`);
    expect((await claimPending(world.db, world.integrationId)).records).toHaveLength(100);
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

  it("begin at none where a record is noticed again while a page that nobody is to blame for is at work", async () => {
    for (const given of [{ blameless: true }, { blameless: false, counted: false }]) {
      await world.notice("hubspot", "noticed");
      const { lease } = await claimPending(world.db, world.integrationId);
      await world.notice("hubspot", "noticed");
      await releaseClaim(world.db, lease, given);
      expect(await world.pending()).toMatchObject([{ attempts: 0 }]);
    }
  });
});

/** The database fails on every new pair. */
async function refuseLinks(): Promise<void> {
  await world.db.execute(`create or replace function refuse() returns trigger language plpgsql as
    $$ begin raise exception 'refused'; end $$`);
  await world.db.execute("create trigger refuse before insert on record_links execute function refuse()");
}

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
