import type { World } from "../world";
import { checkCalledEqual } from "./called-equal";
import { checkCauses } from "./causes";
import { checkChoices } from "./choices";
import { checkConvergence } from "./convergence";
import { checkDiscards } from "./discards";
import { checkDisputes } from "./disputes";
import { checkErased, checkForgotten, erasedKeys } from "./erased";
import { readFinalState } from "./final-state";
import { checkHarm } from "./harm";
import { checkIdentity } from "./identity";
import { readJournal } from "./journal";
import { checkMarks } from "./marks";
import { checkNoticedAgain } from "./noticed-again";
import { checkOverwritten } from "./overwritten";
import { checkRecordChoices } from "./record-choices";
import { checkRepeat } from "./repeat";
import { checkRules } from "./rules";
import { checkTwoPeople } from "./two-people";
import { checkUndos } from "./undos";
import { checkReach, checkWrites } from "./writes";

const converged = "Once edits stop, both sides agree on every mapped field, or an open conflict says why";
const said = "What is said of a record is so";

/** The invariants of the engine, in their words; each check gives one sentence for every breach. */
export async function checkRun(world: World, rounds: number | null): Promise<void> {
  const state = await readFinalState(world);
  const journal = await readJournal(world);
  const hold = (invariant: string, breaches: string[]) => {
    for (const what of breaches) world.violations.push({ invariant, what });
  };
  const isCompared = !world.settings.lossless;
  const erased = await erasedKeys(world, state);
  hold(converged, [
    ...(rounds === null ? ["not within 3 quiet rounds"] : []),
    ...checkConvergence(world, state, journal, isCompared),
  ]);
  hold(said, checkCauses(world, state, journal, erased, isCompared));
  hold(said, isCompared ? checkDisputes(world, state, journal) : []);
  hold(said, isCompared ? checkCalledEqual(world, state) : []);
  hold("No person's value disappears without a policy, a resolution or an activity row that holds it", [
    ...checkOverwritten(world, state, journal),
  ]);
  hold("A person's choice about unmoved values is what both sides have, until somebody edits them", [
    ...(await checkChoices(world, state, journal)),
    ...(await checkRecordChoices(world, state, journal)),
  ]);
  hold("What a rule was said to settle it settles", await checkRules(world, state, journal));
  hold("An undo takes back what it said, and nothing that was touched since", [
    ...(await checkUndos(world, state, journal)),
  ]);
  hold("A person is asked only where two people wrote", checkTwoPeople(world, state, journal));
  hold("Nothing that was noticed is forgotten", await checkNoticedAgain(world));
  hold("An erased address stays erased", await checkErased(world, state));
  hold("Erased is forgotten", await checkForgotten(world));
  hold("A fuse stops the integration before harm", checkHarm(world, state, journal));
  hold("What a person discarded is not done", await checkDiscards(world, state, journal));
  hold("Our own write coming back plans nothing", checkWrites(world, state, journal));
  hold(
    "One e-mail address never gives two records on one side, and a deleted record does not come back by itself",
    await checkIdentity(world, state),
  );
  hold("Unmapped fields are never written; constants never flow back; direction is never widened", [
    ...checkReach(world, journal),
    ...checkMarks(world, state),
  ]);
  hold("Planning again after applying plans nothing", await checkRepeat(world));
  if (isCompared) return;
  // Where nothing was lost nobody had looked at everything before that.
  const [compared, told] = [await readFinalState(world), await readJournal(world)];
  hold(converged, checkConvergence(world, compared, told, true));
  hold(said, checkCauses(world, compared, told, erased, true));
  hold(said, checkDisputes(world, compared, told));
  hold(said, checkCalledEqual(world, compared));
}
