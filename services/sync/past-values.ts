import { fromWire } from "@/connectors/hubspot/mapper";
import type { HistoryEntry } from "@/connectors/hubspot/read-histories";
import { env } from "@/lib/env";
import { toShared } from "@/sync/choices";
import type { PastValue } from "@/sync/overwritten";
import type { PlannerMapping } from "@/sync/planner-settings";
import type { PageContext } from "./page-context";

export type PastContactValue = PastValue & { raw: string };

/** A property's history in the values that both sides share, newest first. A choice without a counterpart stands for itself. */
export function pastValues(
  page: PageContext,
  mapping: PlannerMapping,
  history: HistoryEntry[],
): PastContactValue[] {
  const { HUBSPOT_APP_ID } = env();
  const type = page.propertyTypes.get(mapping.fields.hubspot) ?? "text";
  return history.map(({ value: raw, at, source, sourceId }) => {
    const own = fromWire(type, raw);
    const shared = toShared(mapping, "hubspot", own);
    return {
      raw,
      value: shared.kind === "value" ? shared.value : own,
      at: at.getTime(),
      ours: source === "INTEGRATION" && sourceId === HUBSPOT_APP_ID,
    };
  });
}
