import type { ExtraKind } from "@/sync/record-plan";
import { writesTo } from "@/sync/writes-to";
import type { Delivered } from "./deliver-page";
import type { PageContext } from "./page-context";
import type { RecordWork } from "./record-work";

/**
 * What a contact still lacks because its property took nothing when the contact had its first sync. It is owed until
 * a look at the contact, with the property back, has given it or found that it needs none.
 */
export function owedAfter(page: PageContext, work: RecordWork, delivered: Delivered): ExtraKind[] {
  const { plan, link } = work;
  const delivery = delivered.get(work);
  const before = link?.owed?.hubspot ?? [];
  const failed = delivery !== undefined && !delivery.ok;
  const isFirst =
    delivery?.ok === true &&
    writesTo(plan, "hubspot") !== null &&
    (plan.kind === "create" || !link?.firstSynced.hubspot);
  const kept = before.filter((kind) => failed || page.stoppedExtras.includes(kind));
  return [...new Set([...kept, ...(isFirst ? page.stoppedExtras : [])])];
}
