import { answerAFuse, reconnect } from "./actors/admin";
import * as decider from "./actors/conflict-people";
import * as hugo from "./actors/contact-people";
import { deliverSome, loseSome } from "./actors/notices";
import * as ana from "./actors/prospect-people";
import { runLinking, runPage, runPoll } from "./actors/workers";
import { clock } from "./machine/clock";
import { typedInHubspot, typedInSnov } from "./values";
import { tell, type World } from "./world";

const actions = {
  createProspect: (world: World) => ana.createAProspect(world),
  editProspect: ana.editAProspect,
  trashProspect: ana.trashAProspect,
  restoreProspect: ana.restoreAProspect,
  collide,
  createContact: (world: World) => hugo.createAContact(world),
  editContact: hugo.editAContact,
  archiveContact: hugo.archiveAContact,
  restoreContact: hugo.restoreAContact,
  eraseContact: hugo.eraseAContact,
  mergeContacts: hugo.mergeContacts,
  deliver: deliverSome,
  lose: async (world: World) => loseSome(world),
  page: runPage,
  poll: runPoll,
  link: runLinking,
  answerFuse: answerAFuse,
  resolve: decider.resolveAConflict,
  resolveField: decider.resolveAField,
  undoChoice: decider.undoAChoice,
  makeRule: decider.makeARule,
  quarrel,
  takeAway,
  reconnect,
  wait: async (world: World) => pass(world, world.random.pick([400, 2_000, 40_000, 300_000])),
  waitLong: async (world: World) => pass(world, 40 * 60_000),
};
export type Action = keyof typeof actions;
export type Weights = Partial<Record<Action, number>>;

/** What happens at the top of a run, one after another. */
export const usualWeights: Weights = {
  page: 10,
  deliver: 7,
  editProspect: 8,
  editContact: 8,
  collide: 1.5,
  quarrel: 2,
  takeAway: 1.5,
  resolve: 4,
  resolveField: 0.5,
  undoChoice: 1,
  makeRule: 0.2,
  createProspect: 1.5,
  createContact: 1.5,
  trashProspect: 1,
  restoreProspect: 1,
  archiveContact: 1,
  restoreContact: 1,
  eraseContact: 0.4,
  mergeContacts: 0.8,
  lose: 0.7,
  poll: 1,
  link: 1,
  answerFuse: 2,
  reconnect: 1,
  wait: 2,
  waitLong: 0.4,
};

export async function doAction(world: World, action: Action): Promise<void> {
  await actions[action](world);
}

/** Both people give one field of one pair a value of their own, neither having seen the other's. */
async function collide(world: World): Promise<void> {
  const fields = world.settings.fields.filter(({ snov }) => snov !== "email" && snov !== "phone");
  const pair = await aPair(world);
  if (!pair) return;
  const { prospectId, contactId } = pair;
  const field = world.random.pick(fields);
  const number = world.counts.edits;
  await ana.editProspectField(world, prospectId, field.snov, typedInSnov(world.random, field, number));
  await hugo.editContactField(
    world,
    contactId,
    field.hubspot,
    typedInHubspot(world.random, field, number + 1),
  );
}

async function aPair(world: World): Promise<{ prospectId: string; contactId: string } | undefined> {
  const rows = await world.database.raw(
    "select prospect_id, contact_id from record_links order by created_at, id",
  );
  if (!rows.length) return undefined;
  const { prospect_id, contact_id } = world.random.pick([...rows]);
  return { prospectId: String(prospect_id), contactId: String(contact_id) };
}

/** Two people write side by side, a third one decides, and may think better of it. */
async function quarrel(world: World): Promise<void> {
  await runPage(world);
  await collide(world);
  await runPage(world);
  await decider.resolveAConflict(world);
  if (world.random.chance(0.2)) await collide(world);
  await runPage(world);
  if (!world.random.chance(0.4)) return;
  await decider.undoAChoice(world);
  await runPage(world);
}

/** One side removes what both have, and may think better of it before or after that has travelled. */
async function takeAway(world: World): Promise<void> {
  for (let looks = 0; looks < 3; looks += 1) {
    await deliverSome(world);
    await runPage(world);
  }
  const pair = await aPair(world);
  if (!pair) return;
  const isAna = world.random.chance(0.7);
  await (isAna ? ana.trashProspect(world, pair.prospectId) : hugo.archiveAContact(world));
  if (world.random.chance(0.8)) await runPage(world);
  if (world.random.chance(0.3)) await (isAna ? ana.restoreAProspect(world) : hugo.restoreAContact(world));
}

export function pass(world: World, ms: number): void {
  tell(world, "time", `passes ${ms / 1000} s`);
  clock.pass(ms);
}
