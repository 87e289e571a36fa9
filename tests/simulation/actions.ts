import { type Side, sides } from "@/sync/side";
import { answerAFuse, reconnect } from "./actors/admin";
import * as decider from "./actors/conflict-people";
import * as hugo from "./actors/contact-people";
import { deliverSome, loseSome } from "./actors/notices";
import * as ana from "./actors/prospect-people";
import { makeARule } from "./actors/rule-people";
import { allowAnUndo, askForAnUndo } from "./actors/undo-people";
import { openRun, runLinking, runPage, runPoll, runStep } from "./actors/workers";
import { clock } from "./machine/clock";
import { type MappedField, mayWrite, policyOf } from "./settings";
import { typedInHubspot, typedInSnov } from "./values";
import { tell, type World } from "./world";

const actions = {
  createProspect: (world: World) => ana.createAProspect(world),
  editProspect: ana.editAProspect,
  trashProspect: ana.trashAProspect,
  restoreProspect: ana.restoreAProspect,
  collide: (world: World) => collide(world),
  createContact: (world: World) => hugo.createAContact(world),
  editContact: hugo.editAContact,
  archiveContact: hugo.archiveAContact,
  restoreContact: hugo.restoreAContact,
  eraseContact: hugo.eraseAContact,
  mergeContacts: hugo.mergeContacts,
  deliver: (world: World) => deliverSome(world),
  lose: async (world: World) => loseSome(world),
  page: runPage,
  poll: runPoll,
  link: runLinking,
  answerFuse: answerAFuse,
  resolve: (world: World) => decider.resolveAConflict(world),
  resolveField: decider.resolveAField,
  resolveAtOnce: decider.resolveAtOnce,
  undoChoice: decider.undoAChoice,
  makeRule: makeARule,
  undoChanges,
  askForUndo: (world: World) => askForAnUndo(world),
  allowUndo: allowAnUndo,
  step: runStep,
  quarrel,
  namesakes,
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
  namesakes: 0.5,
  takeAway: 1.5,
  resolve: 4,
  resolveField: 0.5,
  resolveAtOnce: 0.7,
  undoChoice: 1,
  makeRule: 0.3,
  undoChanges: 1,
  askForUndo: 0.7,
  allowUndo: 1,
  step: 2,
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

type Place = { prospectId: string; contactId: string; field: MappedField };

/** Both people give one field of one pair a value of their own, neither having seen the other's. */
async function collide(world: World, place?: Place): Promise<void> {
  const at = place ?? (await aPlace(world));
  if (!at) return;
  await writeOn(world, "snov", at);
  await writeOn(world, "hubspot", at);
}

async function writeOn(world: World, side: Side, { prospectId, contactId, field }: Place): Promise<void> {
  const { random, counts } = world;
  await (side === "snov"
    ? ana.editProspectField(world, prospectId, field.snov, typedInSnov(random, field, counts.edits))
    : hugo.editContactField(world, contactId, field.hubspot, typedInHubspot(random, field, counts.edits)));
}

/** A field of a pair; one of those that `suit`, where there are any. */
async function aPlace(
  world: World,
  suit: (field: MappedField) => boolean = () => true,
): Promise<Place | undefined> {
  const pair = await aPair(world);
  const fields = world.settings.fields.filter(isOneValue);
  const suitable = fields.filter(suit);
  return pair && { ...pair, field: world.random.pick(suitable.length ? suitable : fields) };
}

/** The others are lists in Snov.io. */
function isOneValue({ snov }: World["settings"]["fields"][number]): boolean {
  return snov !== "email" && snov !== "phone";
}

async function aPair(world: World): Promise<{ prospectId: string; contactId: string } | undefined> {
  const rows = await world.database.raw(
    "select prospect_id, contact_id from record_links order by created_at, id",
  );
  if (!rows.length) return undefined;
  const { prospect_id, contact_id } = world.random.pick([...rows]);
  return { prospectId: String(prospect_id), contactId: String(contact_id) };
}

/** Two people write side by side, a third one decides, and may think better of it, or come too late. */
async function quarrel(world: World): Promise<void> {
  const { random, settings } = world;
  await comeToRest(world);
  const isAsked = (field: MappedField) =>
    policyOf(settings, field) === "ask" && sides.every((side) => mayWrite(settings, field, side));
  const place = await aPlace(world, random.chance(0.8) ? isAsked : undefined);
  await collide(world, place);
  await comeToRest(world);
  if (random.chance(0.2)) await makeARule(world);
  await doAction(world, random.weighted({ resolveAtOnce: 2, resolveField: 2, resolve: 6 }));
  if (place && random.chance(0.25)) await writeOn(world, random.pick(sides), place);
  if (random.chance(0.15)) await decider.undoAChoice(world);
  await runPage(world);
  if (!random.chance(0.35)) return;
  await decider.undoAChoice(world);
  await runPage(world);
}

/** Somebody is there twice, under addresses that are second ones here: a person says who is who. */
async function namesakes(world: World): Promise<void> {
  const emails = ["own", "one", "other"].map((name) => `${name}${world.counts.edits}@people.example`);
  await ana.createAProspect(world, { emails, first_name: "Namesake" });
  for (const email of emails.slice(1)) await hugo.createAContact(world, { email, firstname: "Namesake" });
  await comeToRest(world);
  await decider.resolveAConflict(world, ({ kind }) => kind === "same_address");
  await runPage(world);
}

/** Somebody takes back what was written, most often what has just been brought over, while others go on. */
async function undoChanges(world: World): Promise<void> {
  const { random } = world;
  await comeToRest(world);
  const place = random.chance(0.7) ? await aPlace(world) : undefined;
  if (place) {
    await writeOn(world, "snov", place);
    if (random.chance(0.9)) await comeToRest(world);
  }
  await askForAnUndo(world, place?.prospectId);
  world.calm = random.chance(0.6);
  await steps(world);
  world.calm = false;
  if (random.chance(0.3))
    await doAction(world, random.pick(["editProspect", "editContact", "collide"] as const));
  if (random.chance(0.3)) await runPage(world);
  await allowAnUndo(world);
  await steps(world);
}

/** Somebody sees to what has stopped the line, and it goes on for a while, most often undisturbed. */
async function comeToRest(world: World): Promise<void> {
  world.calm = world.random.chance(0.85);
  await goOn(world);
  world.calm = false;
}

async function goOn(world: World): Promise<void> {
  for (let page = 0; page < 3; page += 1) {
    await reconnect(world);
    await answerAFuse(world);
    await runPage(world);
    const [row] = await world.database.raw("select count(*)::int as left from pending_records");
    if (!row?.left) return;
    pass(world, 31_000);
  }
}

/** Until nothing of the run is left to do, or somebody has other things to do. */
async function steps(world: World): Promise<void> {
  for (let step = 0; step < 5 && (await openRun(world)); step += 1) {
    await runStep(world);
    pass(world, step < 2 ? 1_000 : 31_000);
  }
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
