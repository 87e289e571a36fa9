import { sql } from "drizzle-orm";
import { runs } from "@/db/schema/runs";
import { transfers } from "@/db/schema/transfers";
import { noPreview } from "@/services/transfers/preview-counts";
import type { SyncWorld } from "@/tests/support/sync-world";

/** A previewed transfer of `rows` records: nine in ten are created, few are left out. Returns its run. */
export async function fillItems({ db, integrationId }: SyncWorld, rows: number): Promise<string> {
  const [run] = await db
    .insert(runs)
    .values({ integrationId, kind: "transfer", state: "previewed" })
    .returning({ id: runs.id });
  if (!run) throw new Error("the run was not made");
  const all = { kind: "all" as const };
  const chosen = { fromSnov: true, fromHubspot: true, prospects: all, contacts: all, preview: noPreview };
  await db.insert(transfers).values({ runId: run.id, ...chosen });
  await db.execute(sql`
    insert into run_items (run_id, side, record_id, name, email_words, planned, overwrites, outcome)
    select ${run.id}::uuid, 'snov', n::text, 'First' || n || ' Last' || n, 'p' || n || '@example.com',
      case when n % 9973 = 0 then 'skip' when n % 10 > 0 then 'create' else 'update' end, n % 500 = 0,
      case when n % 9973 = 0 then 'excluded' else 'planned' end
    from generate_series(1, ${rows}::int) n`);
  await db.execute(sql`vacuum analyze run_items`);
  return run.id;
}
