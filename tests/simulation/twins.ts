import { contactMark } from "@/sync/contact-mark";
import { type Action, doAction, pass } from "./actions";
import { answerAFuse, reconnect } from "./actors/admin";
import { deliverAll, deliverSome } from "./actors/notices";
import { runPage } from "./actors/workers";
import { type FinalState, readFinalState } from "./checks/final-state";
import { createFirstPeople } from "./first-people";
import { randomOf } from "./machine/random";
import { drain } from "./quiet";
import type { World } from "./world";

const edits: Partial<Record<Action, number>> = {
  editProspect: 8,
  editContact: 8,
  collide: 2,
  createProspect: 1,
  createContact: 1,
  trashProspect: 1,
  restoreProspect: 0.5,
  archiveContact: 1,
  restoreContact: 0.5,
  mergeContacts: 1,
  eraseContact: 1.5,
};

/**
 * One of two runs with the same people, who do the same things. Only then does HubSpot tell what happened: the first
 * time in order, at once and undisturbed; the other time in pieces, out of order, some of it twice, with pages in between,
 * while calls and statements fail and processes die. Whatever blows a fuse is allowed.
 */
export async function liveAsTwin(world: World, twin: 0 | 1, seed: number): Promise<string[]> {
  world.calm = true;
  await createFirstPeople(world);
  for (let round = 0; round < 2; round += 1) await tellEverything(world);
  for (let at = 0; at < world.settings.actions / 2; at += 1)
    await doAction(world, world.random.weighted(edits));
  if (twin === 1) await inPieces(world, seed);
  world.quiet = true;
  // Leases, pauses and penalties end by themselves.
  pass(world, 61 * 60_000);
  for (let round = 0; round < 3; round += 1) await tellEverything(world);
  return told(await readFinalState(world));
}

async function tellEverything(world: World): Promise<void> {
  await deliverAll(world);
  await drain(world, "continue");
}

async function inPieces(world: World, seed: number): Promise<void> {
  world.random = randomOf(seed + 3 * 2 ** 32);
  world.calm = false;
  for (let tries = 0; world.notices.length && tries < 40; tries += 1) {
    await deliverSome(world, 3);
    if (world.random.chance(0.5)) await runPage(world);
    await reconnect(world);
    await answerAFuse(world, "continue");
    pass(world, world.random.pick([1, 400, 2000, 40_000]));
  }
}

/** Everything that matters of an end, without the names that chance gave. */
function told({ prospects, contacts, links, conflicts, statuses }: FinalState): string[] {
  const nameOf = new Map<string, string>();
  for (const { id, live, emails, fields } of prospects.values())
    nameOf.set(id, `prospect ${live ? "" : "in the trash "}${JSON.stringify([emails, sorted(fields)])}`);
  for (const { id, live, properties } of contacts.values())
    nameOf.set(id, `contact ${live ? "" : "in the bin "}${JSON.stringify(sorted(unmarked(properties)))}`);
  const linkOf = new Map(links.map((link) => [link.id, link]));
  return [
    ...nameOf.values(),
    ...links.map(({ prospectId, contactId }) => `${nameOf.get(prospectId)} IS ${nameOf.get(contactId)}`),
    ...conflicts.map(
      ({ kind, field, linkId }) =>
        `${kind} of ${field.snov}: ${nameOf.get(linkOf.get(linkId)?.prospectId ?? "")}`,
    ),
    ...[...statuses].map(
      ([record, { status, reason }]) => `${nameOf.get(record.split(" ")[1] ?? "")}: ${status} ${reason}`,
    ),
  ].sort();
}

/** Whom a contact carries the id of hangs on how many writes there were. */
function unmarked({ [contactMark.name]: _, ...properties }: Record<string, string>): Record<string, string> {
  return properties;
}

function sorted(fields: Record<string, unknown>): [string, unknown][] {
  return Object.entries(fields)
    .filter(([, value]) => value !== null && value !== "")
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
