import { existsSync, readFileSync, writeFileSync } from "node:fs";

type Report = { files: Record<string, { mutants: { status: string }[] }> };

/**
 * Leaves in Stryker's memory only what was noticed. Stryker itself would also remember a mutant that nobody
 * noticed, and not try it again on a new test that reaches it while its file loads.
 */
export function forgetUnnoticed(file: string): void {
  if (!existsSync(file)) return;
  writeFileSync(file, JSON.stringify(noticedOnly(JSON.parse(readFileSync(file, "utf8")))));
}

export function noticedOnly<R extends Report>(report: R): R {
  const files = Object.entries(report.files).map(([name, about]) => [
    name,
    { ...about, mutants: about.mutants.filter(({ status }) => status === "Killed") },
  ]);
  return { ...report, files: Object.fromEntries(files) };
}
