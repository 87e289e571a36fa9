import { sides } from "@/sync/side";
import type { Choice, World } from "../world";
import { contactOf, type FinalState } from "./final-state";
import { type Journal, sameContact } from "./journal";
import { isOnlyPair, lookBefore } from "./pair-acts";

/**
 * What people chose about records: of one that was removed and edited both are gone, or there again, as long as nobody acts
 * on either of them after that; two that were made a pair have been one since; two that are kept apart are none.
 */
export async function checkRecordChoices(
  world: World,
  state: FinalState,
  journal: Journal,
): Promise<string[]> {
  const rows = await world.database.raw(
    "select id::text, outcome from conflicts where closed_at is not null",
  );
  const closedAs = new Map(rows.map(({ id, outcome }) => [String(id), outcome]));
  return world.choices.flatMap((made, place) => {
    const isLast = !world.choices.slice(place + 1).some(({ id }) => id === made.id);
    if (made.field || made.takenBack || !isLast) return [];
    switch (made.choice.kind) {
      case "remove":
      case "bring_back":
        return closedAs.get(made.id) === "applied" ? removal(world, state, journal, made) : [];
      case "link":
        return linked(state, made);
      default:
        return apart(world, state, journal, made);
    }
  });
}

function removal(world: World, state: FinalState, journal: Journal, made: Choice): string[] {
  const { recordId: prospectId, contactId, choice, at } = made;
  if (contactId === null) return [];
  if (!isOnlyPair(world, state, { prospectId, contactId }, at) && choice.kind === "remove") return [];
  // Brought back in HubSpot it is another contact.
  const contactIds = [
    contactId,
    ...state.pairs.filter((pair) => pair.prospectId === prospectId).map((pair) => pair.contactId),
  ];
  if (isTouched(world, state, journal, [prospectId, ...contactIds], at)) return [];
  const isThere = {
    snov: state.prospects.get(prospectId)?.live === true,
    hubspot: contactIds.some((id) => contactOf(world, state, id)?.live === true),
  };
  const wanted = choice.kind === "bring_back";
  const isReplaced = wanted && state.statuses.get(`snov ${prospectId}`)?.status === "failing";
  return isReplaced
    ? []
    : sides
        .filter((side) => isThere[side] !== wanted)
        .map(
          (side) =>
            `${choice.kind} was chosen for prospect ${prospectId} and ${contactId}, and in ${side} it is ${isThere[side] ? "there" : "gone"}`,
        );
}

function linked({ pairs }: FinalState, { recordId, otherId, at }: Choice): string[] {
  const isPair = pairs.some(
    ({ prospectId, contactId, since }) =>
      since <= at && [prospectId, contactId].every((id) => id === recordId || id === otherId),
  );
  return isPair ? [] : [`${recordId} and ${otherId} were to be a pair, and never were`];
}

/**
 * Nobody's act but another address of the record ends it, or a choice to make the two a pair. Two prospects are kept apart over
 * the contact of the one, which was merged into the other's: it is given that contact no more, nor removed with it.
 */
function apart(world: World, state: FinalState, journal: Journal, made: Choice): string[] {
  const { recordId, otherId, at } = made;
  const isMerged = state.prospects.has(recordId) && state.prospects.has(otherId ?? "");
  const prospectId = state.prospects.has(recordId) ? recordId : otherId;
  const contactId = isMerged ? made.contactId : prospectId === recordId ? otherId : recordId;
  // Each of the two has a conflict of its own: what somebody chose later about the other one's counts.
  const ids = [recordId, otherId];
  const isLinkedSince = world.choices.some(
    (one) =>
      one.choice.kind === "link" && one.at > at && ids.includes(one.recordId) && ids.includes(one.otherId),
  );
  if (otherId === null || contactId === null || isLinkedSince) return [];
  // What was planned by a page that had begun before the choice knew nothing of it.
  const stands = (until: number) =>
    lookBefore(world, until) > at && !hasOtherAddress(world, journal, recordId, at, until);
  const own = state.pairs.filter((pair) => pair.prospectId === prospectId);
  const isTheirs = (pair: FinalState["pairs"][number]) =>
    pair.contactId === contactId ||
    (isMerged
      ? isMergedBy(world, pair.contactId, contactId, at)
      : isMergedBy(world, pair.contactId, contactId, pair.since) &&
        !own.some((one) => one !== pair && sameContact(world, one.contactId, contactId)));
  const paired = own.find((pair) => stands(pair.since) && isTheirs(pair));
  const isAlone = !own.some(({ since }) => since > at);
  const removed = state.trashed.some((one) => one.prospectId === prospectId && stands(one.at));
  const told = `${recordId} and ${otherId} were to be kept apart`;
  return [
    ...(paired ? [`${told}, and ${prospectId} was made a pair with ${paired.contactId}`] : []),
    ...(isMerged && isAlone && removed ? [`${told}, and ${prospectId} was removed`] : []),
  ];
}

/** The two were one contact then already, and no other one has come to it since. */
function isMergedBy(world: World, one: string, other: string, at: number): boolean {
  const isSame = (id: string) => sameContact(world, id, other);
  const isMergedSince = world.contacts.changes.some(
    ({ kind, contactId, at: when }) => kind === "vanished" && when > at && isSame(contactId),
  );
  return isSame(one) && !isMergedSince;
}

/** Also where we gave it to the record: from a partner that it had meanwhile. */
function hasOtherAddress(world: World, journal: Journal, id: string, since: number, until: number): boolean {
  const keys = [`snov ${id} email`, `hubspot ${id} email`, `hubspot ${id} hs_additional_emails`];
  const isWithin = ({ at }: { at: number }) => at > since && at < until;
  const isMerged = world.contacts.changes.some(
    (one) => one.contactId === id && one.kind === "vanished" && isWithin(one),
  );
  return isMerged || keys.some((key) => journal.get(key)?.some(isWithin));
}

/** Anybody did anything to one of these records. */
function isTouched(
  world: World,
  { restored, trashedByPeople }: FinalState,
  journal: Journal,
  ids: string[],
  at: number,
): boolean {
  const isLater = (one: { at: number }) => one.at > at;
  const isByPerson = ({ by }: { by: string }) => by !== "app";
  return (
    world.contacts.changes.some((one) => ids.includes(one.contactId) && isByPerson(one) && isLater(one)) ||
    restored.some((one) => ids.includes(one.prospectId) && isLater(one)) ||
    [...journal].some(
      ([key, entries]) =>
        ids.includes(key.split(" ")[1] ?? "") && entries.some((one) => isByPerson(one) && isLater(one)),
    ) ||
    trashedByPeople.some((one) => ids.includes(one.prospectId) && isLater(one)) ||
    world.undos.some(({ prospectId, askedAt }) => ids.includes(prospectId) && askedAt > at)
  );
}
