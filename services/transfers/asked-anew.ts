import type { PageContext } from "@/services/sync/page-context";
import type { RecordWork } from "@/services/sync/record-work";
import type { OpenTransfer } from "./open-transfer";
import { undoneBy } from "./undone-writes";

/** A transfer also brings what an earlier one's undo took back, which the ordinary sync leaves alone. */
export function withAskedAnew<Page extends PageContext>(page: Page, transfer: OpenTransfer): Page {
  return undoneBy(transfer) ? page : { ...page, planner: { ...page.planner, takesUpUndone: true } };
}

/** An undo took this record back, and a transfer takes it out of the trash again. */
export function isAskedBack({ plan, link }: Pick<RecordWork, "plan" | "link">): boolean {
  return plan.kind === "restore" && link?.declined.creation !== undefined;
}
