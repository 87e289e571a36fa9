import { fork } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../bootstrap/root.mjs";
import { type Break, breaks } from "./breaks";

export type Noticed = { mistake: string; by: string[]; fault: string | null };

/** What the proof needs of the repository. */
const parts = ["sync", "tests/proof", "scripts/prove", "package.json", "tsconfig.json"];

/** `npm run prove -- --breaks`: makes each mistake in a copy of the planner and tells which invariants notice. */
export async function breakPlanner(): Promise<void> {
  const results = await tryBreaks(breaks, ({ mistake, by, fault }) =>
    console.log(fault ? `  ✗ ${mistake}: ${fault}` : `  ✓ ${mistake.padEnd(55)} ${by.join(", ")}`),
  );
  const caught = results.filter(({ fault }) => fault === null).length;
  console.log(JSON.stringify({ breaks: results.length, caught }));
  process.exit(caught === results.length ? 0 : 1);
}

export async function tryBreaks(
  list: Break[],
  told: (result: Noticed) => void = () => {},
): Promise<Noticed[]> {
  const left = [...list];
  const results: Noticed[] = [];
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), list.length) }, work));
  return results;

  async function work(): Promise<void> {
    const copy = mkdtempSync(join(tmpdir(), "broken-planner-"));
    try {
      for (const part of parts) cpSync(join(root, part), join(copy, part), { recursive: true });
      symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
      for (let next = left.shift(); next; next = left.shift()) {
        const result = await tryBreak(copy, next);
        results.push(result);
        told(result);
      }
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  }
}

async function tryBreak(copy: string, { mistake, file, find, replace, noticedBy }: Break): Promise<Noticed> {
  const path = join(copy, "sync", file);
  const whole = readFileSync(path, "utf8");
  const times = whole.split(find).length - 1;
  if (times !== 1)
    return { mistake, by: [], fault: `sync/${file} holds it ${times} times: bring it up to date` };
  writeFileSync(
    path,
    whole.replace(find, () => replace),
  );
  try {
    const by = await noticing(copy, noticedBy);
    if (!by) return { mistake, by: [], fault: "it does not even run" };
    const silent = noticedBy.filter((name) => !by.includes(name));
    return { mistake, by, fault: silent.length ? `not noticed by ${silent.join(", ")}` : null };
  } finally {
    writeFileSync(path, whole);
  }
}

function noticing(copy: string, names: string[]): Promise<string[] | null> {
  const child = fork(join(copy, "scripts/prove/notice.ts"), names, {
    cwd: copy,
    execArgv: ["--import", "tsx"],
    // The mistake is in the copy's files: a compiled one of another copy must not stand in for it.
    env: { ...process.env, TSX_DISABLE_CACHE: "1" },
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("message", (found) => resolve(found as string[]));
    child.once("exit", () => resolve(null));
  });
}
