import type { HubspotContacts, WriteOutcome } from "@/connectors/hubspot/contacts";
import { toWire } from "@/connectors/hubspot/mapper";
import type { RemoteError } from "@/connectors/hubspot/remote-error";
import type { Value } from "@/sync/value";
import type { PageContext } from "./page-context";
import type { RecordWork } from "./record-work";

/** What HubSpot answered to each piece of work that needed something done there. `contactId` is that of a new contact. */
export type Delivery = { ok: true; contactId: string | undefined } | { ok: false; error: RemoteError };
export type Delivered = Map<RecordWork, Delivery>;

/**
 * Sends a page's writes to HubSpot, creations first. Safe to repeat: an update says the same again,
 * and a creation that happened already is found by its address when the record is looked at next time.
 */
export async function deliverPage(
  contacts: HubspotContacts,
  page: PageContext,
  works: RecordWork[],
): Promise<Delivered> {
  const creations: { work: RecordWork; trace: string; properties: Record<string, string> }[] = [];
  const updates: { work: RecordWork; id: string; properties: Record<string, string> }[] = [];
  for (const work of works) {
    if (work.plan.kind === "create" && work.plan.on === "hubspot" && work.prospect)
      creations.push({ work, trace: work.prospect.id, properties: wire(page, work.plan.fields) });
    if (work.plan.kind === "pair" && work.contact && Object.keys(work.plan.writes.hubspot).length)
      updates.push({ work, id: work.contact.id, properties: wire(page, work.plan.writes.hubspot) });
  }
  const delivered: Delivered = new Map();
  const created = creations.length
    ? await contacts.create(creations.map(({ trace, properties }) => ({ trace, properties })))
    : new Map();
  for (const { work, trace } of creations) delivered.set(work, answered(created, trace));
  const updated = updates.length
    ? await contacts.update(updates.map(({ id, properties }) => ({ id, properties })))
    : new Map();
  for (const { work, id } of updates) delivered.set(work, answered(updated, id));
  await archive(contacts, works, delivered);
  return delivered;
}

/** By the id that the contact answered with: an id that was merged away would take its survivor along. */
async function archive(contacts: HubspotContacts, works: RecordWork[], delivered: Delivered): Promise<void> {
  const doomed = works.flatMap((work) =>
    work.plan.kind === "remove" && work.plan.on === "hubspot" && work.contact
      ? [{ work, id: work.contact.id }]
      : [],
  );
  if (!doomed.length) return;
  const archived = await contacts.archive(doomed.map(({ id }) => id));
  for (const { work, id } of doomed) {
    const outcome = archived.get(id);
    if (!outcome) throw new Error("HubSpot's connector left a removal without an outcome");
    delivered.set(work, outcome.ok ? { ok: true, contactId: undefined } : outcome);
  }
}

function wire({ propertyTypes }: PageContext, fields: Record<string, Value>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, toWire(propertyTypes.get(name) ?? "text", value)]),
  );
}

function answered(outcomes: Map<string, WriteOutcome>, key: string): Delivery {
  const outcome = outcomes.get(key);
  if (!outcome) throw new Error("HubSpot's connector left a write without an outcome");
  return outcome.ok ? { ok: true, contactId: outcome.contact.id } : outcome;
}
