// What a rule settled is found among a long history without reading all of it, or holding the integration meanwhile.
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "@/db/client";
import { fieldMappings, integrations } from "@/db/schema/integrations";
import type { UndoneChanges } from "@/db/schema/transfers";
import { updateMapping } from "@/services/integrations/update-mapping";
import { writtenProspects } from "@/services/transfers/read-written";
import { undoneRule } from "@/services/transfers/undone-rule";
import { rowsReadBy } from "../../support/rows-read";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { undoing } from "./undo";

const many = 20_000;
let world: SyncWorld;
let asked: { integrationId: string; activityId: number; field: string };
beforeAll(async () => {
  world = await openSyncWorld();
  const { integrationId } = world;
  const [mapping] = await world.db
    .select()
    .from(fieldMappings)
    .where(eq(fieldMappings.snovField, "job_title"));
  const input = { integrationId, mappingId: mapping?.id ?? "", policy: "snov_wins" as const };
  await updateMapping({ ctx: world.ctx, input });
  const id = await world.addProspect({ emails: ["ada@rules.example"], job_title: "CEO" });
  await world.reconcile();
  await world.editProspect(id, "job_title", "CEO", "Ours");
  await world.editContact(await world.contactOf(id), { jobtitle: "Theirs" });
  await world.reconcile();
  asked = { integrationId, activityId: await undoing(world).lastOn("hubspot", id), field: "jobtitle" };
  await world.db.execute(sql`
    insert into activities (workspace_id, integration_id, prospect_id, side, kind, changes, cause)
    select ${world.ctx.workspaceId}::uuid, ${integrationId}::uuid, gen_random_uuid(), 'hubspot', 'contact/edited',
      '[{"field": "jobtitle", "label": "Job title", "before": "A", "after": "B"}]', '{"kind": "sync", "from": "snov"}'
    from generate_series(1, ${many})`);
  await world.db.execute(sql`vacuum analyze activities`);
});
afterAll(() => world.close());

describe(`undoing what a rule settled, in a history of ${many} changes (Verifies: R-62, R-78)`, () => {
  it("reads the changes of settings, and what the rule settled, alone", async () => {
    await world.db.transaction(async (tx) => {
      let undone: UndoneChanges | undefined;
      const find = async () => {
        undone = await undoneRule(tx, world.ctx, asked);
      };
      expect(await rowsReadBy(tx, "activities", find)).toBeLessThan(100);
      if (!undone) throw new Error("expected what the rule settled");
      const writes = { integrationId: world.integrationId, ...undone };
      let found: string[] = [];
      const read = async () => {
        found = await writtenProspects(tx, writes, undefined, 100);
      };
      expect(await rowsReadBy(tx, "activities", read)).toBeLessThan(100);
      expect(found).toHaveLength(1);
    });
  });

  it("waits for nobody who holds the integration, and holds up nobody", async () => {
    const another = openDatabase(world.databaseUrl);
    await another.db.transaction(async (holder) => {
      await holder.select().from(integrations).where(eq(integrations.id, world.integrationId)).for("update");
      await world.db.transaction(async (tx) => {
        await tx.execute(sql`set local lock_timeout = 500`);
        expect(await undoneRule(tx, world.ctx, asked)).toMatchObject({ kind: "rule" });
      });
    });
    await another.close();
  });
});
