/** Whether a line of a Node part's log is an error: one of our own structured lines, or a stack trace's first line. */
export function isProblem(line: string): boolean {
  if (!line.startsWith("{")) return /^\s*(⨯|(Uncaught |Unhandled )?\w*Error\b)/.test(line);
  try {
    return JSON.parse(line).level === "error";
  } catch {
    return false;
  }
}
