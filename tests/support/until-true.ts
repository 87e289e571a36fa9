import { setTimeout as wait } from "node:timers/promises";

/** Waits for a condition; what throws meanwhile counts as not yet. */
export async function untilTrue(done: () => Promise<boolean>, withinMs = 300_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const fault = await done().then(
      (reached) => (reached ? null : "not reached"),
      (error: unknown) => String(error),
    );
    if (fault === null) return;
    if (Date.now() > deadline) throw new Error(`${fault} within ${withinMs} ms: ${done}`);
    await wait(50);
  }
}
