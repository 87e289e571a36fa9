import { ServiceError } from "@/services/service-error";
import { clock } from "../machine/clock";
import { inProcess, newProcess } from "../machine/process";
import { tell, type World } from "../world";

/** Ana calls one of the verbs behind the product's pages, which may refuse her. */
export async function asAna(world: World, what: string, verb: () => Promise<unknown>): Promise<void> {
  clock.pass(1);
  world.counts.edits += 1;
  tell(world, "ana", what);
  try {
    await inProcess(newProcess("ana"), verb);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    tell(world, "ana", `is refused: ${error.code} ${error.details.reason ?? ""}`);
  }
  clock.pass(1);
}
