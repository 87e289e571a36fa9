import type { OverviewChange } from "@/db/queries/overview-changes";
import type { Ctx } from "@/services/context";
import { csvLine, csvValue } from "@/services/csv-line";
import type { Side } from "@/sync/side";
import type { Value } from "@/sync/value";
import { type ActivityCursor, type ReadActivitiesInput, readActivities } from "./read-activities";
import { type Giver, knownGivers } from "./read-givers";

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

/** What a reader sees in place of what is kept, in their language. */
export type CsvWords = {
  heading(column: (typeof csvColumns)[number]): string;
  side(side: Side): string;
  act(activity: OverviewChange): string;
  /** Of each of its changes, in their order; none where the act itself tells them. */
  changes(activity: OverviewChange): { field: string; before: Value; after: Value; why: string }[];
  cause(activity: OverviewChange): string;
};

/** Activities as CSV, a line a value that changed, where a field is asked for of that one alone; read page by page as it is asked for. */
export async function* activitiesCsv({
  ctx,
  input,
  words,
}: {
  ctx: Pick<Ctx, "db" | "workspaceId">;
  input: Omit<ReadActivitiesInput, "after">;
  words: CsvWords;
}): AsyncGenerator<string> {
  yield csvLine(csvColumns.map(words.heading));
  let after: ActivityCursor | null = null;
  do {
    const page = await readActivities({ ctx, input: { ...input, after }, length: rowsPerRead });
    const ids = page.activities.map(({ id }) => id);
    const givers = await knownGivers(ctx, input.integrationId, ids);
    const field = input.filter?.field?.name;
    yield page.activities
      .flatMap((activity) => linesOf(activity, { givers: givers[activity.id] ?? {}, field }, words))
      .join("");
    after = page.next;
  } while (after);
}

type Told = {
  /** Who had changed its fields in HubSpot, where it came from there. */
  givers: Record<string, Giver>;
  /** The only one that is asked for. */
  field: string | undefined;
};

function linesOf(activity: OverviewChange, { givers, field: asked }: Told, words: CsvWords): string[] {
  const { at, recordName, prospectId, contactId, side, cause, runId } = activity;
  const who = "name" in cause ? cause.name : "";
  const line = (field: string, before: Value, after: Value, why: string, person = who) =>
    csvLine([
      at,
      recordName ?? "",
      prospectId ?? "",
      contactId ?? "",
      words.act(activity),
      side ? words.side(side) : "",
      field,
      csvValue(before),
      csvValue(after),
      words.cause(activity),
      person,
      why,
      runId ?? "",
    ]);
  const changes = words.changes(activity);
  if (!changes.length) return [line("", null, null, "")];
  return changes.flatMap(({ field, before, after, why }, place) => {
    const key = activity.changes[place]?.field ?? "";
    if (asked !== undefined && key !== asked) return [];
    return line(field, before, after, why, givers[key]?.userName ?? who);
  });
}
