import { createHash } from "node:crypto";

const kept = 400;

/** Everything that happened, in order. The hash is of all of it, the lines are the last ones. */
export function openTrace(startedAt: number) {
  const hash = createHash("sha256");
  const lines: string[] = [];
  return {
    add(at: number, who: string, what: string): void {
      const line = `${((at - startedAt) / 1000).toFixed(3).padStart(10)} ${who.padEnd(9)} ${what}`;
      hash.update(line);
      lines.push(line);
      if (lines.length > kept * 2) lines.splice(0, kept);
    },
    last: (count: number) => lines.slice(-count),
    digest: () => hash.digest("hex").slice(0, 16),
  };
}
export type Trace = ReturnType<typeof openTrace>;
