type BurstFigures = { events: number; lost: number; p99Ms: number };

/** HubSpot waits five seconds; we promise a fiftieth of that to 99 posts of a hundred. */
const MOST_P99_MS = 100;

/** What of the promises the figures break, in words; nothing where they are kept. */
export function brokenPromises({ events, lost, p99Ms }: BurstFigures): string[] {
  return [
    ...(events > 0 ? [] : ["no event was sent"]),
    ...(lost === 0 ? [] : [`${lost} of ${events} events were not stored`]),
    ...(p99Ms < MOST_P99_MS ? [] : [`99 of 100 posts took up to ${p99Ms} ms, not less than ${MOST_P99_MS}`]),
  ];
}
