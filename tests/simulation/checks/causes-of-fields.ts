import type { MappedField } from "../settings";
import { asHubspotValue, blank, sameMeaning } from "../values";
import type { World } from "../world";
import { type Case, reaches } from "./cause";
import { valuesOf } from "./final-state";
import { entriesOf } from "./journal";
import { keyOf } from "./kin";
import { isOffered, refusalOf } from "./refusals";
import { undoneRows } from "./undone";

/** Somebody discarded a change of it, chose to leave it, or took a change back, and the field is on both sides as it was left then. */
export function isLeft({ world, state, about: { link, prospect, contact } }: Case, undone: boolean): boolean {
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
export function isUntouched({ world, state, journal, about: { prospect, contact } }: Case): boolean {
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
export function isUnpaired({ world, about: { prospect, contact } }: Case): boolean {
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
export function isAddressGone({ world, about: { prospect, contact } }: Case): boolean {
  if (!prospect || !contact) return false;
  const [ours, theirs] = [prospect.emails[0], contact.properties.email];
  return (
    (blank(ours) && !blank(theirs) && reaches(world, "hubspot")) ||
    (blank(theirs) && !blank(ours) && reaches(world, "snov"))
  );
}

/** Another record of the side that is named has the address that this one would get there. */
export function isAddressTaken({ state, about: { link, prospect, contact, detail } }: Case): boolean {
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
export function isBlocked({ about: { prospect, contact }, erased }: Case): boolean {
  const wanted = keyOf(prospect?.emails[0] ?? "");
  return erased.has(wanted) && wanted !== keyOf(contact?.properties.email ?? "");
}

/** HubSpot would refuse the value of the field that is named. */
export function isRefused({ world, state, about: { prospect, contact, detail } }: Case): boolean {
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
