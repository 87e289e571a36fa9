import type { HubspotClient } from "@/connectors/hubspot/client";
import { RemoteError } from "@/connectors/hubspot/remote-error";
import type { PropertiesKnown } from "@/db/queries/hubspot-properties";
import { errorFields, log } from "@/lib/log";
import type { FieldDefinition } from "@/sync/field-definition";

/** Every property that can be mapped; which others hold sensitive data, where that was asked and told. */
export type AccountProperties = { definitions: FieldDefinition[]; sensitive: Set<string> | undefined };
/** `before`: what was known when HubSpot was asked. It says nothing of what has become known since. */
export type PropertiesAnswer = AccountProperties & { before: PropertiesKnown };

/**
 * The properties of an account. `known`: what is known of them; `used`: the names that settings name. Which of them are
 * sensitive is asked only where one is missing; what HubSpot does not tell of that holds nothing up.
 */
export async function readProperties(
  { properties }: Pick<HubspotClient, "properties">,
  { known, used }: { known: () => Promise<PropertiesKnown>; used: () => Promise<string[]> },
): Promise<PropertiesAnswer> {
  const before = await known();
  const definitions = await properties.list();
  const listed = new Set(definitions.map(({ key }) => key));
  if ((await used()).every((name) => listed.has(name))) return { before, definitions, sensitive: undefined };
  try {
    return { before, definitions, sensitive: await properties.listSensitive() };
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    log.warn("properties/sensitive-not-read", errorFields(error));
    return { before, definitions, sensitive: undefined };
  }
}
