import { RemoteError } from "@/connectors/hubspot/remote-error";
import { linkExistingPage } from "@/services/sync/link-existing";
import { LostRace } from "@/services/sync/lost-race";
import { pollContacts } from "@/services/sync/poll-contacts";
import { reconcilePage } from "@/services/sync/reconcile-page";
import { workTransfer } from "@/services/transfers/work-transfer";
import { checkAfterDeath, markActs } from "../checks/after-death";
import { checkSettled } from "../checks/settled";
import { interference, isLostDatabase } from "../interference";
import { clock } from "../machine/clock";
import { inProcess, newProcess, type Process } from "../machine/process";
import { count, tell, type World } from "../world";
import { editContactField } from "./contact-people";

/** One page of the engine; what it throws is what the job runner would try again. */
export async function runPage(world: World): Promise<void> {
  const pending = await pendingRows(world);
  const since = await markActs(world);
  const own = ++world.counts.pages;
  const { edits, faults } = world.counts;
  const created = world.creations.length;
  const { process, failure } = await work(world, (deps) => reconcilePage(deps, world.integrationId));
  if (process.dead)
    for (const what of await checkAfterDeath(world, { worker: process.name, since, pending }))
      world.violations.push({ invariant: "A crash leaves work to repeat, never a gap", what });
  if (failure && isBug(failure)) throw failure;
  if (process.dead || failure) await renameUnlearned(world, world.creations.slice(created));
  const disturbed = edits !== world.counts.edits || faults !== world.counts.faults;
  if (failure || disturbed || process.dead || world.counts.pages !== own) return;
  const left = new Set(await pendingRows(world));
  const settled = new Set(pending.filter((row) => !left.has(row)));
  for (const what of await checkSettled(world, settled))
    world.violations.push({ invariant: "What is called in sync was agreed on", what });
}

/** Where contacts carry whose they are: Hugo likes to rename one of which nobody here has learned yet. */
async function renameUnlearned(world: World, creations: World["creations"]): Promise<void> {
  const { settings, random, account, quiet } = world;
  const ids = creations.map(({ created }) => created).filter((id) => account.contacts.live(id)?.id === id);
  if (settings.marks !== "edited" || quiet || !ids.length || random.chance(0.4)) return;
  count(world.counts.visited, "renamed:unlearned");
  await editContactField(world, random.pick(ids), "email", `renamed${world.counts.edits}@people.example`);
}

export async function runPoll(world: World): Promise<void> {
  const { failure } = await work(world, (deps) => pollContacts(deps, world.integrationId));
  if (failure && isBug(failure)) throw failure;
}

/** Pairs what existed before the launch, until nothing is left. */
export async function runLinking(world: World): Promise<void> {
  const { failure } = await work(world, (deps) => linkExistingPage(deps, world.integrationId));
  if (failure && isBug(failure)) throw failure;
}

/** One step of the run that is open, as the job takes them one after another. */
export async function runStep(world: World): Promise<void> {
  const runId = await openRun(world);
  if (!runId) return;
  const { failure } = await work(world, (deps) => workTransfer(deps, runId));
  if (failure && isBug(failure)) throw failure;
}

/** A run, or its preview, that has something to do. */
export async function openRun({ database }: World): Promise<string | undefined> {
  const [row] = await database.raw(
    "select id::text from runs where finished_at is null and state in ('previewing', 'running')",
  );
  return row && String(row.id);
}

async function work(
  world: World,
  task: (deps: World["ctx"]) => Promise<unknown>,
): Promise<{ process: Process; failure: unknown }> {
  clock.pass(1);
  const worker = newProcess(world.depth ? "worker 2" : "worker 1");
  worker.at = interference(world, worker);
  const turn = {
    from: clock.now ?? 0,
    to: Number.POSITIVE_INFINITY,
    isDone: false,
    disturbed: false,
    again: false,
  };
  const { faults } = world.counts;
  world.turns.push(turn);
  let failure: unknown;
  try {
    const result = await inProcess(worker, () => task(world.ctx));
    turn.again = goesRound(result);
    tell(world, worker.name, `is done ${JSON.stringify(result)}`);
  } catch (error) {
    failure = error;
    tell(world, worker.name, worker.dead ? "is dead" : `fails: ${nameOf(error)}`);
  }
  await inProcess(worker, () => worker.gate.idle());
  turn.to = clock.now ?? 0;
  turn.isDone = !worker.dead && failure === undefined;
  turn.disturbed = !turn.isDone || faults !== world.counts.faults;
  clock.pass(1);
  return { process: worker, failure: worker.dead ? undefined : failure };
}

function goesRound(result: unknown): boolean {
  return typeof result === "object" && result !== null && "again" in result && Number(result.again) > 0;
}

async function pendingRows({ database }: World): Promise<string[]> {
  const rows = await database.raw("select side, record_id from pending_records order by id");
  return rows.map(({ side, record_id }) => `${side} ${record_id}`);
}

/** Foreseen are what HubSpot answers, a database that does not answer, and a race that somebody else won. */
function isBug(error: unknown): boolean {
  return !(error instanceof RemoteError || error instanceof LostRace || isLostDatabase(error));
}

function nameOf(error: unknown): string {
  if (error instanceof RemoteError) return `${error.kind} ${error.message}`;
  const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : "";
  const message = error instanceof Error ? error.message.split("\n")[0] : String(error);
  return `${message}${cause}`.slice(0, 300);
}
