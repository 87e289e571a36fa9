import { eq } from "drizzle-orm";
import { prospects } from "@/db/schema/prospects";
import { runItems, runs } from "@/db/schema/runs";
import { pendingRecords, recordLinks, recordStatuses, seenContacts } from "@/db/schema/sync";
import { comparePage } from "@/services/reconcile/compare-page";
import { finishReconcile } from "@/services/reconcile/finish-reconcile";
import { startReconcile } from "@/services/reconcile/start-reconcile";
import type { SyncWorld } from "../../support/sync-world";

/** For stories of lost news: the search for changes has been past all that happens in them, and did not see it. */
export const passedBySearch = () => ({
  polledUntil: new Date(Date.now() + 24 * 3_600_000),
  pollWindow: null,
});

export async function startRun(world: SyncWorld): Promise<string> {
  const [run] = await startReconcile(world.db, [world.integrationId]);
  if (!run) throw new Error("no run was started");
  return run.runId;
}

export async function readAllPages(world: SyncWorld, runId: string): Promise<void> {
  for (let page = 0; page < 100; page += 1) if (!(await comparePage(world.ctx, runId)).more) return;
  throw new Error("the comparison does not end");
}

/** A comparison from beginning to end, with the ordinary line looking at what it marked. */
export async function compareAll(world: SyncWorld) {
  const runId = await startRun(world);
  await readAllPages(world, runId);
  await world.reconcile();
  if (!(await finishReconcile(world.ctx, runId))) throw new Error("the run has not ended");
  return await readRun(world, runId);
}

export async function readRun(world: SyncWorld, runId: string) {
  const [run] = await world.db.select().from(runs).where(eq(runs.id, runId));
  if (!run) throw new Error("the run is gone");
  return run;
}

export const itemsOf = (world: SyncWorld, runId: string) =>
  world.db.select().from(runItems).where(eq(runItems.runId, runId));

/** Nobody is left on either side, nor remembered, as if the integration had just been launched. */
export async function forgetAll(world: SyncWorld): Promise<void> {
  for (const { id } of await world.contacts()) await world.archiveContact(id);
  for (const table of [prospects, pendingRecords, recordLinks, recordStatuses, seenContacts, runs])
    await world.db.delete(table);
  await world.configure({ state: "active", launchedAt: new Date(), existingLinkedAt: new Date() });
  await world.configure(passedBySearch());
}

export async function linkedPair(world: SyncWorld, name: string, more: Record<string, string> = {}) {
  const email = `${name.toLowerCase()}@example.com`;
  const id = await world.addProspect({ emails: [email], first_name: name, job_title: "CEO", ...more });
  await world.reconcile();
  return { id, email, contactId: await world.contactOf(id) };
}

/** As many linked pairs. */
export async function crowd(world: SyncWorld, count: number): Promise<string[]> {
  const ids = [];
  for (let at = 0; at < count; at += 1)
    ids.push(await world.addProspect({ emails: [`row${at}@example.com`], first_name: `Row ${at}` }));
  await world.reconcile();
  return ids;
}
