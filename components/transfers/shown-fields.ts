import type { ShownValue } from "@/components/overview/shown-value";
import type { IntegrationSettings } from "@/services/integrations/read-settings";
import { type Both, sides } from "@/sync/side";

export type ShownFields = Parameters<typeof ShownValue>[0]["fields"];

/** How the values that an integration may write are shown: its mapped fields, its constants and its first status. */
export function shownFields(settings: IntegrationSettings): ShownFields {
  const written = writtenOn(settings);
  const named = (definitions: IntegrationSettings["snovFields"], keys: unknown[]) =>
    Object.fromEntries(
      definitions
        .filter(({ key, custom, side }) => keys.includes(key) && (side === "hubspot" || custom))
        .map(({ key, label, type, options }) => [key, { label, type, options }]),
    );
  return {
    snov: named(settings.snovFields, written.snov),
    hubspot: named(settings.hubspotProperties, written.hubspot),
  };
}

/** The same fields as an address names them: `snov~city`. */
export function writtenFields(settings: IntegrationSettings): string[] {
  const written = writtenOn(settings);
  return sides.flatMap((side) => [
    ...new Set(written[side].flatMap((field) => (field ? [`${side}~${field}`] : []))),
  ]);
}

function writtenOn(settings: IntegrationSettings): Both<(string | null | undefined)[]> {
  const { mappings, constantToHubspot, constantToSnov, statusProperty } = settings;
  return {
    snov: [...mappings.map(({ snovField }) => snovField), constantToSnov?.field],
    hubspot: [
      ...mappings.map(({ hubspotProperty }) => hubspotProperty),
      constantToHubspot?.field,
      statusProperty,
    ],
  };
}
