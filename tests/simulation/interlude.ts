import { doAction, type Weights } from "./actions";
import type { World } from "./world";

const weights: Weights = {
  editContact: 6,
  editProspect: 5,
  deliver: 5,
  page: 4,
  wait: 3,
  createContact: 1,
  createProspect: 1,
  archiveContact: 1,
  trashProspect: 1,
  mergeContacts: 0.7,
  eraseContact: 0.3,
  poll: 0.5,
};

/** Somebody acts while a process is in the middle of something: a person, a notice, time, or a second worker. */
export async function interlude(world: World): Promise<void> {
  await doAction(world, world.random.weighted(weights));
}
