import { env } from "@/lib/env";

const levels = ["debug", "info", "warn", "error"] as const;
type Level = (typeof levels)[number];
type Fields = Record<string, string | number | boolean | null | undefined>;

/** One JSON line. Fields hold ids and counts, never a person's data or a secret. */
export const log = {
  debug: (event: string, fields?: Fields) => write("debug", event, fields),
  info: (event: string, fields?: Fields) => write("info", event, fields),
  warn: (event: string, fields?: Fields) => write("warn", event, fields),
  error: (event: string, fields?: Fields) => write("error", event, fields),
};

/** What may be logged of an error: its kind and where it arose. Its message may quote what a person typed. */
export function errorFields(error: unknown): Fields {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = error.stack?.split("\n").filter((line) => /^\s+at /.test(line)) ?? [];
  const cause = error.cause instanceof Error ? error.cause.name : undefined;
  return {
    error: error.name,
    code: codeOf(error) ?? codeOf(error.cause),
    cause,
    at: frames
      .slice(0, 6)
      .map((line) => line.trim())
      .join(" < "),
  };
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

function write(level: Level, event: string, fields: Fields = {}): void {
  if (levels.indexOf(level) < levels.indexOf(env().LOG_LEVEL)) return;
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level, event, ...fields })}\n`);
}
