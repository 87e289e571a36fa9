import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { commandLine } from "../bootstrap/process-identity.mjs";

/** The processes through which npm started this one: itself, and often a shell between. None when it was started otherwise. */
export function npmAbove(): number[] {
  if (!process.env.npm_lifecycle_event || process.platform === "win32") return [];
  const parent = process.ppid;
  if (!/^(\S*\/)?(sh|bash|dash|zsh) -c /.test(commandLine(parent))) return [parent];
  const grandparent = parentOf(parent);
  return grandparent ? [parent, grandparent] : [parent];
}

function parentOf(pid: number): number | undefined {
  try {
    // A small Linux has no `ps`.
    if (process.platform === "linux")
      return Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) || undefined;
    const said = execFileSync("ps", ["-o", "ppid=", "-p", String(pid)], { encoding: "utf8" });
    return Number(said) > 1 ? Number(said) : undefined;
  } catch {
    return undefined;
  }
}
