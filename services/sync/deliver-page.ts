import type { HubspotContacts, WriteOutcome } from "@/connectors/hubspot/contacts";
import { toWire } from "@/connectors/hubspot/mapper";
import type { RefusedField, RemoteError } from "@/connectors/hubspot/remote-error";
import { isAboutDefinition } from "@/connectors/hubspot/said-no";
import type { Db } from "@/db/client";
import { writesTo } from "@/sync/writes-to";
import { type ContactMarks, contactMarks, lookByMarks } from "./contact-marks";
import type { PageContext } from "./page-context";
import type { RecordWork } from "./record-work";
import { leaveOutIgnored, leaveOutRefused } from "./refused-fields";

/**
 * What HubSpot answered to each piece of work that needed something done there. `contactId` is that of a new contact;
 * `refused` is what HubSpot did not take of a record, and what its plan no longer writes.
 */
export type Delivery =
  | { ok: true; contactId: string | undefined; refused: RefusedField[] }
  | { ok: false; error: RemoteError };
export type Delivered = Map<RecordWork, Delivery>;

/**
 * Sends a page's writes to HubSpot, creations first. Safe to repeat: an update says the same again,
 * and a creation that happened already is found by its address when the record is looked at next time, or by the id that
 * its contact carries.
 */
export async function deliverPage(
  sources: Sources,
  page: PageContext,
  works: RecordWork[],
  hold: () => Promise<void>,
): Promise<Delivered> {
  const { contacts } = sources;
  const delivered: Delivered = new Map();
  const marks = contactMarks(page);
  const properties = (work: RecordWork) => ({ ...wire(page, work), ...marks.of(work) });
  const deliverAll = (due: RecordWork[], send: Send) =>
    deliver(sources, page, due, { delivered, marks, send });
  await deliverAll(works.filter(createsContact), async (creations) => {
    const inputs = creations.map((work) => ({ trace: idOf(work.prospect), properties: properties(work) }));
    const outcomes = await contacts.create(inputs, hold);
    return (work) => outcomes.get(idOf(work.prospect));
  });
  await deliverAll(works.filter(editsContact), async (updates) => {
    const inputs = updates.map((work) => ({ id: idOf(work.contact), properties: properties(work) }));
    const outcomes = await contacts.update(inputs, hold);
    return (work) => outcomes.get(idOf(work.contact));
  });
  await archive(contacts, works, delivered, hold);
  return delivered;
}

type Sources = { db: Db; contacts: HubspotContacts };
type Delivering = { delivered: Delivered; marks: ContactMarks; send: Send };
type Send = (works: RecordWork[]) => Promise<(work: RecordWork) => WriteOutcome | undefined>;

/** What HubSpot refuses a field of is sent again without that field, until it is taken or nothing is left of it. */
async function deliver(
  sources: Sources,
  page: PageContext,
  works: RecordWork[],
  { delivered, marks, send }: Delivering,
): Promise<void> {
  const refused = new Map<RecordWork, RefusedField[]>();
  let due = works;
  while (due.length) {
    const outcomeOf = await send(due);
    const answered = due.map((work) => {
      const outcome = outcomeOf(work);
      if (!outcome) throw new Error("HubSpot's connector left a write without an outcome");
      return { work, outcome };
    });
    const doubted = answered.flatMap(({ work, outcome }) => (marks.mayBeTaken(work, outcome) ? [work] : []));
    const bearers = await lookByMarks(sources, page, doubted);
    const again: RecordWork[] = [];
    for (const { work, outcome } of answered) {
      const bearer = bearers.get(work);
      if (bearer?.kind === "own") {
        work.plan = { kind: "look_again" };
        work.bearer = bearer.contactId;
        continue;
      }
      const ofMark = marks.leaveOut(work, outcome, bearer);
      const ignored = outcome.ok ? leaveOutIgnored(page, work, outcome.contact) : [];
      const leftOut = outcome.ok ? [] : leaveOutRefused(page, work, outcome.error);
      const all = [...(refused.get(work) ?? []), ...ignored, ...ofMark.filter(isAboutDefinition), ...leftOut];
      refused.set(work, all);
      const left = Object.keys(writesTo(work.plan, "hubspot") ?? {});
      if ((leftOut.length || ofMark.length) && left.length) again.push(work);
      else if (outcome.ok) delivered.set(work, { ok: true, contactId: outcome.contact.id, refused: all });
      else if (leftOut.length) delivered.set(work, { ok: true, contactId: undefined, refused: all });
      else delivered.set(work, outcome);
    }
    due = again;
  }
}

/** By the id that the contact answered with: an id that was merged away would take its survivor along. */
async function archive(
  contacts: HubspotContacts,
  works: RecordWork[],
  delivered: Delivered,
  hold: () => Promise<void>,
): Promise<void> {
  const doomed = works.flatMap((work) =>
    archivesContact(work) && work.contact ? [{ work, id: work.contact.id }] : [],
  );
  if (!doomed.length) return;
  const ids = doomed.map(({ id }) => id);
  const archived = await contacts.archive(ids, hold);
  for (const { work, id } of doomed) {
    const outcome = archived.get(id);
    if (!outcome) throw new Error("HubSpot's connector left a removal without an outcome");
    delivered.set(work, outcome.ok ? { ok: true, contactId: undefined, refused: [] } : outcome);
  }
}

export function archivesContact({ plan }: Pick<RecordWork, "plan">): boolean {
  return (plan.kind === "remove" || plan.kind === "take_back") && plan.on === "hubspot";
}

function createsContact({ plan, prospect }: RecordWork): boolean {
  return plan.kind === "create" && plan.on === "hubspot" && prospect !== null;
}

function editsContact({ plan, contact }: RecordWork): boolean {
  return plan.kind === "pair" && contact !== null && writesTo(plan, "hubspot") !== null;
}

function wire({ propertyTypes }: PageContext, { plan }: RecordWork): Record<string, string> {
  return Object.fromEntries(
    Object.entries(writesTo(plan, "hubspot") ?? {}).map(([name, value]) => [
      name,
      toWire(propertyTypes.get(name) ?? "text", value),
    ]),
  );
}

function idOf(record: { id: string } | null): string {
  if (!record) throw new Error("a write without its record");
  return record.id;
}
