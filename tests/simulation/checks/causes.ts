import { otherSide, type Side } from "@/sync/side";
import { type MappedField, mayWrite } from "../settings";
import { asHubspotValue, blank, sameMeaning } from "../values";
import type { World } from "../world";
import { isErased } from "./erased";
import { contactOf, type FinalLink, type FinalState, valuesOf } from "./final-state";
import { entriesOf, type Journal, valueAt } from "./journal";
import { keyOf } from "./kin";
import { isOffered, refusalOf } from "./refusals";
import { undoneRows } from "./undone";

/** Whom a status is about: its own record, and the one it is linked with. */
type About = {
  side: Side;
  id: string;
  status: string;
  detail: Record<string, string>;
  link: FinalLink | undefined;
  prospect: Prospect | undefined;
  contact: Contact | undefined;
};
type Prospect = FinalState["prospects"] extends Map<string, infer P> ? P : never;
type Contact = FinalState["contacts"] extends Map<string, infer C> ? C : never;
type Case = { world: World; state: FinalState; journal: Journal; erased: Set<string>; about: About };

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
    if (!isCompared && (untilCompared.includes(reason ?? "") || isOfMerged(world, state, about))) return [];
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

type Cause = (one: Case) => boolean;
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

function isLone({ about: { prospect, contact } }: Case): boolean {
  return (prospect === undefined) !== (contact === undefined);
}

/** Whether the sync type lets anything come to that side. */
function reaches({ settings }: World, side: Side): boolean {
  return settings.fields.some((field) => field.snov === "email" && mayWrite(settings, field, side));
}

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

/** Somebody chose so, the other one is there, and they would still be taken for one. */
function isKeptApart({ world, state, about: { id, link, prospect, contact } }: Case): boolean {
  return world.choices.some(({ choice, recordId, otherId, takenBack }) => {
    if (choice.kind !== "apart" || takenBack === "in_time" || !otherId) return false;
    if (recordId !== id && (otherId !== id || link)) return false;
    const partnerId = recordId === id ? otherId : recordId;
    const other = state.prospects.get(partnerId) ?? contactOf(world, state, partnerId);
    const own = [...(prospect?.emails ?? []), ...(contact?.emails ?? [])].map(keyOf);
    const isMerged =
      link !== undefined &&
      state.links.some(
        (one) =>
          one.prospectId === otherId &&
          one.id !== link.id &&
          contactOf(world, state, one.contactId)?.id === contactOf(world, state, link.contactId)?.id,
      );
    return other?.live === true && (isMerged || other.emails.some((email) => own.includes(keyOf(email))));
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

/** Somebody discarded a change of it, chose to leave it, or took a change back, and the field is on both sides as it was left then. */
function isLeft({ world, state, about: { link, prospect, contact } }: Case, undone: boolean): boolean {
  if (!link || !prospect || !contact) return false;
  const isAsked = undone
    ? undoneRows(state, { prospectId: prospect.id }).length > 0 ||
      world.undos.some(({ prospectId }) => prospectId === prospect.id)
    : world.fuseReplies.some(({ answer }) => answer === "discard");
  return link.declined.some(({ field, values }) => {
    const now = valuesOf(field, prospect, contact);
    return (
      (isAsked || (!undone && isLeftByChoice(world, prospect.id, field))) &&
      (values.undone === true) === undone &&
      sameMeaning(field, values.snov, now.snov) &&
      sameMeaning(field, values.hubspot, now.hubspot)
    );
  });
}

/** A person who was asked about this field of the record chose to leave both values as they are. */
function isLeftByChoice(world: World, prospectId: string, { snov }: MappedField): boolean {
  return world.choices.some(
    ({ choice, recordId, field, takenBack }) =>
      choice.kind === "leave" && recordId === prospectId && field?.snov === snov && takenBack !== "in_time",
  );
}

/** It differed when it was found on both sides after launch, and nobody has touched it since. */
function isUntouched({ world, state, journal, about: { prospect, contact } }: Case): boolean {
  if (!prospect || !contact) return false;
  const since = state.pairs.find(
    (pair) => pair.prospectId === prospect.id && pair.contactId === contact.id,
  )?.since;
  const { fields } = world.settings;
  const isTouched = fields.some((field) =>
    [
      ...entriesOf(journal, "snov", prospect.id, field),
      ...entriesOf(journal, "hubspot", contact.id, field),
    ].some(({ at }) => since === undefined || at > since),
  );
  return !isTouched && fields.some((field) => !isAlike(field, valuesOf(field, prospect, contact)));
}

/** A choice that the pairs of the mapping do not lead from, or lead to one that HubSpot no longer has. */
function isUnpaired({ world, about: { prospect, contact } }: Case): boolean {
  return world.settings.fields.some((field) => {
    if (!field.map) return false;
    const ours = prospect ? asHubspotValue(field, prospect.fields[field.snov] ?? null) : null;
    const partners = Object.values(field.map);
    const theirs = contact ? valuesOf(field, { fields: {} }, contact).hubspot : null;
    return (
      ours === undefined ||
      [ours].flat().some((one) => !blank(one) && !isOffered(world, field, one)) ||
      [theirs].flat().some((one) => !blank(one) && !partners.includes(String(one)))
    );
  });
}

/** One side has lost its address, and the other one may not be left without. */
function isAddressGone({ world, about: { prospect, contact } }: Case): boolean {
  if (!prospect || !contact) return false;
  const [ours, theirs] = [prospect.emails[0], contact.properties.email];
  return (
    (blank(ours) && !blank(theirs) && reaches(world, "hubspot")) ||
    (blank(theirs) && !blank(ours) && reaches(world, "snov"))
  );
}

/** Another record of the side that is named has the address that this one would get there. */
function isAddressTaken({ state, about: { link, prospect, contact, detail } }: Case): boolean {
  const isOfHubspot = detail.side === "HubSpot";
  const own = isOfHubspot ? contact?.id : link?.prospectId;
  const wanted = isOfHubspot
    ? (prospect?.emails.slice(0, 1) ?? [])
    : (state.prospects.get(link?.prospectId ?? "")?.emails ?? []);
  const others = [...(isOfHubspot ? state.contacts : state.prospects).values()];
  return others.some(
    ({ id, live, emails }) =>
      live && id !== own && emails.some((email) => wanted.map(keyOf).includes(keyOf(email))),
  );
}

/** HubSpot takes no address of somebody whom it has deleted for privacy. */
function isBlocked({ about: { prospect, contact }, erased }: Case): boolean {
  const wanted = keyOf(prospect?.emails[0] ?? "");
  return erased.has(wanted) && wanted !== keyOf(contact?.properties.email ?? "");
}

/** HubSpot would refuse the value of the field that is named. */
function isRefused({ world, state, about: { prospect, contact, detail } }: Case): boolean {
  if (!prospect || !contact) return false;
  return world.settings.fields.some((field) => {
    const label = world.account.properties.all().find(({ name }) => name === field.hubspot)?.label;
    const { snov } = valuesOf(field, prospect, contact);
    return label === detail.field && refusalOf(world, state, field, snov, contact.id) !== undefined;
  });
}

function isAlike(
  field: World["settings"]["fields"][number],
  { snov, hubspot }: ReturnType<typeof valuesOf>,
): boolean {
  const shared = asHubspotValue(field, snov);
  return shared !== undefined && sameMeaning(field, shared, hubspot);
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
