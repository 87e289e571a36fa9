// How many pages of a transfer are under way at once, and when no other begins.
import { describe, expect, it } from "vitest";
import type { TransferProgress } from "@/services/transfers/transfer-page";
import { workInLanes } from "@/services/transfers/work-in-lanes";

const more: TransferProgress = { worked: 1, more: true };
const none: TransferProgress = { worked: 0, more: false };

/** Pages that end when the test says so. */
function heldPages() {
  const begun: { end: (as: TransferProgress) => void; fail: (error: Error) => void }[] = [];
  return {
    begun,
    page: () => new Promise<TransferProgress>((end, fail) => begun.push({ end, fail })),
    endAll: async (as: TransferProgress = more) => {
      for (const { end } of begun) end(as);
      await settle();
    },
  };
}
const settle = () => new Promise((resolve) => setImmediate(resolve));
const roomy = { first: 4, most: 12, hasRoom: async () => true };

describe("the lanes of a step (Verifies: R-51)", () => {
  it("open one more for each page that went well, as many as may be", async () => {
    const { begun, page, endAll } = heldPages();
    let over = false;
    const ended = workInLanes(page, { ...roomy, isOver: () => over });
    expect(begun).toHaveLength(4);
    await endAll();
    expect(begun).toHaveLength(12);
    await endAll();
    expect(begun).toHaveLength(24);
    over = true;
    await endAll();
    expect(await ended).toHaveLength(12);
    expect(begun).toHaveLength(24);
  });

  it("stay as many where there is no room", async () => {
    const { begun, page, endAll } = heldPages();
    const ended = workInLanes(page, { ...roomy, hasRoom: async () => false, isOver: () => false });
    await endAll();
    expect(begun).toHaveLength(8);
    await endAll(none);
    expect(await ended).toEqual([none, none, none, none]);
  });

  it("open nothing for a page that ends after the time is over", async () => {
    const { begun, page, endAll } = heldPages();
    let over = false;
    const ended = workInLanes(page, { ...roomy, isOver: () => over });
    over = true;
    await endAll();
    expect(begun).toHaveLength(4);
    expect(await ended).toEqual([more, more, more, more]);
  });

  it("begin no page once one has failed, and tell its failure when the others have ended", async () => {
    const { begun, page, endAll } = heldPages();
    let told: unknown;
    const ended = workInLanes(page, { ...roomy, isOver: () => false }).catch((error) => {
      told = error;
    });
    begun[2]?.fail(new Error("no answer"));
    await settle();
    expect(told).toBeUndefined();
    await endAll();
    await ended;
    expect(told).toEqual(new Error("no answer"));
    expect(begun).toHaveLength(4);
  });
});
