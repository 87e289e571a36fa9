import { appendFileSync, renameSync, rmSync, statSync } from "node:fs";

const maxBytes = 5_000_000;
const kept = 3;

/** A log file that starts anew at 5 MB and keeps three older ones. Writing to it never throws: a full disk must not end the parts. */
export function openLogFile(file: string): { write(text: string): void; path: string } {
  let size = sizeOf(file);
  return {
    path: file,
    write(text) {
      try {
        if (size > maxBytes) {
          rotate(file);
          size = 0;
        }
        appendFileSync(file, text, { mode: 0o600 });
        size += Buffer.byteLength(text);
      } catch {
        // The terminal still shows errors.
      }
    },
  };
}

function rotate(file: string): void {
  rmSync(`${file}.${kept}`, { force: true });
  for (let n = kept - 1; n >= 0; n--) {
    const from = n === 0 ? file : `${file}.${n}`;
    if (sizeOf(from) > 0) renameSync(from, `${file}.${n + 1}`);
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
