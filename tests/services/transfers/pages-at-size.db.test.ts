// What a page costs does not grow with what was brought over since Postgres last counted the tables.
import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createProspects } from "@/connectors/prospects/create-prospects";
import type { Tx } from "@/db/client";
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

  it("has them counted once its preview is complete, so that pages are looked up by their ids", async () => {
    await previewAll(world);
    const [counted] = await world.db.execute<{ rows: number }>(
      sql`select reltuples::int as rows from pg_class where oid = 'run_items'::regclass`,
    );
    expect(counted?.rows).toBeGreaterThanOrEqual(many);
  });
});
