import type { integrations } from "@/db/schema/integrations";
import type { transfers } from "@/db/schema/transfers";
import { ServiceError } from "@/services/service-error";
import { writableSides } from "@/sync/direction";

/** A transfer goes some way, and none that the integration does not allow. Throws otherwise. */
export function requireWay(
  { syncType }: Pick<typeof integrations.$inferSelect, "syncType">,
  { fromSnov, fromHubspot }: Pick<typeof transfers.$inferSelect, "fromSnov" | "fromHubspot">,
): void {
  const writable = writableSides(syncType, "both");
  if (!fromSnov && !fromHubspot) throw refused("transfer_without_direction");
  if ((fromSnov && !writable.hubspot) || (fromHubspot && !writable.snov))
    throw refused("transfer_against_direction");
}

function refused(reason: string): ServiceError {
  return new ServiceError("out_of_date", `transfer refused: ${reason}`, { reason });
}
