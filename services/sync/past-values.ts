import { fromWire } from "@/connectors/hubspot/mapper";
import type { HistoryEntry } from "@/connectors/hubspot/read-histories";
import { env } from "@/lib/env";
import { toShared } from "@/sync/choices";
import type { PastValue } from "@/sync/overwritten";
import type { PlannerMapping } from "@/sync/planner-settings";
import type { PageContext } from "./page-context";

/** `source` and `userId` are HubSpot's words for what and who gave the value. */
export type PastContactValue = PastValue & { raw: string } & Pick<HistoryEntry, "source" | "userId">;

/** A property's history in the values that both sides share, newest first. A choice without a counterpart stands for itself. */
export function pastValues(
  page: PageContext,
  mapping: PlannerMapping,
  history: HistoryEntry[],
): PastContactValue[] {
  const { HUBSPOT_APP_ID } = env();
  const type = page.propertyTypes.get(mapping.fields.hubspot) ?? "text";
  return history.map(({ value: raw, at, source, sourceId, userId }) => {
    const own = fromWire(type, raw);
    const shared = toShared(mapping, "hubspot", own);
    return {
      raw,
      value: shared.kind === "value" ? shared.value : own,
      at: at.getTime(),
      source,
      userId,
      ours: source === "INTEGRATION" && sourceId === HUBSPOT_APP_ID,
    };
  });
}
