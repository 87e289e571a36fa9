import { useAskedOnce } from "@/components/ui/use-asked-once";
import { fetchJson } from "@/lib/fetch-json";
import type { ActivitiesView } from "@/services/activities/read-activities";
import type { Giver } from "@/services/activities/read-givers";

type NamedGivers = Record<string, Giver>;
type Activity = ActivitiesView["activities"][number];

/** Who had given HubSpot the values that came from there, once HubSpot has said so. */
export function useGivers(
  integrationId: string,
  activities: Activity[],
): (activity: Activity) => NamedGivers | undefined {
  const path = `/api/integrations/${integrationId}/activity/givers`;
  const giversOf = useAskedOnce(
    ["activity-givers", integrationId],
    activities.filter(cameFromHubspot).map(({ id }) => String(id)),
    (ids, signal) => fetchJson<Record<string, NamedGivers>>(`${path}?ids=${ids.join(",")}`, signal),
  );
  return ({ id }) => giversOf(String(id));
}

function cameFromHubspot({ kind, cause, contactId }: Activity): boolean {
  const isFromThere = cause.kind === "sync" && cause.from === "hubspot";
  return kind === "prospect/edited" && isFromThere && contactId !== null;
}
