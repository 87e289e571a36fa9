import { randomUUID } from "node:crypto";
import { inTransaction } from "./database";
import { routeLater, storeEvent } from "./event-store";
import type { IncomingEvent, StoredEvent } from "./protocol";
import { routeEvent } from "./route-event";
import type { Runner } from "./runner";

/**
 * Stores events and starts what they trigger, one transaction each. An event whose id is known is ignored;
 * `seed` makes the ids of events that came without one, so that the SDK may send the same request twice.
 */
export async function ingestEvents(
  runner: Runner,
  incoming: IncomingEvent[],
  seed?: string,
): Promise<string[]> {
  const ids: string[] = [];
  for (const [index, raw] of incoming.entries()) {
    const event = toStoredEvent(raw, seed ? `${seed}-${index}` : randomUUID());
    await inTransaction(runner.db, async (tx) => {
      if (!(await storeEvent(tx, event))) return;
      if (runner.functions.known()) await routeEvent(runner, tx, event);
      else await routeLater(tx, event);
    });
    ids.push(event.id);
  }
  runner.wake();
  return ids;
}

function toStoredEvent(raw: IncomingEvent, fallbackId: string): StoredEvent {
  return {
    id: raw.id || fallbackId,
    name: raw.name,
    data: raw.data ?? {},
    ts: raw.ts ?? Date.now(),
    user: raw.user ?? {},
    ...(raw.v ? { v: raw.v } : {}),
    ...(raw.meta ? { meta: raw.meta } : {}),
  };
}
