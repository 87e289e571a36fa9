import { and, eq, inArray } from "drizzle-orm";
import type { Db } from "@/db/client";
import { runItems } from "@/db/schema/runs";
import { subjectsOf } from "@/services/sync/conflict-subjects";
import type { TransferPage } from "@/services/sync/page-context";
import type { RecordWork } from "@/services/sync/record-work";
import { sides } from "@/sync/side";
import { writesTo } from "@/sync/writes-to";

/**
 * Pairs that came along with a page's records, and would be written though nothing of them was shown here. One whose own
 * turn is to come is left to that, and others to the ordinary line.
 */
export async function withoutBeside(db: Db, page: TransferPage, works: RecordWork[]): Promise<RecordWork[]> {
  const beside = works.filter(
    ({ claimed, plan }) => !claimed.length && sides.some((side) => writesTo(plan, side)),
  );
  if (!beside.length) return works;
  const nameOf = ({ side, recordId }: { side: string; recordId: string }) => `${side}:${recordId}`;
  const namesOf = (work: RecordWork) =>
    subjectsOf(work).map(({ side, record_id: recordId }) => ({ side, recordId }));
  const due = await db
    .select({ side: runItems.side, recordId: runItems.recordId })
    .from(runItems)
    .where(
      and(
        eq(runItems.runId, page.runId),
        inArray(runItems.side, [...sides]),
        inArray(
          runItems.recordId,
          beside.flatMap(namesOf).map(({ recordId }) => recordId),
        ),
        inArray(runItems.outcome, ["planned", "asked"]),
      ),
    );
  const turns = new Set(due.map(nameOf));
  return works.flatMap((work) => {
    if (!beside.includes(work)) return [work];
    return namesOf(work).some((name) => turns.has(nameOf(name)))
      ? []
      : [{ ...work, plan: { kind: "look_again" } }];
  });
}
