// What an erased person left in long lists is found there without reading all of them.
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { commitErasures } from "@/services/sync/commit-erasures";
import { forgetDisputes } from "@/services/sync/forget-erased";
import { loadPageContext } from "@/services/sync/load-page-context";
import { rowsReadBy } from "../../support/rows-read";
import { slowPage } from "../../support/slow-page";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

const many = 20_000;
let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
  const integrationId = sql`${world.integrationId}::uuid`;
  const ids = sql`from generate_series(1, ${many}) n`;
  await world.db.execute(sql`
    insert into conflicts (integration_id, side, record_id, kind, other_side, other_id, closed_at)
    select ${integrationId}, 'snov', gen_random_uuid()::text, case when n % 2 = 0 then 'merged' else 'same_address' end,
      case when n % 2 = 0 then 'snov' else 'hubspot' end, 'other' || n, now() ${ids}`);
  await world.db.execute(sql`
    insert into record_statuses (integration_id, side, record_id, status)
    select ${integrationId}, 'hubspot', 'record' || n, 'in_sync' ${ids}`);
  await world.db.execute(sql`vacuum analyze conflicts, record_statuses`);
});
afterAll(() => world.close());
afterEach(() => world.db.execute("delete from pending_records"));

describe(`an erasure beside ${many} closed conflicts and as many statuses (Verifies: R-70)`, () => {
  it.each(["conflicts", "record_statuses"])("reads a handful of the %s", async (table) => {
    const email = `${table}@erased.example`;
    const id = await world.addProspect({ emails: [email] });
    await world.reconcile();
    const contactId = await world.contactOf(id);
    await world.eraseContact(contactId);
    await world.db.execute(
      sql`insert into erased_contacts (integration_id, contact_id) values (${world.integrationId}::uuid, ${contactId})`,
    );
    await world.notice("hubspot", contactId);
    const page = await loadPageContext(world.db, world.integrationId);
    const { works } = await slowPage(world);
    expect(works).toMatchObject([{ plan: { kind: "erase" } }]);
    await world.db.transaction(async (tx) => {
      if (!page) throw new Error("the integration does not sync");
      expect(await rowsReadBy(tx, table, () => commitErasures(tx, page, works))).toBeLessThan(100);
      const forgotten = () => forgetDisputes(tx, world.integrationId, [contactId]);
      expect(await rowsReadBy(tx, table, forgotten)).toBeLessThan(100);
    });
    expect(await world.prospectByEmail(email)).toBeUndefined();
  });
});
