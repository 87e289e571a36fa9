import type { Contact } from "@/connectors/hubspot/contacts";
import { fromWire } from "@/connectors/hubspot/mapper";
import type { RefusedField, RemoteError } from "@/connectors/hubspot/remote-error";
import { isAboutDefinition, isScopesMissing } from "@/connectors/hubspot/said-no";
import { lesserHarm, noHarm } from "@/sync/fuses";
import { ownValue } from "@/sync/own-value";
import type { CreatePlan, PairPlan } from "@/sync/record-plan";
import { withoutRefused, withoutWritesTo } from "@/sync/refused";
import { sameValue } from "@/sync/value";
import { writesTo } from "@/sync/writes-to";
import type { Delivered } from "./deliver-page";
import { harmOfWork } from "./harm-of-work";
import { owedFields } from "./owed-extras";
import type { PageContext } from "./page-context";
import type { RecordWork } from "./record-work";

/**
 * Takes out of a work's plan the fields that HubSpot named in its refusal, and returns them; none where it named
 * nothing that was sent, or where no contact could be created without it.
 */
export function leaveOutRefused(page: PageContext, work: RecordWork, error: RemoteError): RefusedField[] {
  const { plan } = work;
  if (error.kind !== "rejected" || (plan.kind !== "pair" && plan.kind !== "create")) return [];
  const sent = writesTo(plan, "hubspot") ?? {};
  const named = (error.fields ?? [])
    .filter(({ property }) => Object.hasOwn(sent, property))
    .map((field) => ({ ...field, reference: error.correlationId }));
  const { mappings } = page.planner;
  const identity = mappings.find((mapping) => mapping.identity)?.fields.hubspot;
  if (plan.kind === "create" && named.some(({ property }) => property === identity)) return [];
  const owed = owedFields(page, work);
  work.plan = leftOut(page, plan, named, (property) => owed.includes(property));
  if (named.length) lessenHarm(work);
  return named;
}

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
  work.plan = leftOut(page, plan, ignored, () => true);
  lessenHarm(work);
  return ignored;
}

function leftOut<P extends PairPlan | CreatePlan>(
  { planner }: PageContext,
  plan: P,
  fields: RefusedField[],
  travelsAlone: (property: string) => boolean,
): P {
  const refusals = fields.map(({ property, message }) => ({ field: property, message }));
  return withoutRefused(plan, "hubspot", refusals, planner.mappings, travelsAlone);
}

/** What HubSpot refused was not written: nobody agreed on it, no activity may tell of it, and it harms nothing. */
export function dropRefused(page: PageContext, works: RecordWork[], delivered: Delivered): void {
  for (const work of works) {
    const delivery = delivered.get(work);
    if (delivery?.ok !== false) continue;
    if (work.plan.kind === "pair") {
      work.plan = withoutWritesTo("hubspot", work.plan, page.planner.mappings, delivery.error.said);
      lessenHarm(work);
    } else work.harm = noHarm;
  }
}

/** The first status is given once; refused, it was not given. */
export function statusRefused({ planner }: PageContext, work: RecordWork, delivered: Delivered): boolean {
  const delivery = delivered.get(work);
  const field = planner.firstStatus.hubspot?.field;
  return delivery?.ok === true && delivery.refused.some(({ property }) => property === field);
}

/** HubSpot has its properties otherwise than we know them: it says so, or shows a contact without one of them. */
export function doubtsDefinitions(page: PageContext, works: RecordWork[], delivered: Delivered): boolean {
  const properties = page.planner.mappings.map(({ fields }) => fields.hubspot);
  return works.some((work) => {
    const { plan } = work;
    const delivery = delivered.get(work);
    const refused = delivery?.ok ? delivery.refused : delivery?.error.fields;
    const held = plan.kind === "pair" ? plan.held : [];
    return (
      refused?.some(isAboutDefinition) ||
      (delivery?.ok === false && isScopesMissing(delivery.error)) ||
      held.some(({ reason, value }) => reason === "field_missing" && properties.includes(value))
    );
  });
}

/** Not more than before: what a person answered is not counted. */
function lessenHarm(work: RecordWork): void {
  work.harm = lesserHarm(work.harm, harmOfWork(work));
}
