import { fork } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../bootstrap/root.mjs";

/** A mistake one could make: what to replace in which file of the proof's folder, and the invariants that must notice. */
export type Break = { mistake: string; file: string; find: string; replace: string; noticedBy: string[] };
export type Noticed = { mistake: string; by: string[]; fault: string | null };

export type Proof = {
  /** Where the mistakes are made. */
  folder: string;
  /** What the proof needs of the repository. */
  parts: string[];
  /** Run in the copy, with the invariants as arguments: sends which of them notice. */
  notice: string;
};

/** Makes each mistake in a copy of the repository, prints which invariants notice, and ends with JSON. */
export async function tellBreaks(proof: Proof, breaks: Break[]): Promise<void> {
  const results = await tryBreaks(proof, breaks, ({ mistake, by, fault }) =>
    console.log(fault ? `  ✗ ${mistake}: ${fault}` : `  ✓ ${mistake.padEnd(55)} ${by.join(", ")}`),
  );
  const caught = results.filter(({ fault }) => fault === null).length;
  console.log(JSON.stringify({ breaks: results.length, caught }));
  process.exit(caught === results.length ? 0 : 1);
}

export async function tryBreaks(
  proof: Proof,
  list: Break[],
  told: (result: Noticed) => void = () => {},
): Promise<Noticed[]> {
  const left = [...list];
  const results: Noticed[] = [];
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), list.length) }, work));
  return results;

  async function work(): Promise<void> {
    const copy = mkdtempSync(join(tmpdir(), "broken-copy-"));
    try {
      for (const part of proof.parts) cpSync(join(root, part), join(copy, part), { recursive: true });
      symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
      for (let next = left.shift(); next; next = left.shift()) {
        const result = await tryBreak(proof, copy, next);
        results.push(result);
        told(result);
      }
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  }
}

async function tryBreak(
  proof: Proof,
  copy: string,
  { mistake, file, find, replace, noticedBy }: Break,
): Promise<Noticed> {
  const path = join(copy, proof.folder, file);
  const whole = readFileSync(path, "utf8");
  const times = whole.split(find).length - 1;
  if (times !== 1)
    return { mistake, by: [], fault: `${proof.folder}/${file} holds it ${times} times: bring it up to date` };
  writeFileSync(
    path,
    whole.replace(find, () => replace),
  );
  try {
    const by = await noticing(join(copy, proof.notice), copy, noticedBy);
    if (!by) return { mistake, by: [], fault: "it does not even run" };
    const silent = noticedBy.filter((name) => !by.includes(name));
    return { mistake, by, fault: silent.length ? `not noticed by ${silent.join(", ")}` : null };
  } finally {
    writeFileSync(path, whole);
  }
}

function noticing(notice: string, copy: string, names: string[]): Promise<string[] | null> {
  const child = fork(notice, names, {
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
