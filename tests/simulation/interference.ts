import { editUnderneath } from "./actors/contact-people";
import { interlude } from "./interlude";
import { Crash, type Point, type Process } from "./machine/process";
import { count, tell, type World } from "./world";

/** The connection broke: before a statement, or after a commit that nobody was told of. */
class LostDatabase extends Error {
  code = "CONNECTION_CLOSED";
  constructor(point: string) {
    super(`the connection to the database was lost at ${point}`);
  }
}

/** However deep the driver has wrapped it. */
export function isLostDatabase(error: unknown): boolean {
  return error instanceof LostDatabase || (error instanceof Error && isLostDatabase(error.cause));
}

/** Most of a page reads; it is between its writes that a death leaves something half done. Few pages archive. */
const moreOften = ({ name }: Point) => (name.includes("archive") ? 40 : isWrite(name) ? 8 : 1);
const isWrite = (name: string) =>
  /^call:(PATCH|POST) \/contacts(\/batch\/(create|update|archive)|\/:id)?(:applied)?$|^tx:|^sql:(insert|update|delete)/.test(
    name,
  );

/** What may happen to a process at each point of its course: it dies, the database fails it, or somebody else acts first. */
export function interference(world: World, process: Process): (point: Point) => Promise<void> {
  return async (point) => {
    if (process.dead) throw new Crash("an earlier point");
    count(world.counts.visited, point.name);
    if (point.kind === "call") tell(world, process.name, point.name);
    if (world.quiet || world.calm) return;
    const { crash, interlude: share } = world.settings.trouble;
    const danger = crash * moreOften(point);
    count(world.counts.deathsDue, point.name, danger);
    if (world.random.chance(danger)) {
      process.dead = true;
      world.counts.crashes += 1;
      count(world.counts.crashedAt, point.name);
      tell(world, process.name, `DIES at ${point.name}`);
      throw new Crash(point.name);
    }
    if (point.kind === "sql" && world.random.chance(world.settings.trouble.database)) {
      world.counts.faults += 1;
      count(world.counts.faultKinds, "database");
      tell(world, process.name, `has no answer from the database at ${point.name}`);
      throw new LostDatabase(point.name);
    }
    // Inside a transaction nobody else's act could be told from one before or after it.
    if (point.inTransaction || world.depth > 0) return;
    if (share > 0 && point.name === "call:POST /contacts/batch/update" && world.random.chance(0.15))
      await editUnderneath(world, point.asks ?? "");
    if (!world.random.chance(share)) return;
    world.depth += 1;
    await interlude(world);
    world.depth -= 1;
  };
}
