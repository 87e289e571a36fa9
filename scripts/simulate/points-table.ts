import type { Totals } from "@/tests/simulation/simulate-many";

/** Every named point, how often processes passed it, and how often one died there; then the faults by kind. */
export function pointsTable({ visited, crashedAt, faultKinds }: Totals): string {
  const names = Object.keys(visited).sort();
  const width = Math.max(...names.map((name) => name.length), 5);
  const row = (name: string, passed: number | string, died: number | string) =>
    `${name.padEnd(width)} ${String(passed).padStart(10)} ${String(died).padStart(8)}`;
  return [
    row("point", "passed", "crashes"),
    ...names.map((name) => row(name, visited[name] ?? 0, crashedAt[name] ?? 0)),
    "",
    row("fault", "", "times"),
    ...Object.keys(faultKinds)
      .sort()
      .map((name) => row(name, "", faultKinds[name] ?? 0)),
  ].join("\n");
}
