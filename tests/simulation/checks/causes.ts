import { otherSide, type Side } from "@/sync/side";
import { sameMeaning } from "../values";
import type { World } from "../world";
import { type About, type Case, type Cause, isLone, reaches } from "./cause";
import {
  isAddressGone,
  isAddressTaken,
  isBlocked,
  isLeft,
  isRefused,
  isUnpaired,
  isUntouched,
} from "./causes-of-fields";
import { isErased } from "./erased";
import { contactOf, type FinalLink, type FinalState } from "./final-state";
import { entriesOf, type Journal, valueAt } from "./journal";
import { keyOf } from "./kin";
import { undoneRows } from "./undone";

/**
 * What only a look can end whose cause lies in another record, or in an hour of HubSpot's: nothing tells of that, and the
 * daily comparison looks.
 */
const untilCompared = ["rejected", "email_taken", "email_rejected", "field_rejected", "not_transferred"];

/**
 * What is said of a record that is not in sync is so, in the world as it is now. `isCompared`: everything has been looked
 * at since the last edit.
 */
export function checkCauses(
  world: World,
  state: FinalState,
  journal: Journal,
  erased: Set<string>,
  isCompared: boolean,
): string[] {
  return [...state.statuses].flatMap(([name, { status, reason, detail }]) => {
    const [side = "snov", id = ""] = name.split(" ") as [Side, string];
    if (status === "in_sync") return [];
    const about = { side, id, status, detail, ...pairOf(world, state, side, id) };
    const isLeftToCompare =
      untilCompared.includes(reason ?? "") ||
      isOfMerged(world, state, about) ||
      isApartFromMerged(world, about);
    if (!isCompared && isLeftToCompare) return [];
    const is = status === "in_conflict" ? isOpen(reason) : (causes[reason ?? ""] ?? never);
    return is({ world, state, journal, erased, about })
      ? []
      : [`${name} is ${status}, ${reason} ${JSON.stringify(detail)}, and there is no such cause (any more)`];
  });
}

/** HubSpot tells of the survivor, and whoever rests under the name of one that was merged away is found by comparing. */
function isOfMerged(world: World, state: FinalState, { link, prospect }: About): boolean {
  if (!link || prospect) return false;
  const survivor = contactOf(world, state, link.contactId)?.id;
  return survivor !== undefined && survivor !== link.contactId;
}

/** A person keeps it apart from a contact that was merged away: once the survivor is gone as well, HubSpot tells of that alone. */
function isApartFromMerged({ choices, account }: World, { id }: About): boolean {
  return choices.some(({ choice, recordId, otherId }) => {
    const survivor =
      choice.kind === "apart" && recordId === id && otherId && account.contacts.get(otherId)?.id;
    return Boolean(survivor) && survivor !== otherId;
  });
}

function pairOf(world: World, state: FinalState, side: Side, id: string) {
  const link = state.links.find((one) =>
    side === "snov"
      ? one.prospectId === id
      : one.contactId === id || contactOf(world, state, one.contactId)?.id === id,
  );
  const prospectId = side === "snov" ? id : link?.prospectId;
  const contactId = side === "hubspot" ? id : link?.contactId;
  const prospect = state.prospects.get(prospectId ?? "");
  const contact = contactId === undefined ? undefined : contactOf(world, state, contactId);
  return {
    link,
    prospect: prospect?.live ? prospect : undefined,
    contact: contact?.live ? contact : undefined,
  };
}

const never: Cause = () => false;

const causes: Record<string, Cause> = {
  no_email: (one) => isLone(one) && reaches(one.world, otherSide(one.about.side)) && !addressOf(one.about),
  direction: (one) => isLone(one) && !one.about.link && !reaches(one.world, otherSide(one.about.side)),
  erased: ({ world, about: { prospect, contact, link }, erased }) =>
    [...(prospect?.emails ?? []), ...(contact?.emails ?? [])].some((email) => erased.has(keyOf(email))) ||
    isErased(world, link?.contactId),
  removed_in_snov: (one) => one.about.contact !== undefined && isKept(one),
  removed_in_hubspot: (one) => one.about.prospect !== undefined && isKept(one),
  kept_apart: isKeptApart,
  undone: (one) => (isLone(one) ? isTakenBack(one) : isLeft(one, true)),
  discarded: (one) => isLeft(one, false),
  not_transferred: isUntouched,
  choice_not_mapped: isUnpaired,
  email_removed: isAddressGone,
  email_taken: isAddressTaken,
  rejected: isBlocked,
  field_rejected: isRefused,
};

function addressOf({ prospect, contact }: About): string | undefined {
  return prospect?.emails[0] ?? contact?.properties.email;
}

/** Its partner was removed, and that does not travel: by the settings, by what somebody discarded, or because it came back alone. */
function isKept(one: Case): boolean {
  const { world, state, about } = one;
  const { link } = about;
  const here = about.prospect ? "snov" : "hubspot";
  if (!isLone(one) || !link) return false;
  const isDiscarded = world.fuseReplies.some(
    ({ at, kind, answer, samples }) =>
      kind === "removals" &&
      answer === "discard" &&
      (samples.some(({ prospectId, contactId }) =>
        here === "snov" ? prospectId === link.prospectId : contactId === link.contactId,
      ) ||
        wasRemovedBefore(one, here, link, at)),
  );
  const cameBack =
    here === "snov"
      ? state.restored.some(({ prospectId }) => prospectId === link.prospectId)
      : world.contacts.changes.some(
          ({ contactId, kind }) => contactId === link.contactId && kind === "restored",
        );
  return (
    world.settings.removals === "keep" ||
    isDiscarded ||
    !reaches(world, here) ||
    (cameBack && !reaches(world, otherSide(here)))
  );
}

/** What was removed between the question and its answer, the answer is about as well. */
function wasRemovedBefore({ world, state }: Case, here: Side, link: FinalLink, at: number): boolean {
  const removals =
    here === "snov"
      ? world.contacts.changes.filter(
          ({ contactId, kind, by }) =>
            contactId === link.contactId && ["archived", "vanished"].includes(kind) && by !== "app",
        )
      : state.trashedByPeople.filter(({ prospectId }) => prospectId === link.prospectId);
  return removals.some((removal) => removal.at <= at);
}

/** Somebody chose so, the other one is there, or the contact that went into the other one's, and they would still be taken for one. */
function isKeptApart({ world, state, about: { id, link, prospect, contact } }: Case): boolean {
  const isIt = (one: string | null) =>
    one !== null &&
    (one === id || (contact !== undefined && contactOf(world, state, one)?.id === contact.id));
  const own = [...(prospect?.emails ?? []), ...(contact?.emails ?? [])].map(keyOf);
  return world.choices.some(({ choice, recordId, otherId, contactId, takenBack }) => {
    if (choice.kind !== "apart" || takenBack === "in_time" || !otherId) return false;
    const isTheirs = !link && (isIt(otherId) || isIt(contactId));
    const others = isIt(recordId) ? [otherId, contactId ?? ""] : isTheirs ? [recordId] : [];
    return others.some((one) => {
      const other = state.prospects.get(one) ?? contactOf(world, state, one);
      return other?.live === true && other.emails.some((email) => own.includes(keyOf(email)));
    });
  });
}

/** The partner that an undo took back is missing, and the other one is as it was then. */
function isTakenBack({ state, journal, world, about: { link, prospect } }: Case): boolean {
  if (!link) return false;
  const { prospectId, contactId } = link;
  const kind = prospect ? "contact/archived" : "prospect/trashed";
  const last = undoneRows(state, { prospectId, kind }).at(-1);
  const [side, id] = prospect ? (["snov", prospectId] as const) : (["hubspot", contactId] as const);
  return (
    last !== undefined &&
    world.settings.fields.every((field) => {
      const entries = entriesOf(journal, side, id, field);
      return sameMeaning(field, valueAt(entries, last.at), entries.at(-1)?.value ?? null);
    })
  );
}

/** A question of this kind waits for a person; null where it is about values. */
function isOpen(reason: string | null): Cause {
  return ({ state, about: { side, id, link } }) =>
    state.disputes.some(
      ({ kind, ...open }) =>
        kind === (reason ?? "value") &&
        ((open.side === side && open.id === id) || (link !== undefined && open.linkId === link.id)),
    );
}
