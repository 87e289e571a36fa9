import type { Contact } from "@/connectors/hubspot/contacts";
import { fromWire } from "@/connectors/hubspot/mapper";
import type { RefusedField } from "@/connectors/hubspot/remote-error";
import { ownValue } from "@/sync/own-value";
import { withoutRefused } from "@/sync/refused";
import { sameValue } from "@/sync/value";
import type { PageContext } from "./page-context";
import type { RecordWork } from "./record-work";
import { lessenHarm } from "./refused-fields";

/**
 * HubSpot takes a call and keeps what it had where its own rules forbid the change, as of a lifecycle stage that would
 * go back: its answer shows the old value. Nobody agreed on the new one: it is taken out of the plan, and returned.
 */
export function leaveOutIgnored(page: PageContext, work: RecordWork, answer: Contact): RefusedField[] {
  const { plan, contact } = work;
  if (plan.kind !== "pair" || !contact) return [];
  const ignored = Object.entries(plan.writes.hubspot).flatMap(([property, sent]): RefusedField[] => {
    const raw = ownValue(answer.properties, property);
    if (raw === undefined) return [];
    const type = page.propertyTypes.get(property) ?? "text";
    const now = fromWire(type, raw);
    const before = ownValue(contact.fields, property) ?? null;
    const isKept = sameValue(type, now, before) && !sameValue(type, now, sent);
    return isKept ? [{ property, code: "IGNORED", message: "" }] : [];
  });
  if (!ignored.length) return [];
  const refusals = ignored.map(({ property, message }) => ({ field: property, message }));
  work.plan = withoutRefused(plan, "hubspot", refusals, page.planner.mappings, true);
  lessenHarm(work);
  return ignored;
}
