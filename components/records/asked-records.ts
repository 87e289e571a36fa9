import { type AddressParams, askedOf } from "@/components/ui/asked";
import { shownStatuses } from "@/lib/shown-statuses";
import type { RecordFilter } from "@/services/integrations/read-records";

/** What the page's address asks for. */
export type AskedRecords = { status?: string; reason?: string; q?: string };
const keys = ["status", "reason", "q"] as const;

export function askedRecords(params: AddressParams): AskedRecords {
  return askedOf(keys, params);
}

export function paramsOf(asked: AskedRecords): URLSearchParams {
  return new URLSearchParams(askedRecords(asked) as Record<string, string>);
}

/** What makes no sense in an address restricts nothing. */
export function filterOf({ status, reason, q }: AskedRecords): RecordFilter {
  const known = shownStatuses.find((one) => one === status);
  return {
    ...(known ? { status: known } : {}),
    ...(reason && (known === "failing" || known === "excluded" || known === "in_sync")
      ? { reason: reason.slice(0, 60) }
      : {}),
    ...(q ? { search: q } : {}),
  };
}

/** The records page of an integration, narrowed. */
export function recordsAddress(integrationId: string, asked: AskedRecords = {}): string {
  const params = paramsOf(asked).toString();
  return `/settings/integrations/${integrationId}/records${params ? `?${params}` : ""}`;
}
