import type { HubspotContacts, WriteOutcome } from "@/connectors/hubspot/contacts";
import { toWire } from "@/connectors/hubspot/mapper";
import type { RefusedField, RemoteError } from "@/connectors/hubspot/remote-error";
import { writesTo } from "@/sync/writes-to";
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
 * and a creation that happened already is found by its address when the record is looked at next time.
 */
export async function deliverPage(
  contacts: HubspotContacts,
  page: PageContext,
  works: RecordWork[],
  hold: () => Promise<void>,
): Promise<Delivered> {
  const delivered: Delivered = new Map();
  await deliver(page, works.filter(createsContact), delivered, async (creations) => {
    const inputs = creations.map((work) => ({ trace: idOf(work.prospect), properties: wire(page, work) }));
    const outcomes = await contacts.create(inputs, hold);
    return (work) => outcomes.get(idOf(work.prospect));
  });
  await deliver(page, works.filter(editsContact), delivered, async (updates) => {
    const inputs = updates.map((work) => ({ id: idOf(work.contact), properties: wire(page, work) }));
    const outcomes = await contacts.update(inputs, hold);
    return (work) => outcomes.get(idOf(work.contact));
  });
  await archive(contacts, works, delivered, hold);
  return delivered;
}

type Send = (works: RecordWork[]) => Promise<(work: RecordWork) => WriteOutcome | undefined>;

/** What HubSpot refuses a field of is sent again without that field, until it is taken or nothing is left of it. */
async function deliver(page: PageContext, works: RecordWork[], delivered: Delivered, send: Send) {
  const refused = new Map<RecordWork, RefusedField[]>();
  let due = works;
  while (due.length) {
    const outcomeOf = await send(due);
    const again: RecordWork[] = [];
    for (const work of due) {
      const outcome = outcomeOf(work);
      if (!outcome) throw new Error("HubSpot's connector left a write without an outcome");
      const ignored = outcome.ok ? leaveOutIgnored(page, work, outcome.contact) : [];
      const leftOut = outcome.ok ? [] : leaveOutRefused(page, work, outcome.error);
      const all = [...(refused.get(work) ?? []), ...ignored, ...leftOut];
      refused.set(work, all);
      const left = Object.keys(writesTo(work.plan, "hubspot") ?? {});
      if (leftOut.length && left.length) again.push(work);
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
  await hold();
  const archived = await contacts.archive(doomed.map(({ id }) => id));
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
