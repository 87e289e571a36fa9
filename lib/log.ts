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

/**
 * What may be logged of an error: its kind, where it arose, and by what HubSpot finds its answer. Its message may quote
 * what a person typed.
 */
export function errorFields(error: unknown): Fields {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = error.stack?.split("\n").filter((line) => /^\s+at /.test(line)) ?? [];
  const cause = error.cause instanceof Error ? error.cause.name : undefined;
  return {
    error: error.name,
    code: codeOf(error) ?? codeOf(error.cause),
    cause,
    ...answerFields(error),
    at: frames
      .slice(0, 6)
      .map((line) => line.trim())
      .join(" < "),
  };
}

const ofAnswers = ["kind", "status", "category", "correlationId"] as const;

/** Of another system's answer that an error, or what it was caused by, tells of. */
function answerFields(error: Error): Fields {
  const told = [error, error.cause].find((one) => one instanceof Error && "correlationId" in one);
  if (!told) return {};
  return Object.fromEntries(
    Object.entries(told).filter(
      ([name, value]) =>
        ofAnswers.some((known) => known === name) && ["string", "number"].includes(typeof value),
    ),
  );
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

function write(level: Level, event: string, fields: Fields = {}): void {
  if (levels.indexOf(level) < levels.indexOf(env().LOG_LEVEL)) return;
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level, event, ...fields })}\n`);
}
