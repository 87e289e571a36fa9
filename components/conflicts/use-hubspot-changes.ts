import { useAskedOnce } from "@/components/ui/use-asked-once";
import { fetchJson } from "@/lib/fetch-json";
import type { HubspotChanges } from "@/services/conflicts/read-changes";
import type { ConflictRow } from "@/services/conflicts/read-page";

/** Who changed HubSpot's side of what is shown, once HubSpot has said so; of each conflict, as it is, it is asked once. */
export function useHubspotChanges(
  integrationId: string,
  conflicts: ConflictRow[],
): (conflict: ConflictRow) => HubspotChanges | undefined {
  const path = `/api/integrations/${integrationId}/conflicts/changes`;
  const changesOf = useAskedOnce(
    ["conflict-changes", integrationId],
    conflicts.filter(isChangedThere).map(keyOf),
    async (keys, signal) => {
      const ids = keys.map(idOf);
      const told = await fetchJson<Record<string, HubspotChanges>>(`${path}?ids=${ids.join(",")}`, signal);
      return Object.fromEntries(keys.map((key) => [key, told[idOf(key)] ?? {}]));
    },
  );
  return (conflict) => changesOf(keyOf(conflict));
}

/** HubSpot's side has a value that somebody gave it. */
function isChangedThere({ contactId, mappingId, edits, detail }: ConflictRow): boolean {
  return contactId !== null && (mappingId !== null || (detail.removedOn === "snov" && edits.length > 0));
}

/** It says something else once it is revised. */
function keyOf({ id, revision }: ConflictRow): string {
  return `${id}~${revision}`;
}

function idOf(key: string): string {
  return key.slice(0, key.indexOf("~"));
}
