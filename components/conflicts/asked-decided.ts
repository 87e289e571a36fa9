import { type AddressParams, askedOf } from "@/components/ui/asked";
import type { ReadDecidedInput } from "@/services/conflicts/read-decided";
import { filterOf } from "./asked-conflicts";

/** What the address of the page of decisions asks for; `record` as on the page of conflicts. */
export type AskedDecided = { q?: string; by?: string; record?: string };
const keys = ["q", "by", "record"] as const;

export function askedDecided(params: AddressParams): AskedDecided {
  return askedOf(keys, params);
}

export function decidedParams(asked: AskedDecided): URLSearchParams {
  return new URLSearchParams(askedDecided(asked) as Record<string, string>);
}

/** What makes no sense in an address restricts nothing. */
export function decidedFilterOf(asked: AskedDecided): NonNullable<ReadDecidedInput["filter"]> {
  const { search, record, changedBy: userId } = filterOf(asked);
  return {
    ...(search ? { search } : {}),
    ...(userId ? { userId } : {}),
    ...(record ? { record } : {}),
  };
}

/** The page of decisions about one record. */
export function decidedAddress(integrationId: string, asked: AskedDecided = {}): string {
  const params = decidedParams(asked).toString();
  return `/settings/integrations/${integrationId}/conflicts/decided${params ? `?${params}` : ""}`;
}
