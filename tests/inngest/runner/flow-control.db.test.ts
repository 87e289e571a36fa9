import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Harness, startHarness } from "./support/harness";
import { gate, waitFor } from "./support/wait-for";

let harness: Harness;
const inFlight = new Map<string, number>();
const peak = new Map<string, number>();
const release = gate();
const began: string[] = [];

/** Counts who is inside at the same time. */
async function inside(key: string, work: () => Promise<void>): Promise<void> {
  const now = (inFlight.get(key) ?? 0) + 1;
  inFlight.set(key, now);
  peak.set(key, Math.max(peak.get(key) ?? 0, now));
  await work();
  inFlight.set(key, (inFlight.get(key) ?? 0) - 1);
}

const moment = () => new Promise<void>((resolve) => setTimeout(resolve, 40));

/** Nobody leaves before all three places were taken once, so that a slow machine shows the same peak. */
async function whileFull(): Promise<void> {
  await waitFor("three at the same time", () => (peak.get("all") ?? 0) >= 3);
  await moment();
}

beforeAll(async () => {
  harness = await startHarness((inngest) => [
    inngest.createFunction(
      {
        id: "keyed",
        triggers: [{ event: "keyed/asked" }],
        concurrency: [
          { limit: 2, key: "event.data.key" },
          { limit: 3, scope: "env", key: '"shared"' },
        ],
      },
      async ({ event, step }) => {
        const key = String(event.data.key);
        await step.run("work", () => inside("all", () => inside(key, whileFull)));
      },
    ),
    inngest.createFunction(
      {
        id: "skipping",
        triggers: [{ event: "skipping/asked" }],
        singleton: { key: "event.data.key", mode: "skip" },
      },
      async ({ event, step }) => {
        await step.run("work", async () => {
          began.push(`skipping ${event.data.key}`);
          await release.opened;
        });
      },
    ),
    inngest.createFunction(
      { id: "replacing", triggers: [{ event: "replacing/asked" }], singleton: { mode: "cancel" } },
      async ({ event, step }) => {
        await step.run("begin", () => began.push(`replacing ${event.data.n}`));
        if (event.data.n === 1) await step.sleep("long", "1h");
        return event.data.n;
      },
    ),
    inngest.createFunction(
      { id: "calm", triggers: [{ event: "calm/asked" }], debounce: { key: "event.data.key", period: "1s" } },
      ({ event }) => event.data.n,
    ),
    inngest.createFunction(
      { id: "once", triggers: [{ event: "once/asked" }], idempotency: "event.data.order" },
      ({ event }) => event.data.order,
    ),
  ]);
  await harness.addRunner();
});
afterAll(() => harness.stop());

describe("with two runner processes at work", () => {
  it("a concurrency limit holds exactly per key, and one shared by its scope holds over all keys", async () => {
    const keys = Array.from({ length: 24 }, (_, index) => ({ key: "abc"[Math.floor(index / 8)] }));
    await harness.client.send(keys.map((data) => ({ name: "keyed/asked", data })));
    const runs = await harness.ended("keyed", keys.length);
    expect(runs.every((run) => run.status === "completed")).toBe(true);
    expect({ a: peak.get("a"), all: peak.get("all") }).toEqual({ a: 2, all: 3 });
    expect(Math.max(peak.get("b") ?? 0, peak.get("c") ?? 0)).toBeLessThanOrEqual(2);
  });

  it("a singleton in skip mode starts one run per key while one is live, however events race", async () => {
    const send = (key: string) => harness.send("skipping/asked", { key });
    await Promise.all([send("x"), send("x"), send("x"), send("y")]);
    await waitFor("both keys to begin", () => began.includes("skipping x") && began.includes("skipping y"));
    expect(await harness.runsOf("skipping")).toHaveLength(2);
    release.open();
    await harness.ended("skipping", 2);
    await send("x");
    expect(await harness.ended("skipping", 3)).toHaveLength(3);
  });

  it("a singleton in cancel mode cancels the live run for the new one", async () => {
    await harness.send("replacing/asked", { n: 1 });
    await waitFor("the first run", () => began.includes("replacing 1"));
    await harness.send("replacing/asked", { n: 2 });
    const runs = await harness.ended("replacing", 2);
    expect(runs.map((run) => [run.status, run.output])).toEqual([
      ["cancelled", null],
      ["completed", 2],
    ]);
  });

  it("debounce starts one run per key, with the newest event", async () => {
    for (const n of [1, 2, 3, 4]) await harness.send("calm/asked", { key: "k", n });
    await harness.send("calm/asked", { key: "other", n: 9 });
    const runs = await harness.ended("calm", 2);
    expect(runs.map((run) => run.output).sort()).toEqual([4, 9]);
  });

  it("idempotency starts one run per key", async () => {
    await Promise.all(["o1", "o1", "o2", "o1"].map((order) => harness.send("once/asked", { order })));
    const runs = await harness.ended("once", 2);
    expect(runs.map((run) => run.output).sort()).toEqual(["o1", "o2"]);
  });
});
