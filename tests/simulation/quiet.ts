import { markPending } from "@/services/pending/mark-pending";
import { markRefused } from "@/services/pending/mark-refused";
import type { FuseAnswer } from "@/sync/fuse-answers";
import { pass } from "./actions";
import { answerAFuse, reconnect } from "./actors/admin";
import { contactIds } from "./actors/contact-people";
import { deliverAll } from "./actors/notices";
import { openRun, runPage, runStep } from "./actors/workers";
import { inProcess, newProcess } from "./machine/process";
import { tell, type World } from "./world";

const longestRound = 60;

/**
 * Edits stop and nothing fails any more. A round: what HubSpot still has to tell arrives, then pages run until
 * nothing is due. Returns after how many rounds nothing was left, or null.
 */
export async function settle(world: World, mostRounds: number): Promise<number | null> {
  world.quiet = true;
  // Leases, pauses and penalties end by themselves, the longest pause within an hour and what spreads its ends.
  pass(world, 62 * 60_000);
  for (let round = 1; round <= mostRounds; round += 1) {
    tell(world, "world", `quiet round ${round}`);
    // A record may wait for another of its page, so a second look belongs to it.
    if (!world.settings.lossless && round < mostRounds) await markEverything(world);
    await deliverAll(world);
    await drain(world);
    if (!world.notices.length && (world.settings.lossless || round > 1)) return round;
  }
  return null;
}

/**
 * What the daily comparison does: whoever is there on either side or linked, or of whom something is said, is looked at,
 * and what HubSpot refused is tried again.
 */
export async function markEverything(world: World): Promise<void> {
  const { ctx, database, integrationId } = world;
  tell(world, "world", "marks everything");
  const rows = await database.raw(
    `select id from prospects p
     where deleted_at is null or exists (select from record_links l where l.prospect_id = p.id) order by created_at, id`,
  );
  const told = await database.raw(
    "select record_id as id from record_statuses where side = 'hubspot' order by record_id",
  );
  await inProcess(newProcess("sweep"), () =>
    ctx.db.transaction(async (tx) => {
      await markPending(
        tx,
        integrationId,
        "snov",
        rows.map(({ id }) => String(id)),
      );
      await markPending(tx, integrationId, "hubspot", contactIds(world, false));
      await markPending(
        tx,
        integrationId,
        "hubspot",
        told.map(({ id }) => String(id)),
      );
      await markRefused(tx, integrationId);
    }),
  );
}

/** Pages until nothing is pending, as the job does: what goes round again is due within moments. */
export async function drain(world: World, fusesAnswered?: FuseAnswer["answer"]): Promise<void> {
  for (let page = 0; page < longestRound; page += 1) {
    const [row] = await world.database.raw(
      "select count(*)::int as left, min(due_at) > now() as later from pending_records",
    );
    const run = await openRun(world);
    if (!row?.left && !run) return;
    await reconnect(world);
    await answerAFuse(world, fusesAnswered);
    pass(world, row?.later || !row?.left ? 60_000 : 1_000);
    if (run) await runStep(world);
    if (row?.left) await runPage(world);
  }
}
