export type TimeLeft = { unit: "unknown" | "moment" | "days" } | { unit: "minutes" | "hours"; count: number };

/** `runningMs`: since it goes on without a stop. */
type Progress = { left: number; lastMinute: number; runningMs: number };
const minuteMs = 60_000;
/** What the first seconds say about speed is noise. */
const measurableMs = 10_000;

/** How long a transfer will still take at the speed of its last minute; nothing where that says nothing. Pure. */
export function timeLeft({ left, lastMinute, runningMs }: Progress): TimeLeft {
  if (!left) return { unit: "moment" };
  if (runningMs < measurableMs || !lastMinute) return { unit: "unknown" };
  const minutes = left / perMinute({ lastMinute, runningMs });
  if (minutes < 0.75) return { unit: "moment" };
  if (minutes < 90) return { unit: "minutes", count: Math.round(minutes) || 1 };
  if (minutes <= 24 * 60) return { unit: "hours", count: Math.round(minutes / 60) };
  return { unit: "days" };
}

export function perMinute({ lastMinute, runningMs }: Omit<Progress, "left">): number {
  return lastMinute / (Math.min(Math.max(runningMs, measurableMs), minuteMs) / minuteMs);
}
