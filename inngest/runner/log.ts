export type LogFields = Record<string, string | number | boolean | undefined>;
export type RunnerLog = Record<"info" | "warn" | "error", (message: string, fields?: LogFields) => void>;

/** One JSON object a line; never a payload. */
export const jsonLog: RunnerLog = {
  info: (message, fields) => write("info", message, fields),
  warn: (message, fields) => write("warn", message, fields),
  error: (message, fields) => write("error", message, fields),
};

/** The reason of a failure in one line. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === "") return error.errors.map(reasonOf).join("; ");
  return error instanceof Error ? error.message || error.name : String(error);
}

function write(level: string, message: string, fields: LogFields = {}): void {
  process.stderr.write(
    `${JSON.stringify({ time: new Date().toISOString(), level, part: "runner", message, ...fields })}\n`,
  );
}
