import { otherSide } from "@/sync/side";
import { mayWrite } from "../settings";
import { asHubspotValue, blank, sameMeaning } from "../values";
import type { World } from "../world";
import { contactOf, type FinalState } from "./final-state";
import { entriesOf, type Journal } from "./journal";
import { keyOf, kinOf } from "./kin";
import { isUnconfirmed } from "./pair-acts";

type Dispute = FinalState["disputes"][number];

/**
 * A person is asked about records only where it is uncertain who is who, or what is to become of them, in the world as it is
 * now; and who is asked about says so.
 */
export function checkDisputes(world: World, state: FinalState, journal: Journal): string[] {
  return state.disputes.flatMap((open) => {
    const { kind, side, id, other } = open;
    const told = `${side} ${id} is in dispute (${kind}) with ${other?.side} ${other?.id}`;
    const { status, reason } = state.statuses.get(`${side} ${id}`) ?? {};
    // That HubSpot takes nothing of the record goes before what is asked about a field of it.
    const isSaid = status === "in_conflict" || (open.field && reason === "rejected");
    return [
      ...(isSaid ? [] : [`${told}, and its status is ${status}`]),
      ...(isSo(world, state, journal, open) ? [] : [`${told}, and there is no cause for it (any more)`]),
    ];
  });
}

function isSo(world: World, state: FinalState, journal: Journal, open: Dispute): boolean {
  if (open.kind === "removed_and_edited") return isRemovedAndEdited(world, state, journal, open);
  if (open.kind === "merged") return isMerged(world, state, open);
  // While the records themselves are in dispute, nobody looks at their fields.
  const isOfRecords = ({ field, side, id, linkId }: Dispute) =>
    field === undefined &&
    ((side === open.side && id === open.id) || (linkId !== null && linkId === open.linkId));
  if (open.field && state.disputes.some(isOfRecords)) return true;
  if (open.kind === "same_address")
    return open.field ? wantsTakenAddress(world, state, open) : isUncertain(world, state, open);
  return true;
}

function recordOf(world: World, state: FinalState, { side, id }: { side: string; id: string }) {
  return side === "snov" ? state.prospects.get(id) : contactOf(world, state, id);
}

/**
 * One of the two is gone, that would travel, and the other one is not what the lost one was, as far as we could know; or a
 * person had given it that very value before the two had agreed on it.
 */
function isRemovedAndEdited(world: World, state: FinalState, journal: Journal, { linkId }: Dispute): boolean {
  const link = state.links.find(({ id }) => id === linkId);
  if (!link || world.settings.removals === "keep") return false;
  const { prospectId, contactId } = link;
  const isHere = state.prospects.get(prospectId)?.live === true;
  const contact = contactOf(world, state, contactId);
  const isThere = contact?.live === true;
  const mapped = world.settings.fields;
  const travels = mapped.some(
    (field) => field.snov === "email" && mayWrite(world.settings, field, isHere ? "snov" : "hubspot"),
  );
  if (isHere === isThere || !travels) return false;
  return mapped.some((field) => {
    const ours = entriesOf(journal, "snov", prospectId, field).at(-1);
    const theirs = entriesOf(journal, "hubspot", contact?.id ?? contactId, field).at(-1);
    const shared = asHubspotValue(field, ours?.value ?? null);
    const [left, lost] = isHere ? [ours, theirs] : [theirs, ours];
    const agreed = link.base.find((base) => base.field === field);
    const isAgreed = agreed !== undefined && sameMeaning(field, agreed.value, theirs?.value ?? null);
    return (
      shared === undefined ||
      !sameMeaning(field, shared, theirs?.value ?? null) ||
      (lost !== undefined && isUnconfirmed(world, lost)) ||
      (left !== undefined && left.by !== "app" && !isAgreed && (agreed !== undefined || !blank(left.value)))
    );
  });
}

/** Its contact is one with that of another prospect, which is there; or it was, and is gone. */
function isMerged(world: World, state: FinalState, { id, other }: Dispute): boolean {
  const own = state.links.find(({ prospectId }) => prospectId === id);
  if (!own || !state.prospects.get(id)?.live) return false;
  const contact = contactOf(world, state, own.contactId);
  if (!contact?.live) return contact?.id !== own.contactId;
  const theirs = state.links.find(({ prospectId }) => prospectId === other?.id);
  if (!theirs || !state.prospects.get(theirs.prospectId)?.live) return false;
  return contact.id === contactOf(world, state, theirs.contactId)?.id;
}

/** The address that one of a pair has now is another record's on the other one's side. */
function wantsTakenAddress(world: World, state: FinalState, { linkId, other }: Dispute): boolean {
  const link = state.links.find(({ id }) => id === linkId);
  const holder = other && recordOf(world, state, other);
  if (!link || !other || !holder?.live) return false;
  const pair = {
    snov: state.prospects.get(link.prospectId)?.fields.email ?? "",
    hubspot: contactOf(world, state, link.contactId)?.properties.email ?? "",
  };
  const wanted = keyOf(pair[otherSide(other.side)]);
  return wanted !== keyOf(pair[other.side]) && holder.emails.map(keyOf).includes(wanted);
}

/** Both are there, they share an address or lead to each other over others, and a third one is among them. */
function isUncertain(world: World, state: FinalState, { side, id, other }: Dispute): boolean {
  const found = kinOf(world, state, side, id);
  const record = recordOf(world, state, { side, id });
  const holder = other && recordOf(world, state, other);
  if (!record?.live || !other || !holder?.live) return false;
  const isMet = record.emails.some((email) => holder.emails.map(keyOf).includes(keyOf(email)));
  return isMet && found.has(`${other.side} ${holder.id}`) && found.size > 2;
}
