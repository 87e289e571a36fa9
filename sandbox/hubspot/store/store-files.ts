import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

/**
 * A snapshot with number N holds everything written before journal N, so what counts is
 * the newest snapshot and the journals from its number on.
 */
export interface StoreFiles {
  snapshot: number | null;
  journals: number[];
}

export function journalPath(dir: string, number: number): string {
  return join(dir, `journal-${padded(number)}.jsonl`);
}

export function snapshotPath(dir: string, number: number): string {
  return join(dir, `snapshot-${padded(number)}.jsonl`);
}

export function findStoreFiles(dir: string): StoreFiles {
  const names = readdirSync(dir);
  const snapshot = numbers(names, "snapshot").at(-1) ?? null;
  return { snapshot, journals: numbers(names, "journal").filter((n) => n >= (snapshot ?? 0)) };
}

export function removeStoreFilesBefore(dir: string, number: number): void {
  const names = readdirSync(dir);
  for (const n of numbers(names, "journal")) if (n < number) rmSync(journalPath(dir, n));
  for (const n of numbers(names, "snapshot")) if (n < number) rmSync(snapshotPath(dir, n));
}

function numbers(names: string[], kind: string): number[] {
  const pattern = new RegExp(`^${kind}-(\\d+)\\.jsonl$`);
  return names
    .map((name) => pattern.exec(name)?.[1])
    .filter((digits) => digits !== undefined)
    .map(Number)
    .sort((a, b) => a - b);
}

function padded(number: number): string {
  return String(number).padStart(8, "0");
}
