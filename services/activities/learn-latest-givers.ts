import type { Deps } from "@/services/context";
import { loadPageContext } from "@/services/sync/load-page-context";
import { learnGivers } from "./learn-givers";
import { ungivenActivities } from "./ungiven-activities";

/** Twenty calls at most where every one is of another contact. */
const activitiesAtOnce = 1000;

/** Learns who gave HubSpot what came from there lately, so that activities can be asked by HubSpot's users. */
export async function learnLatestGivers(deps: Deps, integrationId: string): Promise<{ learnt: number }> {
  const page = await loadPageContext(deps.db, integrationId);
  if (!page) return { learnt: 0 };
  const activities = await ungivenActivities(deps.db, integrationId, activitiesAtOnce);
  const learnt = await learnGivers(deps, page, activities, "bulk");
  return { learnt: learnt.size };
}
