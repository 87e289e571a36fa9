"use client";

import { useFormatter, useNow } from "next-intl";

/** A moment in the person's language and time zone: "23 Nov 2026, 14:05". */
export function DateTime({ value }: { value: Date | string }) {
  const format = useFormatter();
  const at = new Date(value);
  return (
    <time dateTime={at.toISOString()}>
      {format.dateTime(at, { dateStyle: "medium", timeStyle: "short" })}
    </time>
  );
}

/** A calendar day, without a time zone: the day a person chose stays that day everywhere. */
export function Day({ value }: { value: string }) {
  const format = useFormatter();
  const day = new Date(`${value.slice(0, 10)}T00:00:00Z`);
  return (
    <time dateTime={value.slice(0, 10)}>
      {format.dateTime(day, { dateStyle: "medium", timeZone: "UTC" })}
    </time>
  );
}

/** "3 minutes ago", kept current, with the exact moment on hover. */
export function TimeAgo({ value }: { value: Date | string }) {
  const format = useFormatter();
  const now = useNow({ updateInterval: 30_000 });
  const at = new Date(value);
  return (
    <time
      dateTime={at.toISOString()}
      title={format.dateTime(at, { dateStyle: "medium", timeStyle: "medium" })}
    >
      {format.relativeTime(at, at > now ? at : now)}
    </time>
  );
}

export function Count({ value }: { value: number }) {
  const format = useFormatter();
  return <span data-numeric>{format.number(value)}</span>;
}
