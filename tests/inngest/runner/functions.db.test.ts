import { type FailureEventPayload, NonRetriableError, RetryAfterError } from "inngest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Harness, startHarness } from "./support/harness";
import { waitFor } from "./support/wait-for";

const seen: Record<string, unknown[]> = {};
const note = (key: string, value: unknown = true) => {
  seen[key] = [...(seen[key] ?? []), value];
  return value;
};

let harness: Harness;

beforeAll(async () => {
  harness = await startHarness((inngest) => [
    inngest.createFunction(
      { id: "steps", triggers: [{ event: "steps/asked" }] },
      async ({ event, step, runId }) => {
        const first = await step.run("first", () => note("first", event.data.n));
        const second = await step.run("second", () => note("second", Number(first) + 1));
        return { second, runId };
      },
    ),
    inngest.createFunction(
      { id: "only-big", triggers: [{ event: "number/seen", if: "event.data.n > 10" }] },
      () => "big",
    ),
    inngest.createFunction(
      { id: "flaky", triggers: [{ event: "flaky/asked" }], retries: 2 },
      async ({ step, attempt }) => {
        await step.run("before", () => note("before flaky"));
        return step.run("flaky", () => {
          note("flaky attempt", attempt);
          if (seen["flaky attempt"]?.length !== 3) throw new Error("not yet");
          return "at last";
        });
      },
    ),
    inngest.createFunction({ id: "patient", triggers: [{ event: "patient/asked" }] }, ({ step }) =>
      step.run("wait", () => {
        note("patient", Date.now());
        if (seen.patient?.length === 1) throw new RetryAfterError("busy", "2s");
        return "served";
      }),
    ),
    inngest.createFunction(
      {
        id: "hopeless",
        triggers: [{ event: "hopeless/asked" }],
        retries: 1,
        onFailure: ({ event, error }: { event: FailureEventPayload; error: Error }) => {
          note("on failure", { message: error.message, original: event.data.event.data });
        },
      },
      ({ step }) =>
        step.run("try", () => {
          note("hopeless");
          throw new Error("it cannot be");
        }),
    ),
    inngest.createFunction({ id: "caught", triggers: [{ event: "caught/asked" }] }, async ({ step }) => {
      try {
        await step.run("refused", () => {
          note("refused");
          throw new NonRetriableError("never");
        });
      } catch {
        return step.run("instead", () => "instead");
      }
    }),
    inngest.createFunction({ id: "sleeper", triggers: [{ event: "sleeper/asked" }] }, async ({ step }) => {
      const before = await step.run("before", () => Date.now());
      await step.sleep("nap", "1s");
      return (await step.run("after", () => Date.now())) - before;
    }),
    inngest.createFunction({ id: "teller", triggers: [{ event: "teller/asked" }] }, ({ step }) =>
      step.sendEvent("tell", { name: "told/asked", data: { by: "teller" } }),
    ),
    inngest.createFunction({ id: "told", triggers: [{ event: "told/asked" }] }, ({ event }) => event.data.by),
    inngest.createFunction({ id: "parallel", triggers: [{ event: "parallel/asked" }] }, async ({ step }) => {
      const all = await Promise.all([
        step.run("a", () => note("parallel", "a")),
        step.run("b", () => note("parallel", "b")),
        step.sleep("c", "1s").then(() => "c"),
      ]);
      return step.run("join", () => all.join(""));
    }),
    inngest.createFunction({ id: "child", triggers: [{ event: "child/asked" }] }, ({ event }) => {
      if (event.data.fails) throw new NonRetriableError("child failed");
      return `child of ${event.data.of}`;
    }),
    inngest.createFunction(
      { id: "parent", triggers: [{ event: "parent/asked" }] },
      async ({ step, event }) => {
        const { referenceFunction } = await import("inngest");
        const child = referenceFunction({ functionId: "child" });
        return step.invoke("call child", {
          function: child,
          data: { of: "parent", fails: event.data.fails },
        });
      },
    ),
    inngest.createFunction(
      {
        id: "cancellable",
        triggers: [{ event: "cancellable/asked" }],
        cancelOn: [{ event: "cancel/asked", match: "data.key" }],
      },
      async ({ step }) => {
        await step.run("begin", () => note("cancellable"));
        await step.sleep("long", "2s");
        return "not cancelled";
      },
    ),
    inngest.createFunction({ id: "waiter", triggers: [{ event: "waiter/asked" }] }, ({ step }) =>
      step.waitForEvent("signal", { event: "some/event", timeout: "1m" }),
    ),
    inngest.createFunction({ id: "large", triggers: [{ event: "large/asked" }] }, async ({ step }) => {
      const parts: string[] = [];
      for (let part = 0; part < 4; part++) {
        parts.push(await step.run(`part ${part}`, () => `${part}\u0000`.padEnd(400_000, "x")));
        if (part === 3) await step.sleep("so that the state is read again", "1s");
      }
      return parts.map((text) => text.length);
    }),
  ]);
});
afterAll(() => harness.stop());

describe("a function", () => {
  it("runs its steps once each, with memoized results, and returns its output", async () => {
    await harness.send("steps/asked", { n: 4 });
    const run = await harness.endedOne("steps");
    expect(run).toMatchObject({ status: "completed", output: { second: 5, runId: run.id } });
    expect([seen.first, seen.second]).toEqual([[4], [5]]);
  });

  it("is started once by events that carry the same id", async () => {
    await harness.send("steps/asked", { n: 100 }, "same");
    await harness.send("steps/asked", { n: 100 }, "same");
    await harness.send("steps/asked", { n: 200 }, "other");
    await waitFor("the other event's run", async () => seen.first?.includes(200));
    await harness.ended("steps", (await harness.runsOf("steps")).length);
    expect(seen.first?.filter((n) => n === 100)).toHaveLength(1);
  });

  it("is started only by events that match its trigger's expression", async () => {
    await harness.client.send([
      { name: "number/seen", data: { n: 5 } },
      { name: "number/seen", data: { n: 50 } },
    ]);
    expect(await harness.ended("only-big")).toHaveLength(1);
  });

  it("retries a failing step alone, counting attempts, until it works", async () => {
    await harness.send("flaky/asked");
    expect(await harness.endedOne("flaky")).toMatchObject({ status: "completed", output: "at last" });
    expect(seen["flaky attempt"]).toEqual([0, 1, 2]);
    expect(seen["before flaky"]).toHaveLength(1);
  });

  it("waits as long as a RetryAfterError asks", async () => {
    await harness.send("patient/asked");
    expect(await harness.endedOne("patient")).toMatchObject({ output: "served" });
    const [first, second] = seen.patient as number[];
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThan(1000);
    expect((second ?? 0) - (first ?? 0)).toBeLessThan(4000);
  });

  it("fails when its retries are exhausted, and onFailure hears the error and the first event", async () => {
    await harness.send("hopeless/asked", { which: 7 });
    expect(await harness.endedOne("hopeless")).toMatchObject({
      status: "failed",
      error: { message: "it cannot be" },
    });
    await waitFor("onFailure", () => seen["on failure"]);
    expect(seen["on failure"]).toEqual([{ message: "it cannot be", original: { which: 7 } }]);
    expect(seen.hopeless).toHaveLength(2);
  });

  it("is told of a NonRetriableError at once and may catch it", async () => {
    await harness.send("caught/asked");
    expect(await harness.endedOne("caught")).toMatchObject({ status: "completed", output: "instead" });
    expect(seen.refused).toHaveLength(1);
  });

  it("sleeps and goes on", async () => {
    await harness.send("sleeper/asked");
    const run = await harness.endedOne("sleeper");
    expect(run.output).toBeGreaterThanOrEqual(1000);
    expect(run.output).toBeLessThan(2000);
  });

  it("sends events that start other functions", async () => {
    await harness.send("teller/asked");
    expect(await harness.endedOne("told")).toMatchObject({ output: "teller" });
  });

  it("runs parallel steps side by side and joins them", async () => {
    await harness.send("parallel/asked");
    expect(await harness.endedOne("parallel")).toMatchObject({ status: "completed", output: "abc" });
    expect([...(seen.parallel ?? [])].sort()).toEqual(["a", "b"]);
  });

  it("invokes another function and gets its result or its error", async () => {
    await harness.send("parent/asked", { fails: false });
    expect(await harness.endedOne("parent")).toMatchObject({ output: "child of parent" });
    await harness.send("parent/asked", { fails: true });
    const [, failed] = await harness.ended("parent", 2);
    expect(failed).toMatchObject({
      status: "failed",
      error: { message: expect.stringContaining("child failed") },
    });
  });

  it("is cancelled by a matching event, and by no other", async () => {
    await harness.send("cancellable/asked", { key: "one" });
    await harness.send("cancellable/asked", { key: "two" });
    await waitFor("both to sleep", () => seen.cancellable?.length === 2);
    await harness.send("cancel/asked", { key: "one" });
    const runs = await harness.ended("cancellable", 2);
    expect(runs.map((run) => run.status).sort()).toEqual(["cancelled", "completed"]);
    expect(runs.find((run) => run.status === "completed")?.output).toBe("not cancelled");
  });

  it("fails with a clear message when it uses an opcode that the runner lacks", async () => {
    await harness.send("waiter/asked");
    const run = await harness.endedOne("waiter");
    expect(run.error?.message).toBe(
      "app-waiter uses step.waitForEvent, which the embedded runner does not support",
    );
  });

  it("may keep more state than is sent in a call, zero bytes included", async () => {
    await harness.send("large/asked");
    expect(await harness.endedOne("large")).toMatchObject({
      status: "completed",
      output: [400_000, 400_000, 400_000, 400_000],
    });
  });
});
