import { keyOf } from "./cel";
import type { RunnerFunction } from "./function-config";
import type { StoredEvent } from "./protocol";

/** The slots that each call of a run must hold. Like Inngest, limits count calls under way, not runs that sleep. */
export function concurrencySlots(
  fn: RunnerFunction,
  event: StoredEvent,
): { keys: string[]; limits: number[] } {
  return {
    keys: fn.concurrency.map(({ key, scope }) => `${scopeOf(fn, scope)}:${keyOf(key, { event })}`),
    limits: fn.concurrency.map(({ limit }) => limit),
  };
}

function scopeOf(fn: RunnerFunction, scope: "fn" | "env" | "account" = "fn"): string {
  return scope === "fn" ? `fn:${fn.id}` : scope;
}
