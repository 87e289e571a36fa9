import { sides } from "@/sync/side";
import type { Choice, World } from "../world";
import { contactOf, type FinalState } from "./final-state";
import type { Journal } from "./journal";
import { isOnlyPair } from "./pair-acts";

/**
 * What people chose about records: of one that was removed and edited both are gone, or there again; two that were made a
 * pair have been one since; two that are kept apart are none. As long as nobody acts on either of them after that.
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

function apart(
  world: World,
  state: FinalState,
  journal: Journal,
  { recordId, otherId, at }: Choice,
): string[] {
  const ids = [recordId, otherId];
  if (otherId === null || isTouched(world, state, journal, [recordId, otherId], at)) return [];
  // Each of the two has a conflict of its own: what somebody chose later about the other one's counts.
  const isLinkedSince = world.choices.some(
    (one) =>
      one.choice.kind === "link" && one.at > at && ids.includes(one.recordId) && ids.includes(one.otherId),
  );
  if (isLinkedSince) return [];
  const isPair = state.pairs.some(
    ({ prospectId, contactId, since }) =>
      since > at && [prospectId, contactId].every((id) => id === recordId || id === otherId),
  );
  return isPair ? [`${recordId} and ${otherId} were to be kept apart, and were made a pair`] : [];
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
