import type { IntegrationSettings } from "@/services/integrations/read-settings";
import { launchFaults } from "@/sync/launch-faults";

export type MissingSetting = {
  reason:
    | "connection_broken"
    | "receiving_list_missing"
    | "list_gone"
    | "mapping_invalid"
    | "nothing_to_sync";
  /** The step that puts it right; a broken connection is mended outside of them. */
  step: "data" | "mapping" | "direction" | null;
  field?: string;
};

/** What keeps this integration from launching, in the order of the steps. Launching checks it again. */
export function missingSettings(settings: IntegrationSettings): MissingSetting[] {
  const { receivingListId, outgoingScope, lists, mappings } = settings;
  const known = new Set(lists.map(({ id }) => id));
  const chosen = [...(receivingListId ? [receivingListId] : []), ...scopeIds(outgoingScope)];
  const faults = launchFaults(
    settings.syncType,
    mappings,
    {
      snov: new Map(settings.snovFields.map((field) => [field.key, field])),
      hubspot: new Map(settings.hubspotProperties.map((field) => [field.key, field])),
    },
    {
      snov: settings.constantToSnov?.field ?? null,
      hubspot: settings.constantToHubspot?.field ?? null,
    },
  );
  const missing: MissingSetting[] = [];
  if (settings.account.brokenReason) missing.push({ reason: "connection_broken", step: null });
  if (!receivingListId) missing.push({ reason: "receiving_list_missing", step: "data" });
  if (chosen.some((id) => !known.has(id))) missing.push({ reason: "list_gone", step: "data" });
  for (const fault of faults) {
    if (fault.reason === "nothing_to_sync") missing.push({ reason: fault.reason, step: "direction" });
    else {
      const field = mappings.find(({ id }) => id === fault.mappingId)?.hubspotLabel;
      missing.push({ reason: fault.reason, step: "mapping", field });
    }
  }
  return missing;
}

function scopeIds(scope: IntegrationSettings["outgoingScope"]): string[] {
  return scope.kind === "lists" ? scope.ids : [];
}
