import { allowTransfer } from "@/services/transfers/allow-transfer";
import { cancelTransfer } from "@/services/transfers/cancel-transfer";
import { startUndo } from "@/services/transfers/start-undo";
import { clock } from "../machine/clock";
import { count, type Undo, type World } from "../world";
import { asAna } from "./as-ana";

const dayMs = 24 * 3_600_000;

/** Ana asks to be shown what undoing a change, or a record's day, would do; most often one of the latest, or of `whose`. */
export async function askForAnUndo(world: World, whose?: string): Promise<void> {
  const { random, ctx, integrationId } = world;
  const rows = await tellingRows(world);
  const own = rows.filter(({ prospectId }) => prospectId === whose);
  const changes = whose ? own.slice(-2) : rows.slice(-15);
  if (!changes.length) return;
  const change = random.pick(changes);
  const kind = random.chance(0.35) ? "day" : "change";
  const from = Math.floor(change.at / dayMs) * dayMs;
  const day = { from: new Date(from).toISOString(), to: new Date(from + dayMs).toISOString() };
  await asAna(world, `asks to undo the ${kind} of ${JSON.stringify(change)}`, async () => {
    const askedAt = clock.now ?? 0;
    const input = { integrationId, activityId: change.id, ...(kind === "day" ? { day } : {}) };
    const { runId } = await startUndo({ ctx, input });
    count(world.counts.visited, `undo:asked:${kind}`);
    const asked = kind === "day" ? rows : [change];
    const undone = asked.filter(
      ({ prospectId, at }) => prospectId === change.prospectId && at >= from && at < from + dayMs,
    );
    const { prospectId } = change;
    world.undos.push({ runId, kind, askedAt, prospectId, undone: undone.map(({ id }) => id) });
  });
}

/** Ana lets happen what she was shown, or thinks better of it. */
export async function allowAnUndo(world: World): Promise<void> {
  const { ctx, random, database } = world;
  const [open] = await database.raw("select id::text, state from runs where finished_at is null");
  const undo = world.undos.find(({ runId }) => runId === open?.id);
  if (!undo || open?.state !== "previewed") return;
  const shown = await shownBy(world, undo.runId);
  const isAllowed = random.chance(0.92);
  await asAna(world, `${isAllowed ? "allows" : "cancels"} ${JSON.stringify(shown)}`, async () => {
    const act = isAllowed ? allowTransfer : cancelTransfer;
    await act({ ctx, input: { runId: undo.runId } });
    for (const { planned } of shown)
      count(world.counts.visited, `undo:${isAllowed ? "allowed" : "cancelled"}:${planned}`);
    if (isAllowed) undo.shown = shown;
  });
}

/** When the run that undoes this has ended, where it has. */
export async function endsOf({ database }: World): Promise<Map<string, number>> {
  const rows = await database.raw(
    "select id::text, extract(epoch from finished_at) * 1000 as at from runs where state = 'finished'",
  );
  return new Map(rows.map(({ id, at }) => [String(id), Number(at)]));
}

async function shownBy(world: World, runId: string): Promise<NonNullable<Undo["shown"]>> {
  const rows = await world.database.raw(
    "select to_jsonb(i) as row from run_items i where run_id = $1::uuid order by side, record_id",
    [runId],
  );
  return rows.map(({ row }) => {
    const { record_id: prospectId, planned, changes } = typeof row === "string" ? JSON.parse(row) : row;
    return { prospectId, planned, changes: changes ?? [] };
  });
}

/** What the page of activities offers to undo: values that the sync wrote, or that people changed here. */
async function tellingRows(
  world: World,
): Promise<{ id: number; prospectId: string; side: string; kind: string; at: number }[]> {
  const rows = await world.database.raw(
    `select id::text, prospect_id::text as prospect, side, kind, extract(epoch from at) * 1000 as at from activities
     where side is not null and prospect_id is not null and changes <> '[]' and cause->>'kind' <> 'undo'
       and (kind in ('prospect/edited', 'contact/edited')
         or kind in ('prospect/created', 'contact/created') and cause->>'kind' <> 'member')
     order by id`,
  );
  return rows.map(({ id, prospect, side, kind, at }) => ({
    id: Number(id),
    prospectId: String(prospect),
    side: String(side),
    kind: String(kind),
    at: Number(at),
  }));
}
