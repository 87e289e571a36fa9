import { contactMark } from "@/sync/contact-mark";
import { endsOf } from "../actors/undo-people";
import type { ContactChange } from "../contact-journal";
import { tolerated } from "../expectations";
import type { World } from "../world";
import { contactOf, type FinalState } from "./final-state";
import { lookBefore } from "./pair-acts";
import { undoneRows } from "./undone";

/** One e-mail address never gives two records on one side, and a deleted record does not come back by itself. */
export async function checkIdentity(world: World, state: FinalState): Promise<string[]> {
  return [
    ...sharedAddresses(state),
    ...apart(world, state),
    ...createdTwice(world, state),
    ...comeBack(world, state, await endsOf(world)),
  ];
}

function sharedAddresses(state: FinalState): string[] {
  return (
    [
      ["prospects", state.prospects],
      ["contacts", state.contacts],
    ] as const
  ).flatMap(([name, records]) => {
    const seen = new Map<string, string>();
    return [...records.values()].flatMap(({ id, live, emails }) => {
      if (!live) return [];
      return emails.flatMap((email) => {
        const key = email.trim().toLowerCase();
        const holder = seen.get(key);
        seen.set(key, id);
        return holder && holder !== id ? [`${name} ${holder} and ${id} both have ${key}`] : [];
      });
    });
  });
}

/** Two records with one address, one on each side, that are not linked, and nothing says why. */
function apart(world: World, state: FinalState): string[] {
  const linked = new Set(
    state.links.flatMap((link) => [link.prospectId, contactOf(world, state, link.contactId)?.id]),
  );
  const lonely = [...state.prospects.values()].filter(({ id, live }) => live && !linked.has(id));
  return lonely.flatMap((prospect) =>
    [...state.contacts.values()]
      .filter(({ id, live }) => live && !linked.has(id))
      .filter(({ properties }) => properties.email && sameKey(properties.email, prospect.emails[0]))
      .filter(
        () => !["erased", "kept_apart"].includes(state.statuses.get(`snov ${prospect.id}`)?.reason ?? ""),
      )
      .map(({ id }) => `prospect ${prospect.id} and contact ${id} have one address and are not linked`),
  );
}

/** What we created for one record, counted on the other side. */
function createdTwice(world: World, state: FinalState): string[] {
  const contactsOf = new Map<string, string[]>();
  for (const { call, created } of world.creations) {
    const known = contactsOf.get(call) ?? [];
    contactsOf.set(call, [...known, created]);
  }
  const twins = [...contactsOf].filter(([, ids]) => ids.length > 1);
  const comeBack = twins.flatMap(([prospectId, ids]) => {
    // One that had been archived with its prospect is made anew when that comes back; HubSpot's users may restore it later.
    const wasLinked = state.links.some(
      ({ prospectId: id, contactId }) =>
        id === prospectId &&
        ids.slice(0, -1).includes(contactId) &&
        wasThere(world, contactId, createdAt(world, ids[ids.indexOf(contactId) + 1])),
    );
    const wasKnown = ids.some((id, at) => {
      const next = ids[at + 1];
      return next !== undefined && carries(world, state, id, prospectId, createdAt(world, next));
    });
    if (!wasLinked && !wasKnown && tolerated.unseenCreationComesBack) return [];
    return [`prospect ${prospectId} was given the contacts ${ids.join(" and ")}`];
  });
  const prospectsOf = new Map<string, string[]>();
  for (const { kind, side, cause, contactId, prospectId } of state.activities) {
    if (kind !== "prospect/created" || side !== "snov" || cause.kind !== "sync" || !contactId || !prospectId)
      continue;
    prospectsOf.set(contactId, [...(prospectsOf.get(contactId) ?? []), prospectId]);
  }
  return [
    ...comeBack,
    ...[...prospectsOf]
      .filter(([, ids]) => ids.length > 1)
      .map(([contactId, ids]) => `contact ${contactId} was given the prospects ${ids.join(" and ")}`),
  ];
}

/** It was there, said whose it was, and nobody else had it. */
function carries(
  world: World,
  state: FinalState,
  contactId: string,
  prospectId: string,
  at: number,
): boolean {
  if (!world.settings.marks || !wasThere(world, contactId, at)) return false;
  const marks = world.contacts.changes.flatMap(({ properties, ...change }) => {
    const mark = properties[contactMark.name];
    return change.contactId === contactId && change.at < at && mark ? [mark.is] : [];
  });
  const isElses = state.pairs.some(
    (pair) => pair.contactId === contactId && pair.prospectId !== prospectId && pair.since <= at,
  );
  return marks.at(-1) === prospectId && !isElses;
}

/**
 * A contact that a person removed is not made again for its prospect, unless a person brought that back since: out of
 * the trash, or by a choice.
 */
function comeBack(world: World, state: FinalState, ends: Map<string, number>): string[] {
  const { pairs, ended, restored } = state;
  return world.creations.flatMap(({ call: prospectId, created }) => {
    const at = createdAt(world, created);
    const former = pairs.filter(
      ({ contactId, since, ...pair }) =>
        pair.prospectId === prospectId && contactId !== created && since < at,
    );
    return former.flatMap(({ contactId }) => {
      const last = world.contacts.changes.findLast(
        (change) => change.contactId === contactId && change.at <= at && change.kind !== "edited",
      );
      const isRemoved = last && last.by !== "app" && ["archived", "vanished"].includes(last.kind);
      // Its prospect was in the trash, and it had gone on with another one.
      const wasOver = ended.some(
        (one) => one.prospectId === prospectId && one.contactId === contactId && one.at <= (last?.at ?? 0),
      );
      if (!isRemoved || wasOver || wasMerged(world, last)) return [];
      const since = [
        ...restored.filter((one) => one.prospectId === prospectId),
        ...world.choices.filter((one) => one.recordId === prospectId && one.choice.kind === "bring_back"),
      ].some((act) => act.at >= learnedAt(world, last));
      return since || isTakenUp(world, state, ends, { prospectId, contactId, from: last.at, to: at })
        ? []
        : [
            `prospect ${prospectId} was given contact ${created}, although ${last.by} had removed ${contactId}`,
          ];
    });
  });
}

/** It went on under the id of another contact, which may be gone by now as well. */
function wasMerged({ contacts }: World, removal: ContactChange): boolean {
  return (
    removal.kind === "vanished" &&
    contacts.changes.some(({ at, by, kind }) => kind === "created" && at === removal.at && by === removal.by)
  );
}

/**
 * Since when the line could know that the contact is gone: that it had come back for a moment in which HubSpot was asked
 * nothing, and was removed once more, nobody learned.
 */
function learnedAt({ contacts, answeredAt }: World, removal: ContactChange): number {
  const moves = contacts.changes.filter(
    (one) => one.contactId === removal.contactId && one.kind !== "edited" && one.at <= removal.at,
  );
  const [before, back] = moves.slice(-3);
  if (moves.length < 3 || !before || back?.kind !== "restored") return removal.at;
  return answeredAt.some((at) => at >= back.at && at <= removal.at) ? removal.at : before.at;
}

/**
 * An undo was about to archive it, or at it, when somebody did so, and somebody has edited its prospect since: to them it
 * is the undo that took it away, after which an edit has it made anew.
 */
function isTakenUp(
  world: World,
  state: FinalState,
  ends: Map<string, number>,
  { prospectId, contactId, from, to }: { prospectId: string; contactId: string; from: number; to: number },
): boolean {
  const isUnderWay = world.undos.some(
    ({ runId, askedAt, shown }) =>
      askedAt <= from &&
      (ends.get(runId) ?? Number.POSITIVE_INFINITY) >= from &&
      shown?.some((item) => item.prospectId === prospectId && item.planned === "take_back"),
  );
  const undone = undoneRows(state, { contactId, kind: "contact/archived" }).find(
    ({ at }) => at >= from && lookBefore(world, at) <= from,
  );
  if (!isUnderWay && !undone) return false;
  return state.activities.some(
    (row) =>
      row.prospectId === prospectId &&
      row.kind === "prospect/edited" &&
      row.cause.kind === "member" &&
      row.at >= (undone?.at ?? from) &&
      row.at <= to,
  );
}

function createdAt(world: World, id: string | undefined): number {
  const isCreation = ({ contactId, kind }: ContactChange) => contactId === id && kind === "created";
  return world.contacts.changes.find(isCreation)?.at ?? 0;
}

/** Neither archived nor gone just before. */
function wasThere(world: World, id: string, at: number): boolean {
  const last = world.contacts.changes.findLast((one) => one.contactId === id && one.at < at);
  return last !== undefined && last.kind !== "archived" && last.kind !== "vanished";
}

function sameKey(a: string, b: string | undefined): boolean {
  return a.trim().toLowerCase() === b?.trim().toLowerCase();
}
