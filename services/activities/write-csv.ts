import type { OverviewChange } from "@/db/queries/overview-changes";
import type { Ctx } from "@/services/context";
import { csvLine, csvValue } from "@/services/csv-line";
import { type ActivityCursor, type ReadActivitiesInput, readActivities } from "./read-activities";

const rowsPerRead = 1000;
const csvColumns = [
  "when",
  "record",
  "prospectId",
  "contactId",
  "act",
  "side",
  "field",
  "before",
  "after",
  "cause",
  "person",
  "why",
  "run",
] as const;

/**
 * Activities as CSV, a line a value that changed; read page by page as it is asked for. `headingOf` names a column in the
 * reader's language.
 */
export async function* activitiesCsv({
  ctx,
  input,
  headingOf,
}: {
  ctx: Pick<Ctx, "db" | "workspaceId">;
  input: Omit<ReadActivitiesInput, "after">;
  headingOf: (column: (typeof csvColumns)[number]) => string;
}): AsyncGenerator<string> {
  yield csvLine(csvColumns.map(headingOf));
  let after: ActivityCursor | null = null;
  do {
    const page = await readActivities({ ctx, input: { ...input, after }, length: rowsPerRead });
    yield page.activities.flatMap(linesOf).join("");
    after = page.next;
  } while (after);
}

function linesOf(activity: OverviewChange): string[] {
  const { at, recordName, prospectId, contactId, kind, side, changes, cause, runId } = activity;
  const from =
    cause.kind === "sync"
      ? `${cause.kind}/${cause.from}`
      : cause.kind === "member" && cause.takesBack
        ? `${cause.kind}/taken_back`
        : cause.kind;
  const person = "name" in cause ? cause.name : "";
  const line = (field: string, before: string, after: string, why: string) =>
    csvLine([
      at,
      recordName ?? "",
      prospectId ?? "",
      contactId ?? "",
      kind,
      side ?? "",
      field,
      before,
      after,
      from,
      person,
      why,
      runId ?? "",
    ]);
  if (!changes.length) return [line("", "", "", "")];
  return changes.map(({ label, before, after, why }) =>
    line(label, csvValue(before), csvValue(after), why ?? ""),
  );
}
