// What a page costs does not grow with what was brought over since Postgres last counted the tables.
import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createProspects } from "@/connectors/prospects/create-prospects";
import type { Db, Tx } from "@/db/client";
import { runs } from "@/db/schema/runs";
import { claimItems } from "@/services/transfers/claim-items";
import { rowsReadBy } from "../../support/rows-read";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { previewAll } from "./transfer";

const many = 3_000;
let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
  await world.db.transaction((tx) => create(tx, many));
});
afterAll(() => world.close());

async function create(tx: Tx, count: number): Promise<void> {
  const creations = Array.from({ length: count }, () => {
    const id = randomUUID();
    return { id, fields: { email: `${id}@new.example` } };
  });
  const by = { kind: "integration" as const, id: world.integrationId };
  const change = { at: new Date().toISOString(), by };
  await createProspects(tx, world.ctx.workspaceId, world.listId, creations, change);
}

describe(`a transfer among ${many} records of which Postgres knows nothing yet (Verifies: R-53)`, () => {
  it("reads the prospects that a page creates, and no others", async () => {
    await world.db.transaction(async (tx) => {
      expect(await rowsReadBy(tx, "prospects", () => create(tx, 10))).toBeLessThan(100);
    });
  });
});

describe("a transfer whose preview is complete", () => {
  let runId: string;
  beforeAll(async () => {
    runId = await previewAll(world);
  });

  it("has its records counted, so that pages are looked up by their ids", async () => {
    const [counted] = await world.db.execute<{ rows: number }>(
      sql`select reltuples::int as rows from pg_class where oid = 'run_items'::regclass`,
    );
    expect(counted?.rows).toBeGreaterThanOrEqual(many);
  });

  it("leases a page's records where they stand: no index of theirs is written", async () => {
    await world.db.update(runs).set({ state: "running" }).where(eq(runs.id, runId));
    await world.db.transaction(async (tx) => {
      const { items } = await claimItems(tx as unknown as Db, runId);
      const [updated] = await tx.execute<{ all: number; inPlace: number }>(sql`
        select n_tup_upd::int as all, n_tup_hot_upd::int as "inPlace" from pg_stat_xact_user_tables
        where relname = 'run_items'`);
      expect(items).toHaveLength(100);
      expect(updated?.all).toBe(100);
      expect(updated?.inPlace).toBeGreaterThan(90);
    });
  });
});
