import type { Totals } from "@/tests/simulation/simulate-many";

/** Every named point, how often processes passed it, how often one died there, and was to; then the faults by kind. */
export function pointsTable({ visited, crashedAt, deathsDue, faultKinds }: Totals): string {
  const names = Object.keys(visited).sort();
  const width = Math.max(...names.map((name) => name.length), 5);
  const row = (name: string, ...figures: (number | string)[]) =>
    [name.padEnd(width), ...figures.map((figure) => String(figure).padStart(10))].join(" ");
  return [
    row("point", "passed", "crashes", "expected"),
    ...names.map((name) =>
      row(name, visited[name] ?? 0, crashedAt[name] ?? 0, (deathsDue[name] ?? 0).toFixed(1)),
    ),
    "",
    row("fault", "times"),
    ...Object.keys(faultKinds)
      .sort()
      .map((name) => row(name, faultKinds[name] ?? 0)),
  ].join("\n");
}
