import { open, rename } from "node:fs/promises";
import { dirname } from "node:path";
import type { Tables, Write } from "./tables";

const ROWS_PER_LINE = 500;

/** Writes all tables beside the target, then renames: a crash leaves the old snapshot or the new one. */
export async function writeSnapshot(path: string, tables: Tables): Promise<number> {
  const file = await open(`${path}.tmp`, "w", 0o600);
  let bytes = 0;
  try {
    for (const line of lines(tables)) bytes += (await file.write(line)).bytesWritten;
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.tmp`, path);
  await syncFolder(dirname(path));
  return bytes;
}

function* lines(tables: Tables): Generator<string> {
  let rows: Write[] = [];
  for (const [name, table] of [...tables])
    for (const [key, value] of table) {
      rows.push(["p", name, key, value]);
      if (rows.length < ROWS_PER_LINE) continue;
      yield `${JSON.stringify(rows)}\n`;
      rows = [];
    }
  if (rows.length > 0) yield `${JSON.stringify(rows)}\n`;
}

async function syncFolder(path: string): Promise<void> {
  // Windows cannot open a folder; its rename is durable enough for a sandbox.
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  await folder.sync().finally(() => folder.close());
}
