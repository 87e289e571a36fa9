import { doAction, usualWeights } from "./actions";
import { checkRun } from "./checks/all";
import { moreOften } from "./checks/more-often";
import { createFirstPeople } from "./first-people";
import { clock } from "./machine/clock";
import { seedIds, unseedIds } from "./machine/ids";
import type { Machine } from "./machine/open-machine";
import { inProcess, newProcess } from "./machine/process";
import { randomOf } from "./machine/random";
import { clearDatabase, launch } from "./prepare";
import { settle } from "./quiet";
import { drawnSettings, type RunSettings } from "./settings";
import { liveAsTwin } from "./twins";
import { type Counts, openWorld, startOfTime, tell, type Violation, type World } from "./world";

export type RunResult = {
  seed: number;
  counts: Counts;
  violations: Violation[];
  digest: string;
  trace: string[];
};

/** One seed, one run: the same edits, faults and crashes in the same order, whatever ran before. */
export function simulateRun(machine: Machine, seed: number): Promise<RunResult> {
  return inSimulation(machine, seed, drawnSettings(seed), live);
}

/** Order and repetition of notices do not change the result: the same edits, told in two ways. */
export async function simulateTwins(machine: Machine, seed: number): Promise<RunResult> {
  const drawn = drawnSettings(seed);
  const settings = {
    ...drawn,
    lossless: true,
    ...(drawn.marks ? { marks: "kept" as const } : {}),
    // Nobody edits anything while it is told.
    trouble: { ...drawn.trouble, interlude: 0 },
  };
  const ends: string[][] = [];
  const twin = (which: 0 | 1) =>
    inSimulation(machine, seed, settings, async (world) => {
      ends.push(await liveAsTwin(world, which, seed));
    });
  const first = await twin(0);
  const second = await twin(1);
  const [one = [], other = []] = ends;
  const invariant = "Order and repetition of notices do not change the result";
  const violations = [
    ...moreOften(one, other).map((what) => ({ invariant, what: `in order: ${what}` })),
    ...moreOften(other, one).map((what) => ({ invariant, what: `in pieces: ${what}` })),
  ];
  return {
    ...second,
    violations: [...first.violations, ...second.violations, ...violations],
    trace: violations.length ? [...first.trace, "", "The same in pieces:", ...second.trace] : second.trace,
  };
}

async function inSimulation(
  machine: Machine,
  seed: number,
  settings: RunSettings,
  act: (world: World) => Promise<void>,
): Promise<RunResult> {
  clock.now = startOfTime;
  seedIds(randomOf(seed + 0.5 * 2 ** 32));
  try {
    return await inProcess(newProcess("world"), () => run(machine, seed, settings, act));
  } finally {
    clock.now = null;
    unseedIds();
  }
}

async function run(
  machine: Machine,
  seed: number,
  settings: RunSettings,
  act: (world: World) => Promise<void>,
): Promise<RunResult> {
  await clearDatabase(machine.database, seed);
  const world = await launch(openWorld(seed, settings, machine.database), machine.lasting);
  machine.world = world;
  tell(world, "world", JSON.stringify(settings));
  try {
    await act(world);
  } catch (error) {
    world.violations.push({
      invariant: "The line fails only by the errors it names",
      what: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  }
  for (const { invariant, what } of world.violations) tell(world, "VIOLATED", `${invariant}: ${what}`);
  const { counts, violations, trace } = world;
  return { seed, counts, violations, digest: trace.digest(), trace: trace.last(400) };
}

async function live(world: World): Promise<void> {
  await createFirstPeople(world);
  if (!world.settings.lossless && world.random.chance(0.5)) {
    world.notices.length = 0;
    await world.database.raw("delete from pending_records");
  }
  for (let action = 0; action < world.settings.actions; action += 1)
    await doAction(world, world.random.weighted(usualWeights));
  for (let quarrels = world.random.between(0, 2); quarrels > 0; quarrels -= 1)
    await doAction(world, "quarrel");
  for (let undos = world.random.between(0, 2); undos > 0; undos -= 1) await doAction(world, "undoChanges");
  const rounds = await settle(world, 3);
  await checkRun(world, rounds);
}
