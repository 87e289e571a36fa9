import { expect, vi } from "vitest";
import { allowTransfer } from "@/services/transfers/allow-transfer";
import { transferPage } from "@/services/transfers/transfer-page";
import type { SyncWorld } from "../../support/sync-world";

/** The first page of an allowed run calls HubSpot, which does as it was told, and nobody hears of it. */
export async function diesAt(
  world: SyncWorld,
  call: string,
  runId: string,
  meanwhile?: () => Promise<unknown>,
): Promise<void> {
  await allowTransfer({ ctx: world.ctx, input: { runId } });
  await pageDiesAt(world, call, runId, meanwhile);
}

/** The same of the next page of a run that is under way. */
export async function pageDiesAt(
  world: SyncWorld,
  call: string,
  runId: string,
  meanwhile?: () => Promise<unknown>,
): Promise<void> {
  const send = globalThis.fetch;
  let dead = false;
  const spy = vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
    if (!dead && !String(url).endsWith(call)) return send(url, init);
    if (!dead) await meanwhile?.();
    if (!dead) await send(url, init);
    dead = true;
    throw new TypeError("no answer");
  });
  await expect(transferPage(world.ctx, runId)).rejects.toThrow("no answer");
  spy.mockRestore();
}
