import type { Transfer } from "@/services/transfers/read-transfer";

export type TimeLeft = { unit: "unknown" | "moment" | "days" } | { unit: "minutes" | "hours"; count: number };

/** `runningMs`: since it goes on without a stop. */
type Speed = { lastMinute: number; runningMs: number };
/** `limit`: how many calls HubSpot allows in how long, where that is known. */
type Progress = Speed & { left: number; preview: Transfer["preview"]; limit?: Limit | undefined };
type Limit = { allowed: number; windowMs: number };
const minuteMs = 60_000;
/** What the first seconds say about speed is noise. */
const measurableMs = 10_000;
const usualLimit: Limit = { allowed: 110, windowMs: 10_000 };

/**
 * How long a transfer will still take; nothing where nothing tells. Each record as long as those of the last minute took,
 * or as the account's limit makes it where the kinds that come last need more calls. Pure.
 */
export function timeLeft({ left, lastMinute, runningMs, preview, limit = usualLimit }: Progress): TimeLeft {
  if (!left) return { unit: "moment" };
  if (runningMs < measurableMs || !lastMinute) return { unit: "unknown" };
  const perRecord = 1 / perMinute({ lastMinute, runningMs });
  const callsPerMinute = (limit.allowed * minuteMs) / limit.windowMs;
  const minutes = turnsLeft(preview, left)
    .map(({ records, calls }) => records * Math.max(perRecord, calls / 100 / callsPerMinute))
    .reduce((sum, one) => sum + one, 0);
  if (minutes < 0.75) return { unit: "moment" };
  if (minutes < 90) return { unit: "minutes", count: Math.round(minutes) || 1 };
  if (minutes <= 24 * 60) return { unit: "hours", count: Math.round(minutes / 60) };
  return { unit: "days" };
}

export function perMinute({ lastMinute, runningMs }: Speed): number {
  return lastMinute / (Math.min(Math.max(runningMs, measurableMs), minuteMs) / minuteMs);
}

/** `calls` that HubSpot takes for a hundred of them. */
type Turns = { records: number; calls: number };

/** Records take their turns kind by kind, so that the number of those left says of which kinds they are. */
function turnsLeft(preview: Transfer["preview"], left: number): Turns[] {
  const { conflict, create, update, toLink = 0, undo } = preview;
  const lastFirst: Turns[] = [
    { records: update, calls: 4 },
    ...(undo
      ? [
          { records: undo.takeBack.snov + undo.takeBack.hubspot, calls: 2 },
          { records: undo.records, calls: 4 },
        ]
      : []),
    // Equal pairs are read, and their link is saved.
    { records: toLink, calls: 1 },
    { records: create.hubspot, calls: 2 },
    { records: create.snov, calls: 1 },
    { records: conflict, calls: 1 },
  ];
  let rest = left;
  const turns = lastFirst.map(({ records, calls }) => {
    const these = Math.min(rest, records);
    rest -= these;
    return { records: these, calls };
  });
  return [...turns, { records: rest, calls: 1 }];
}
