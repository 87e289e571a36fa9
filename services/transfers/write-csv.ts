import type { TransferItem } from "@/db/queries/transfer-items";
import type { Ctx } from "@/services/context";
import { csvLine, csvValue } from "@/services/csv-line";
import type { Side } from "@/sync/side";
import type { Value } from "@/sync/value";
import { type ReadItemsInput, readItems } from "./read-items";
import { requireTransfer } from "./read-transfer";

const rowsPerRead = 1000;
const csvColumns = [
  "record",
  "link",
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

/** What a reader sees in place of what is kept, in their language. */
export type CsvWords = {
  heading(column: (typeof csvColumns)[number]): string;
  side(side: TransferItem["side"]): string;
  planned(planned: TransferItem["planned"]): string;
  outcome(outcome: TransferItem["outcome"]): string;
  reason(reason: string, detail: Record<string, string>): string;
  /** How a side calls a field; `fallback`: what it was called when that was written down. */
  label(side: Side, field: string, fallback: string): string;
  value(side: Side, field: string, value: Value): Value;
  yes: string;
};

/**
 * The records of a transfer as CSV, a line a value that changes or stays; read page by page as it is asked for. `linkOf`:
 * where a record is looked at.
 */
export async function* transferCsv({
  ctx,
  input,
  words,
  linkOf,
}: {
  ctx: Pick<Ctx, "db" | "workspaceId">;
  input: ReadItemsInput;
  words: CsvWords;
  linkOf: (record: Pick<TransferItem, "side" | "recordId">) => string;
}): AsyncGenerator<string> {
  await requireTransfer(ctx, input.runId);
  yield csvLine(csvColumns.map(words.heading));
  let after: { name: string; recordId: string } | null = null;
  do {
    const page = await readItems({ ctx, input: { ...input, ...after }, length: rowsPerRead });
    yield page.items.flatMap((item) => linesOf(item, linkOf(item), words)).join("");
    after = page.next;
  } while (after);
}

function linesOf(item: TransferItem, link: string, words: CsvWords): string[] {
  const { name, side, recordId, planned, outcome, detail, changes } = item;
  const why = detail.reason ? words.reason(detail.reason, detail) : "";
  const record = (told: string) => [
    name,
    link,
    words.side(side),
    recordId,
    words.planned(planned),
    words.outcome(outcome),
    told,
    detail.changed ? words.yes : "",
  ];
  if (!changes.length) return [csvLine([...record(why), "", "", "", ""])];
  return changes.map(({ side: on, field, label, before, after, kept, why: standing = {} }) =>
    csvLine([
      ...record(kept ? words.reason(kept, standing) : why),
      words.side(on),
      words.label(on, field, label),
      csvValue(words.value(on, field, before)),
      csvValue(words.value(on, field, after)),
    ]),
  );
}
