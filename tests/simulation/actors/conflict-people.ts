import type { ConflictChoice, ConflictKind } from "@/db/schema/conflicts";
import { readConflictsPage } from "@/services/conflicts/read-page";
import { type ConflictAnswer, resolveConflicts } from "@/services/conflicts/resolve-conflicts";
import { resolveMatching } from "@/services/conflicts/resolve-matching";
import { undoResolution } from "@/services/conflicts/undo-resolution";
import type { Ctx } from "@/services/context";
import type { Value } from "@/sync/value";
import { clock } from "../machine/clock";
import { inProcess, newProcess } from "../machine/process";
import type { MappedField } from "../settings";
import { readHubspot, typedInHubspot } from "../values";
import { count, tell, type World } from "../world";
import { asAna } from "./as-ana";

/** An open conflict as somebody saw it. */
type Open = {
  id: string;
  kind: ConflictKind;
  revision: number;
  recordId: string;
  contactId: string | null;
  otherId: string | null;
  field: MappedField | undefined;
  snov: Value;
  hubspot: Value;
  /** Whose choice about it is still to be carried out. */
  chosenBy: string | null;
};

const oneOfTwo = "Of two people who decide one conflict the first one's choice counts";

export type OpenQueue = { open: Open[]; snapshot: string };

/** Ana or Bia decides a conflict, now and then one that says something else by now. */
export async function resolveAConflict(
  world: World,
  which: (open: Open) => boolean = () => true,
): Promise<void> {
  const { random } = world;
  const open = (await openConflicts(world)).filter(which);
  if (!open.length) return;
  const conflict = random.pick(open);
  const seen = random.chance(0.1) ? conflict.revision - 1 : conflict.revision;
  const ctx = aDecider(world);
  const answer = await decide(world, ctx, conflict, choiceFor(world, conflict), seen);
  if (answer?.answer !== "accepted") return;
  if (seen !== conflict.revision)
    world.violations.push({
      invariant: "A choice about what has moved is refused",
      what: `${conflict.id} was decided as it was before`,
    });
  if (conflict.chosenBy && conflict.chosenBy !== ctx.userId)
    world.violations.push({
      invariant: oneOfTwo,
      what: `${conflict.id} was decided by ${ctx.userName} although another one had chosen`,
    });
}

/** Both look at one conflict and decide it, one right after the other. */
export async function resolveAtOnce(world: World): Promise<void> {
  const { random, ctx, colleague } = world;
  const open = (await openConflicts(world)).filter(({ chosenBy }) => chosenBy === null);
  if (!open.length) return;
  const conflict = random.pick(open);
  const [first, second] = random.shuffled([ctx, colleague]);
  if (!first || !second) return;
  const one = await decide(world, first, conflict, choiceFor(world, conflict), conflict.revision);
  const other = await decide(world, second, conflict, choiceFor(world, conflict), conflict.revision);
  // What is not offered at all says so first.
  if (one?.answer !== "accepted" || other?.answer === "invalid") return;
  count(world.counts.visited, "resolved:by_two");
  // A pair that is made, or kept apart, closes its conflict at once.
  const isTold = (other?.answer === "taken" || other?.answer === "closed") && other.by === first.userName;
  if (!isTold)
    world.violations.push({
      invariant: oneOfTwo,
      what: `${conflict.id} was decided by ${first.userName}, and ${second.userName} was told ${JSON.stringify(other)}`,
    });
}

async function decide(
  world: World,
  ctx: Ctx,
  conflict: Open,
  choice: ConflictChoice,
  seen: number,
): Promise<ConflictAnswer | undefined> {
  const { integrationId } = world;
  let given: ConflictAnswer | undefined;
  await asAna(
    world,
    `decides as ${ctx.userName} ${JSON.stringify(choice)} of ${JSON.stringify(conflict)}`,
    async () => {
      const resolutions = [{ conflictId: conflict.id, seen, choice }];
      const { resolutionId, answers } = await resolveConflicts({
        ctx,
        input: { integrationId, resolutions },
      });
      given = answers[0];
      tell(world, "ana", `is answered ${JSON.stringify(given)}`);
      const what = choice.kind === "take" ? `take_${choice.side}` : choice.kind;
      count(world.counts.visited, `resolved:${conflict.kind}:${what}:${given?.answer}`);
      if (given?.answer === "accepted")
        world.choices.push({ at: clock.now ?? 0, resolutionId, ...conflict, choice, by: ctx });
    },
  );
  return given;
}

/** Ana or Bia takes HubSpot's or Snov.io's value for all that is open in one field, now and then in a queue read long ago. */
export async function resolveAField(world: World): Promise<void> {
  const queue = world.queue ?? (await readQueue(world));
  world.queue = world.random.chance(0.3) ? queue : null;
  const open = queue.open.filter(({ kind, field }) => kind === "value" && field);
  if (world.queue || !open.length) return;
  const { field } = world.random.pick(open);
  const [mapping] = await world.database.raw("select id from field_mappings where snov_field = $1", [
    field?.snov ?? "",
  ]);
  const choice = { kind: "take" as const, side: world.random.pick(["snov", "hubspot"] as const) };
  const chosen = open.filter((one) => one.field === field);
  const { integrationId } = world;
  const ctx = aDecider(world);
  await asAna(world, `takes as ${ctx.userName} ${choice.side} for all of ${field?.snov}`, async () => {
    const filter = { kind: "value" as const, mappingId: String(mapping?.id) };
    const input = { integrationId, filter, choice, snapshot: queue.snapshot };
    const { resolutionId, resolved, left } = await resolveMatching({ ctx, input });
    count(world.counts.visited, left ? "resolved:all:but_some" : "resolved:all");
    const taken = await world.database.raw(
      "select id::text, revision from conflicts where resolution_id = $1::uuid",
      [resolutionId],
    );
    const isSeen = (row: (typeof taken)[number]) =>
      chosen.some(({ id, revision }) => id === row.id && revision === Number(row.revision));
    const unseen = taken.filter((row) => !isSeen(row));
    if (taken.length !== resolved || unseen.length)
      world.violations.push({
        invariant: "A choice for all that match decides nothing that was not shown",
        what: `${resolved} were decided, and nobody had seen ${JSON.stringify(unseen)}`,
      });
    for (const conflict of chosen.filter(({ id }) => taken.some((row) => row.id === id)))
      world.choices.push({ at: clock.now ?? 0, resolutionId, ...conflict, choice, by: ctx });
  });
}

export async function undoAChoice(world: World): Promise<void> {
  const last = world.choices.at(-1);
  if (!last) return;
  const { integrationId } = world;
  const ctx = last.by;
  await asAna(world, `takes back ${last.resolutionId}`, async () => {
    const undone = await undoResolution({ ctx, input: { integrationId, resolutionId: last.resolutionId } });
    tell(world, "ana", `is answered ${JSON.stringify(undone)}`);
    for (const [what, times] of Object.entries(undone))
      if (times) count(world.counts.visited, `undone:${what}`);
    const { takenBack, puttingBack, ruled } = undone;
    const kept = undone.kept + ruled;
    if (!takenBack && !puttingBack) return;
    const how = !puttingBack && !kept ? "in_time" : !takenBack && !kept ? "put_back" : "partly";
    for (const choice of world.choices) if (choice.resolutionId === last.resolutionId) choice.takenBack = how;
  });
}

function choiceFor(world: World, { kind, field }: Open): ConflictChoice {
  const { random } = world;
  if (kind === "removed_and_edited") return { kind: random.pick(["remove", "bring_back"] as const) };
  if (!field) return { kind: kind === "same_address" && random.chance(0.5) ? "link" : "apart" };
  const which = random.weighted({ snov: 4, hubspot: 4, value: kind === "value" ? 3 : 0, leave: 1 });
  if (which === "leave") return { kind: "leave" };
  if (which !== "value") return { kind: "take", side: which };
  return { kind: "value", value: readHubspot(field, typedInHubspot(random, field, world.counts.edits)) };
}

function aDecider({ random, ctx, colleague }: World): Ctx {
  return random.pick([ctx, colleague]);
}

/** What is open, with what the page of conflicts gives for it. */
async function readQueue(world: World): Promise<OpenQueue> {
  const { ctx, integrationId } = world;
  const { snapshot } = await inProcess(newProcess("ana"), () =>
    readConflictsPage({ ctx, input: { integrationId } }),
  );
  return { open: await openConflicts(world), snapshot };
}

async function openConflicts({ database, settings }: World): Promise<Open[]> {
  const rows = await database.raw(`
    select jsonb_build_object('id', c.id, 'kind', c.kind, 'revision', c.revision, 'recordId', c.record_id,
      'contactId', l.contact_id, 'otherId', c.other_id, 'field', m.snov_field, 'snov', c.snov_value, 'hubspot', c.hubspot_value,
      'chosenBy', case when c.resolution is not null then c.resolved_by end) as row
    from conflicts c left join field_mappings m on m.id = c.mapping_id left join record_links l on l.id = c.link_id
    where c.closed_at is null order by c.opened_at, c.record_id, c.kind, m.snov_field`);
  return rows.map(({ row }) => {
    const { field, ...open } = typeof row === "string" ? JSON.parse(row) : row;
    return { ...open, field: settings.fields.find(({ snov }) => snov === field) };
  });
}
