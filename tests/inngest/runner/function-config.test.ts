import { describe, expect, it } from "vitest";
import { parseFunctions, UnsupportedFunctionError } from "@/inngest/runner/function-config";

const declared = (extra: Record<string, unknown> = {}) => ({
  id: "app-f",
  name: "f",
  triggers: [{ event: "a" }],
  steps: { step: { id: "step", name: "step", runtime: { type: "http", url: "http://app" } } },
  ...extra,
});

const problems = (...functions: unknown[]): string[] => {
  try {
    parseFunctions(functions);
    return [];
  } catch (error) {
    if (error instanceof UnsupportedFunctionError) return error.problems;
    throw error;
  }
};

describe("parseFunctions", () => {
  it("reads every option that the runner supports", () => {
    const [fn] = parseFunctions([
      declared({
        triggers: [{ event: "a", expression: "event.data.n > 1" }, { cron: "TZ=UTC 0 * * * *" }],
        concurrency: [{ limit: 2, key: "event.data.k", scope: "env" }],
        cancel: [{ event: "stop", if: "event.data.k == async.data.k", timeout: "1h" }],
        debounce: { period: "5s" },
        idempotency: "event.data.id",
        singleton: { mode: "skip" },
        steps: {
          step: {
            id: "step",
            name: "step",
            runtime: { type: "http", url: "http://app" },
            retries: { attempts: 0 },
          },
        },
      }),
    ]);
    expect(fn).toEqual({
      id: "app-f",
      eventTriggers: [{ event: "a", expression: "event.data.n > 1" }],
      crons: ["TZ=UTC 0 * * * *"],
      maxAttempts: 1,
      concurrency: [{ limit: 2, key: "event.data.k", scope: "env" }],
      cancelOn: [{ event: "stop", if: "event.data.k == async.data.k", timeout: "1h" }],
      debounce: { period: "5s" },
      idempotency: "event.data.id",
      singleton: { mode: "skip" },
    });
  });

  it("takes a bare number as a limit of the function, and four attempts where none are given", () => {
    const [fn] = parseFunctions([declared({ concurrency: 3 })]);
    expect(fn).toMatchObject({ concurrency: [{ limit: 3 }], maxAttempts: 4 });
  });

  it.each([
    ["batchEvents", { batchEvents: { maxSize: 2, timeout: "1s" } }],
    ["rateLimit", { rateLimit: { limit: 1, period: "1s" } }],
    ["throttle", { throttle: { limit: 1, period: "1s" } }],
    ["priority", { priority: { run: "1" } }],
    ["timeouts", { timeouts: { finish: "1h" } }],
    ["cron jitter", { triggers: [{ cron: "* * * * *", jitter: "10s" }] }],
    ["somethingNew", { somethingNew: true }],
  ])("refuses %s by name", (feature, extra) => {
    expect(problems(declared(extra))).toEqual([`app-f: ${feature} is not supported`]);
  });

  it("names every problem of every function at once, broken expressions and schedules included", () => {
    const found = problems(
      declared({ id: "app-one", concurrency: { limit: 1, key: "event.data. ==" } }),
      declared({ id: "app-two", debounce: { period: "soon" } }),
      declared({ id: "app-three", triggers: [{ cron: "not a schedule" }] }),
    );
    expect(found.map((problem) => problem.split(":")[0])).toEqual(["app-one", "app-two", "app-three"]);
  });
});
