import type { ActivityCause } from "@/db/schema/sync";
import { isCarriedOut } from "@/sync/record-plan";
import type { RecordWork } from "./record-work";

/** Who chose what this plan writes to a mapping's field, if anybody did. */
export function chosenBy({ plan, answers }: RecordWork, mappingId: string): ActivityCause | undefined {
  const isChosen = plan.kind === "pair" && isCarriedOut(plan, mappingId);
  return isChosen ? answers.find((answer) => answer.mappingId === mappingId)?.by : undefined;
}
