import { closeSync, openSync, readSync } from "node:fs";

export interface Line {
  text: string;
  /** Byte offset just after the line's newline. */
  end: number;
}

/** Yields the lines that end in a newline; a torn last line is left out. */
export function* readLines(path: string): Generator<Line> {
  const file = openSync(path, "r");
  const chunk = Buffer.allocUnsafe(1 << 20);
  let rest: Buffer = Buffer.alloc(0);
  let offset = 0;
  try {
    for (;;) {
      const size = readSync(file, chunk, 0, chunk.length, null);
      if (size === 0) return;
      const data = Buffer.concat([rest, chunk.subarray(0, size)]);
      let start = 0;
      for (let at = data.indexOf(10); at !== -1; at = data.indexOf(10, start)) {
        const length = at + 1 - start;
        offset += length;
        yield { text: data.toString("utf8", start, at), end: offset };
        start = at + 1;
      }
      rest = data.subarray(start);
    }
  } finally {
    closeSync(file);
  }
}
