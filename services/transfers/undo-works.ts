import type { HubspotClient } from "@/connectors/hubspot/client";
import { findProspectsByMatchKeys } from "@/connectors/prospects/read-prospects";
import type { Db } from "@/db/client";
import { linkedElsewhere } from "@/services/sync/linked-elsewhere";
import type { PageContext } from "@/services/sync/page-context";
import { planInput, tellOwner } from "@/services/sync/plan-page";
import type { RecordWork } from "@/services/sync/record-work";
import { matchKey } from "@/sync/match-key";
import { isOrdinary, type PagePlan } from "@/sync/page-plan";
import { type Side, sides } from "@/sync/side";
import { type KeptReason, planUndo, type UndoPlan } from "@/sync/undo";
import { writesTo } from "@/sync/writes-to";
import type { WrittenPair } from "./read-written";
import { withRewritten } from "./rewritten-fields";
import { touchedContacts } from "./touched-contacts";

type Sources = { db: Db; hubspot: HubspotClient };
type Undone = { work: RecordWork; pair: WrittenPair; undo: UndoPlan };

/**
 * Gives what was planned for the pairs of an undone transfer the plan of its undo. `writtenTo` finds what the transfer
 * wrote to a pair. What is no pair of its, or moves under our hands, is looked at again. A record of which no activity
 * tells any more was erased, and stays as it is.
 */
export async function undoWorks(
  sources: Sources,
  page: PageContext,
  works: RecordWork[],
  writtenTo: (work: RecordWork) => WrittenPair | undefined,
): Promise<RecordWork[]> {
  const undone = new Map<RecordWork, Undone>();
  for (const work of works) {
    const pair = writtenTo(work);
    if (pair && work.plan.kind !== "look_again")
      undone.set(work, { work, pair, undo: undoOf(page, work, pair) });
  }
  await lookCloser(sources, page, [...undone.values()]);
  await keepLinkedElsewhere(sources.db, page, [...undone.values()]);
  return works.map((work) => {
    const found = undone.get(work);
    if (found) return withUndo(work, found.undo);
    const isErased = work.claimed.length > 0 && work.plan.kind !== "look_again";
    return isErased
      ? withUndo(work, { kind: "keep", reason: "gone_since" })
      : { ...work, plan: { kind: "look_again" } };
  });
}

function undoOf(
  page: PageContext,
  work: RecordWork,
  { contactId, written, restoredAt, removedSince, ofDay }: WrittenPair,
  touched = false,
): UndoPlan {
  const keep = (reason: KeptReason): UndoPlan => ({ kind: "keep", reason });
  const { plan, link, contact } = work;
  if (!isOrdinary(plan)) return keep("pair_changed");
  // Another contact takes the place of the one that was written, or others were merged into it. Of what a person changed
  // here no contact is told: it is undone whoever goes with the prospect now.
  const isOurs = contactId === null && written.hubspot === null;
  if (link && !isOurs && contactId !== link.contactId) return keep("pair_changed");
  if (contact && !isOurs && contact.id !== contactId) return keep("pair_changed");
  if (work.mergedAway && !isOurs) return keep("pair_changed");
  if (contact?.formerIds.length && written.hubspot?.created) return keep("pair_changed");
  const undo = planUndo(
    page.planner,
    planInput(work),
    plan,
    written,
    touched || removedSince || (written.snov?.created === true && isUsed(page, work, restoredAt)),
  );
  const isMade = sides.some((side) => written[side]?.created);
  return ofDay && isMade && undo.kind === "keep" && undo.reason === "changed_since"
    ? keep("used_once_made")
    : undo;
}

/** A prospect that was put into another list, given another address, or written after it had been created or restored. */
function isUsed(page: PageContext, { prospect }: RecordWork, restoredAt: number | null): boolean {
  if (!prospect) return false;
  const { emails, listIds, changedAt } = prospect;
  // What is mapped is held against what was written.
  const unmapped = Object.keys(changedAt).filter(
    (key) => !page.planner.mappings.some(({ fields }) => fields.snov === key),
  );
  const isWritten =
    restoredAt === null
      ? new Set(Object.values(changedAt)).size > 1
      : unmapped.some((key) => (changedAt[key] ?? 0) > restoredAt);
  return emails.length > 1 || listIds.some((id) => id !== page.receivingListId) || isWritten;
}

/** Asks HubSpot who has touched what would be put back or go, and both sides who owns addresses that would come back. */
async function lookCloser({ db, hubspot }: Sources, page: PageContext, undone: Undone[]): Promise<void> {
  const written = undone.flatMap((one) => {
    const { contact } = one.work;
    const writes = one.undo.kind === "put_back" ? Object.keys(one.undo.plan.writes.hubspot) : [];
    return contact && writes.length ? [{ one, contactId: contact.id, properties: writes }] : [];
  });
  const rewritten = await withRewritten(
    hubspot.contacts,
    page,
    written.map(({ one, ...asked }) => ({ ...asked, pair: one.pair })),
  );
  for (const [place, { one }] of written.entries()) {
    one.pair = rewritten[place] ?? one.pair;
    one.undo = undoOf(page, one.work, one.pair);
  }
  const doomed = undone.filter(({ undo }) => undo.kind === "take_back" && undo.on === "hubspot");
  const touched = await touchedContacts(
    { db, hubspot },
    page,
    doomed.flatMap(({ work }) => work.contact?.id ?? []),
  );
  for (const one of doomed)
    if (one.work.contact && touched.has(one.work.contact.id))
      one.undo = undoOf(page, one.work, one.pair, true);

  const identity = page.planner.mappings.find((mapping) => mapping.identity);
  if (!identity) return;
  const comingBack = (side: Side) =>
    undone.flatMap((one) => {
      const address = one.undo.kind === "put_back" ? one.undo.plan.writes[side][identity.fields[side]] : null;
      return typeof address === "string" ? [{ one, address }] : [];
    });
  const [ours, theirs] = [comingBack("snov"), comingBack("hubspot")];
  const [prospects, contacts] = await Promise.all([
    findProspectsByMatchKeys(
      db,
      page.workspaceId,
      ours.map(({ address }) => matchKey(address)),
    ),
    theirs.length
      ? hubspot.contacts.readByEmails(
          theirs.map(({ address }) => address),
          ["email"],
        )
      : undefined,
  ]);
  for (const { one, address } of ours)
    tellOwner(one.work, "snov", matchKey(address), prospects.get(matchKey(address)));
  for (const { one, address } of theirs)
    tellOwner(one.work, "hubspot", matchKey(address), contacts?.get(matchKey(address))?.id);
  for (const { one } of [...ours, ...theirs]) one.undo = undoOf(page, one.work, one.pair);
}

/** A prospect that goes to the trash takes its contacts along in every integration that has linked it. */
async function keepLinkedElsewhere(db: Db, page: PageContext, undone: Undone[]): Promise<void> {
  const doomed = undone.filter(({ undo }) => undo.kind === "take_back" && undo.on === "snov");
  const ids = doomed.flatMap(({ work }) => work.prospect?.id ?? []);
  const linked = await linkedElsewhere(db, page.integrationId, ids);
  for (const one of doomed)
    if (linked.has(one.work.prospect?.id ?? "")) one.undo = { kind: "keep", reason: "linked_elsewhere" };
}

function withUndo(work: RecordWork, undo: UndoPlan): RecordWork {
  switch (undo.kind) {
    case "take_back":
      return {
        ...work,
        plan: { kind: "take_back", on: undo.on },
        undo: { kept: [], reason: null, fields: 0, left: false },
      };
    case "put_back": {
      const { plan, kept, left } = undo;
      return { ...work, plan, undo: { kept, reason: null, fields: plan.undoes?.length ?? 0, left } };
    }
    case "keep":
      return {
        ...work,
        plan: inert(work.plan),
        undo: { kept: [], reason: undo.reason, fields: 0, left: inert(work.plan) !== work.plan },
      };
  }
}

/** What writes or removes something is the ordinary line's, not the undo's. */
function inert(plan: PagePlan): PagePlan {
  if (plan.kind === "pair" && !sides.some((side) => writesTo(plan, side))) return plan;
  return plan.kind === "excluded" || plan.kind === "disputed" || plan.kind === "gone"
    ? plan
    : { kind: "look_again" };
}
