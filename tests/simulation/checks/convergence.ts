import { type Both, sides } from "@/sync/side";
import type { Value } from "@/sync/value";
import { type MappedField, mayWrite } from "../settings";
import { asHubspotValue, blank, readHubspot, sameMeaning } from "../values";
import type { Undo, World } from "../world";
import { contactOf, type FinalLink, type FinalState, valuesOf } from "./final-state";
import { entriesOf, type Journal, lastWriter } from "./journal";
import { refusalOf } from "./refusals";
import { isUndone } from "./undone";

/** Once edits stop, both sides agree on every mapped field, or an open conflict (or a status) says why. */
export function checkConvergence(
  world: World,
  state: FinalState,
  journal: Journal,
  isCompared: boolean,
): string[] {
  return [...unsettled(state), ...pairsApart(world, state, journal, isCompared), ...alone(world, state)];
}

function unsettled({ pending }: FinalState): string[] {
  return pending.length ? [`still pending: ${pending.join(", ")}`] : [];
}

function pairsApart(world: World, state: FinalState, journal: Journal, isCompared: boolean): string[] {
  return state.links.flatMap((link) => {
    const prospect = state.prospects.get(link.prospectId);
    const contact = contactOf(world, state, link.contactId);
    const status = state.statuses.get(`snov ${link.prospectId}`);
    const [here, there] = [prospect?.live === true, contact?.live === true];
    if (!prospect || !contact || !here || !there)
      return here === there ||
        status?.status === "excluded" ||
        disputedOf(state, link) ||
        status?.status === "failing"
        ? []
        : [`pair ${link.prospectId} ${link.contactId} has lost a side, and its status is ${show(status)}`];
    if (disputedOf(state, link)) return [];
    return world.settings.fields.flatMap((field) => {
      const values = valuesOf(field, prospect, contact);
      const shared = asHubspotValue(field, values.snov);
      const isOpen = state.conflicts.some(
        (open) => open.linkId === link.id && open.field === field && open.kind === "value",
      );
      if (shared !== undefined && sameMeaning(field, shared, values.hubspot))
        return isOpen
          ? [`${field.snov} of ${prospect.id} is the same on both sides, and its conflict is still open`]
          : [];
      const excuse =
        conflictSays(state, link.id, field, values) ??
        statusSays(status, field, values, isCompared) ??
        refusedSays(world, state, contact.id, status, field, values) ??
        discardedSays(world, state, link, status, field, values) ??
        oneWaySays(world, state, journal, field, prospect.id, contact.id);
      return excuse
        ? []
        : [
            `${field.snov} of ${prospect.id} is ${show(values.snov)}, ${field.hubspot} of ${contact.id} is ` +
              `${show(values.hubspot)}, base ${show(link.base)}, status ${show(status)}`,
          ];
    });
  });
}

function disputedOf(
  { disputed }: FinalState,
  { prospectId, contactId }: { prospectId: string; contactId: string },
): boolean {
  return disputed.has(`snov ${prospectId}`) || disputed.has(`hubspot ${contactId}`);
}

/** It has to speak of the values that are there now. */
function conflictSays(
  state: FinalState,
  linkId: string,
  field: MappedField,
  values: Both<Value>,
): string | undefined {
  const conflict = state.conflicts.find((open) => open.linkId === linkId && open.field === field);
  if (!conflict) return undefined;
  if (conflict.kind !== "value") return conflict.kind;
  return areStill(field, conflict, values) ? "conflict" : undefined;
}

function areStill(field: MappedField, then: Both<Value>, now: Both<Value>): boolean {
  return sameMeaning(field, then.snov, now.snov) && sameMeaning(field, then.hubspot, now.hubspot);
}

/** Reasons that hold a whole record back: that they are so `checkCauses` sees to. */
const ofRecord = ["email_taken", "rejected", "not_transferred", "erased", "kept_apart"];
/** HubSpot may have refused it in a bad hour, of which nothing tells: the next look is the comparison's. */
const untilCompared = ["field_rejected"];

function statusSays(
  status: { status: string; reason: string | null } | undefined,
  field: MappedField,
  values: { snov: unknown; hubspot: unknown },
  isCompared: boolean,
): string | undefined {
  if (!status || status.status === "in_sync") return undefined;
  const known = isCompared ? ofRecord : [...ofRecord, ...untilCompared];
  if (status.reason && known.includes(status.reason)) return status.reason;
  const said = (reason: string) => status.reason === reason || status.status === "in_conflict";
  if (field.snov === "email" && (blank(values.snov as null) || blank(values.hubspot as null)))
    return said("email_removed") || said("choice_not_mapped") ? "email_removed" : undefined;
  const unpaired =
    field.map &&
    (asHubspotValue(field, values.snov as null) === undefined ||
      [values.hubspot]
        .flat()
        .some((choice) => choice !== null && !Object.values(field.map ?? {}).includes(String(choice))));
  return unpaired && (said("choice_not_mapped") || said("email_removed")) ? "choice_not_mapped" : undefined;
}

/** HubSpot would refuse it; and the record, which may have a conflict as well, does not claim to be in sync. */
function refusedSays(
  world: World,
  state: FinalState,
  contactId: string,
  status: { status: string } | undefined,
  field: MappedField,
  { snov }: Both<Value>,
): string | undefined {
  const isSaid = status && status.status !== "in_sync";
  return isSaid ? refusalOf(world, state, field, snov, contactId) : undefined;
}

/** A person discarded this very difference, or left it by taking something back, and the record does not claim to be in sync. */
function discardedSays(
  world: World,
  state: FinalState,
  { declined, prospectId, contactId }: FinalLink,
  status: { status: string } | undefined,
  field: MappedField,
  values: Both<Value>,
): string | undefined {
  const same = declined.find((one) => one.field === field && areStill(field, one.values, values));
  const isAsked =
    !same?.values.undone ||
    sides.some((side) => isUndone(state, { prospectId, side, field: field[side] })) ||
    world.undos.some((undo) => undo.prospectId === prospectId && isMet(world, undo, contactId, field));
  return same && isAsked && status && status.status !== "in_sync" ? "discarded" : undefined;
}

/** Somebody gave the property the very value of which an undo had said that it comes back: what it wrote changed nothing. */
function isMet(
  { idleWrites }: World,
  { askedAt, shown }: Undo,
  contactId: string,
  field: MappedField,
): boolean {
  const changes = (shown ?? []).flatMap((one) => one.changes);
  return idleWrites.some(
    (one) =>
      one.contactId === contactId &&
      one.property === field.hubspot &&
      one.at > askedAt &&
      changes.some(
        ({ side, field: shownField, after }) =>
          side === "hubspot" &&
          shownField === field.hubspot &&
          sameMeaning(field, after, readHubspot(field, one.value)),
      ),
  );
}

/**
 * The side that only receives keeps what a person typed there, and what a policy preferred when the two first met, until
 * the source is edited again; also where a person chose to keep it.
 */
function oneWaySays(
  world: World,
  { pairs }: FinalState,
  journal: Journal,
  field: MappedField,
  prospectId: string,
  contactId: string,
): string | undefined {
  const [snov, hubspot] = [
    mayWrite(world.settings, field, "snov"),
    mayWrite(world.settings, field, "hubspot"),
  ];
  if (snov && hubspot) return undefined;
  if (!snov && !hubspot) return "no direction";
  const writer = snov
    ? lastWriter(journal, "snov", prospectId, field)
    : lastWriter(journal, "hubspot", contactId, field);
  const source = snov
    ? entriesOf(journal, "hubspot", contactId, field)
    : entriesOf(journal, "snov", prospectId, field);
  const received = snov
    ? entriesOf(journal, "snov", prospectId, field)
    : entriesOf(journal, "hubspot", contactId, field);
  const met = pairs.findLast((pair) => pair.prospectId === prospectId && pair.contactId === contactId);
  const hadBefore = met !== undefined && [...received, ...source].every(({ at }) => at <= met.since);
  const isChosen = world.choices.some(
    ({ at, recordId, field: about, choice }) =>
      recordId === prospectId &&
      about?.snov === field.snov &&
      choice.kind === "take" &&
      choice.side === (snov ? "snov" : "hubspot") &&
      source.every((entry) => entry.at <= at),
  );
  const nothingToGive = blank(source.at(-1)?.value ?? null);
  return writer === "app" && !nothingToGive && !hadBefore && !isChosen ? undefined : "one way";
}

function alone(world: World, state: FinalState): string[] {
  const linkedProspects = new Set(state.links.map(({ prospectId }) => prospectId));
  const linkedContacts = new Set(state.links.map(({ contactId }) => contactOf(world, state, contactId)?.id));
  const excuseOf = (side: string, id: string) => {
    if (state.disputed.has(`${side} ${id}`)) return "disputed";
    const status = state.statuses.get(`${side} ${id}`);
    return status && status.status !== "in_sync" && status.reason ? status.reason : undefined;
  };
  return [
    ...[...state.prospects.values()]
      .filter(({ id, live }) => live && !linkedProspects.has(id) && !excuseOf("snov", id))
      .map(({ id }) => `prospect ${id} has no contact and no status says why`),
    ...[...state.contacts.values()]
      .filter(({ id, live }) => live && !linkedContacts.has(id) && !excuseOf("hubspot", id))
      .map(({ id }) => `contact ${id} has no prospect and no status says why`),
  ];
}

function show(value: unknown): string {
  return JSON.stringify(value);
}
