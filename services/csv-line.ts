import type { Value } from "@/sync/value";

export function csvLine(cells: string[]): string {
  return `${cells.map(cell).join(",")}\r\n`;
}

export function csvValue(value: Value): string {
  return Array.isArray(value) ? value.join("; ") : String(value ?? "");
}

/** A spreadsheet takes what begins like a formula for one; a quote before it keeps it a text. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
