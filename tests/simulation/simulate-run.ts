import { doAction, usualWeights } from "./actions";
import { checkRun } from "./checks/all";
import { createFirstPeople } from "./first-people";
import { clock } from "./machine/clock";
import { seedIds, unseedIds } from "./machine/ids";
import type { Machine } from "./machine/open-machine";
import { inProcess, newProcess } from "./machine/process";
import { randomOf } from "./machine/random";
import { clearDatabase, launch } from "./prepare";
import { settle } from "./quiet";
import { settingsOf } from "./settings";
import { type Counts, openWorld, startOfTime, tell, type Violation, type World } from "./world";

export type RunResult = {
  seed: number;
  counts: Counts;
  violations: Violation[];
  digest: string;
  trace: string[];
};

/** One seed, one run: the same edits, faults and crashes in the same order, whatever ran before. */
export async function simulateRun(machine: Machine, seed: number): Promise<RunResult> {
  clock.now = startOfTime;
  seedIds(randomOf(seed + 0.5 * 2 ** 32));
  machine.beginRun();
  try {
    return await inProcess(newProcess("world"), () => run(machine, seed));
  } finally {
    clock.now = null;
    unseedIds();
  }
}

async function run(machine: Machine, seed: number): Promise<RunResult> {
  await clearDatabase(machine.database, seed);
  const settings = settingsOf(randomOf(seed + 2 ** 32));
  const world = await launch(openWorld(seed, settings, machine.database), machine.lasting);
  machine.world = world;
  tell(world, "world", JSON.stringify(settings));
  try {
    await live(world);
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
  const rounds = await settle(world, 3);
  await checkRun(world, rounds);
}
