import type { TransferItem } from "@/db/queries/transfer-items";
import type { Ctx } from "@/services/context";
import type { Value } from "@/sync/value";
import { type ReadItemsInput, readItems } from "./read-items";
import { requireTransfer } from "./read-transfer";

const rowsPerRead = 1000;
const head = [
  "record",
  "side",
  "id",
  "planned",
  "outcome",
  "reason",
  "changed since",
  "side changed",
  "field",
  "before",
  "after",
];

/** The records of a transfer as CSV, a line a value that changes; read page by page as it is asked for. */
export async function* transferCsv({
  ctx,
  input,
}: {
  ctx: Pick<Ctx, "db" | "workspaceId">;
  input: ReadItemsInput;
}): AsyncGenerator<string> {
  await requireTransfer(ctx, input.runId);
  yield line(head);
  let after: { name: string; recordId: string } | null = null;
  do {
    const page = await readItems({ ctx, input: { ...input, ...after }, length: rowsPerRead });
    yield page.items.flatMap(linesOf).join("");
    after = page.next;
  } while (after);
}

function linesOf({ name, side, recordId, planned, outcome, detail, changes }: TransferItem): string[] {
  const { reason = "", message, changed = "" } = detail;
  const record = [
    name,
    side,
    recordId,
    planned,
    outcome,
    message ? `${reason}: ${message}` : reason,
    changed,
  ];
  if (!changes.length) return [line([...record, "", "", "", ""])];
  return changes.map((change) =>
    line([...record, change.side, change.label, shown(change.before), shown(change.after)]),
  );
}

function shown(value: Value): string {
  return Array.isArray(value) ? value.join("; ") : String(value ?? "");
}

function line(cells: string[]): string {
  return `${cells.map(cell).join(",")}\r\n`;
}

/** A spreadsheet takes what begins like a formula for one; a quote before it keeps it a text. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
