import { afterEach, describe, expect, it } from "vitest";
import { createHarnesses } from "./support/harness";

const { start, stopAll } = createHarnesses();
afterEach(stopAll);

describe("an idle runner", () => {
  it("makes the first call a few milliseconds after the event", async () => {
    let calledAt = 0;
    const harness = await start((inngest) => [
      inngest.createFunction({ id: "timed", triggers: [{ event: "timed/asked" }] }, () => {
        calledAt = performance.now();
      }),
    ]);
    const waits: number[] = [];
    for (let n = 1; n <= 30; n++) {
      const sentAt = performance.now();
      await harness.send("timed/asked");
      await harness.ended("timed", n);
      waits.push(calledAt - sentAt);
    }
    waits.sort((a, b) => a - b);
    expect(waits[15]).toBeLessThan(100);
  });
});
