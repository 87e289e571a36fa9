import { jsonText, type Transaction } from "./database";
import { enqueue } from "./jobs";
import type { StoredEvent } from "./protocol";

/** False when an event of this id is known already. */
export async function storeEvent(tx: Transaction, event: StoredEvent): Promise<boolean> {
  const rows = await tx`
    insert into runner_events (id, name, payload) values (${event.id}, ${event.name}, ${jsonText(event)}::text::json)
    on conflict (id) do nothing returning 1`;
  return rows.length === 1;
}

export async function routeLater(tx: Transaction, event: StoredEvent): Promise<void> {
  await enqueue(tx, { kind: "route", dedupeKey: `route:${event.id}`, subject: event.id });
}

/** For an event that a transaction makes by itself: routing locks other runs, so it gets its own transaction. */
export async function emitEvent(tx: Transaction, event: StoredEvent): Promise<void> {
  if (await storeEvent(tx, event)) await routeLater(tx, event);
}

export async function readEvent(tx: Transaction, id: string): Promise<StoredEvent | null> {
  const [row] = await tx<{ payload: StoredEvent }[]>`select payload from runner_events where id = ${id}`;
  return row?.payload ?? null;
}
