import type { TransferItem } from "@/db/queries/transfer-items";
import type { Ctx } from "@/services/context";
import { csvLine, csvValue } from "@/services/csv-line";
import { type ReadItemsInput, readItems } from "./read-items";
import { requireTransfer } from "./read-transfer";

const rowsPerRead = 1000;
const csvColumns = [
  "record",
  "side",
  "id",
  "planned",
  "outcome",
  "reason",
  "changed",
  "changedSide",
  "field",
  "before",
  "after",
] as const;

/**
 * The records of a transfer as CSV, a line a value that changes; read page by page as it is asked for. `headingOf` names a
 * column in the reader's language.
 */
export async function* transferCsv({
  ctx,
  input,
  headingOf,
}: {
  ctx: Pick<Ctx, "db" | "workspaceId">;
  input: ReadItemsInput;
  headingOf: (column: (typeof csvColumns)[number]) => string;
}): AsyncGenerator<string> {
  await requireTransfer(ctx, input.runId);
  yield csvLine(csvColumns.map(headingOf));
  let after: { name: string; recordId: string } | null = null;
  do {
    const page = await readItems({ ctx, input: { ...input, ...after }, length: rowsPerRead });
    yield page.items.flatMap(linesOf).join("");
    after = page.next;
  } while (after);
}

function linesOf({ name, side, recordId, planned, outcome, detail, changes }: TransferItem): string[] {
  const { reason = "", message, changed = "" } = detail;
  const why = message ? `${reason}: ${message}` : reason;
  const record = (told: string) => [name, side, recordId, planned, outcome, told, changed];
  if (!changes.length) return [csvLine([...record(why), "", "", "", ""])];
  return changes.map((change) =>
    csvLine([
      ...record(change.kept ?? why),
      change.side,
      change.label,
      csvValue(change.before),
      csvValue(change.after),
    ]),
  );
}
