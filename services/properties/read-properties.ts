import type { HubspotClient } from "@/connectors/hubspot/client";
import { RemoteError } from "@/connectors/hubspot/remote-error";
import { errorFields, log } from "@/lib/log";
import type { FieldDefinition } from "@/sync/field-definition";

/** Every property that can be mapped; which others hold sensitive data, where that was asked and told. */
export type AccountProperties = { definitions: FieldDefinition[]; sensitive: Set<string> | undefined };

/**
 * The properties of an account. `used`: the names that settings name. Which of them are sensitive is asked only where one
 * is missing; what HubSpot does not tell of that holds nothing up.
 */
export async function readProperties(
  { properties }: Pick<HubspotClient, "properties">,
  used: () => Promise<string[]>,
): Promise<AccountProperties> {
  const definitions = await properties.list();
  const known = new Set(definitions.map(({ key }) => key));
  if ((await used()).every((name) => known.has(name))) return { definitions, sensitive: undefined };
  try {
    return { definitions, sensitive: await properties.listSensitive() };
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    log.warn("properties/sensitive-not-read", errorFields(error));
    return { definitions, sensitive: undefined };
  }
}
