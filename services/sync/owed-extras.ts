import { lackedExtras, riddenId } from "@/sync/extras";
import { ownValue } from "@/sync/own-value";
import type { ExtraKind } from "@/sync/record-plan";
import { isEmpty, type Value } from "@/sync/value";
import { writesTo } from "@/sync/writes-to";
import type { Delivered } from "./deliver-page";
import type { PageContext } from "./page-context";
import type { RecordWork } from "./record-work";

/**
 * What a contact still lacks because its property took nothing when the contact had its first sync, or because HubSpot
 * refused it. It is owed until a look at the contact has given it, or found that it needs none: of what a page may not
 * give, that which a HubSpot user has filled meanwhile.
 */
export function owedAfter(page: PageContext, work: RecordWork, delivered: Delivered): ExtraKind[] {
  const { plan, link } = work;
  const delivery = delivered.get(work);
  const before = link?.owed.hubspot ?? [];
  const isSynced = link?.firstSynced.hubspot === true;
  const isFirst =
    delivery?.ok === true && writesTo(plan, "hubspot") !== null && (plan.kind === "create" || !isSynced);
  const fields = fieldsAfter(work);
  const lacked = lackedExtras(page.planner, "hubspot", fields, isSynced);
  const held = plan.kind === "pair" || plan.kind === "create" ? plan.held : [];
  const refused = lacked.filter(({ field }) => held.some(({ mappingId }) => mappingId === riddenId(field)));
  const empty = lacked.filter(({ field }) => isEmpty(ownValue(fields, field)));
  const kept =
    delivery?.ok === false
      ? before
      : before.filter((kind) => page.stoppedExtras.includes(kind) || empty.some((one) => one.kind === kind));
  return [...new Set([...kept, ...refused.map(({ kind }) => kind), ...(isFirst ? page.stoppedExtras : [])])];
}

/** The properties that a contact is given for themselves, with no mapped field to carry them. */
export function owedFields({ planner }: PageContext, { link }: RecordWork): string[] {
  const { constants, firstStatus } = planner;
  const fields = { constant: constants.hubspot?.field, status: firstStatus.hubspot?.field };
  return (link?.owed.hubspot ?? []).flatMap((kind) => fields[kind] ?? []);
}

function fieldsAfter({ plan, contact }: RecordWork): Record<string, Value> {
  return { ...contact?.fields, ...writesTo(plan, "hubspot") };
}
