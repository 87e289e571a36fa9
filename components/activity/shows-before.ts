/** What is new had no value before; what was decided about a conflict without a write changed none. */
export function showsBefore(kind: string): boolean {
  return !kind.endsWith("/created") && !isDecision(kind);
}

/** What a person decided about a conflict and nothing had to be written for: it tells the value that stayed. */
export function isDecision(kind: string): boolean {
  return kind.startsWith("conflict/");
}
