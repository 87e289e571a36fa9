import type { ActivityCause } from "@/db/schema/sync";
import { isCarriedOut } from "@/sync/record-plan";
import type { RecordWork } from "./record-work";

/** Who chose what this plan writes to a mapping's field, if anybody did. */
export function chosenBy({ plan, resolutions }: RecordWork, mappingId: string): ActivityCause | undefined {
  const isChosen = plan.kind === "pair" && isCarriedOut(plan, mappingId);
  return isChosen ? resolutions.find((given) => given.mappingId === mappingId)?.by : undefined;
}
