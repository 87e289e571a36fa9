import { afterEach, describe, expect, it } from "vitest";
import { bearer } from "@/inngest/runner/signature";
import { createHarnesses } from "./support/harness";
import { gate, waitFor } from "./support/wait-for";

const { start, stopAll } = createHarnesses();
afterEach(stopAll);

const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(url, { method: "POST", body: JSON.stringify(body), headers });

describe("a worker that lost its lease", () => {
  it("can store neither its checkpoint nor its result; the run goes on with its successor's", async () => {
    const stale = gate();
    const tokens: string[] = [];
    let calls = 0;
    const harness = await start(
      (inngest) => [
        inngest.createFunction({ id: "fenced", triggers: [{ event: "fenced/asked" }] }, async ({ step }) => {
          calls += 1;
          const call = calls;
          const token = await step.run("slow", async () => {
            if (call === 1) await stale.opened;
            return `call ${call}`;
          });
          await step.run("next", () => tokens.push(token));
          return token;
        }),
      ],
      { runner: { leaseMs: 60_000 } },
    );
    await harness.send("fenced/asked");
    await waitFor("the first call", () => calls === 1);
    // What a pause of the whole process does: the lease lapses and somebody else takes the job.
    await harness.db`update runner_jobs set leased_until = now() - interval '1 second'`;
    await harness.addRunner();
    const run = await harness.endedOne("fenced");
    stale.open();
    expect(run).toMatchObject({ status: "completed", output: "call 2" });
    await waitFor(
      "the stale call to be over",
      async () => (await harness.db`select 1 from runner_jobs`).length === 0,
    );
    await harness.runner.stop();
    const steps = await harness.db<{ result: unknown }[]>`select result from runner_steps order by position`;
    expect(steps.map((step) => step.result)).toEqual([{ data: "call 2" }, { data: 1 }]);
    expect(tokens).toEqual(["call 2"]);
  });

  it("cannot store its result while its successor still works", async () => {
    const gates = [gate(), gate()];
    const warnings: string[] = [];
    let calls = 0;
    const log = { info: () => {}, warn: (message: string) => warnings.push(message), error: () => {} };
    const harness = await start(
      (inngest) => [
        inngest.createFunction({ id: "raced", triggers: [{ event: "raced/asked" }] }, async () => {
          const call = calls++;
          await gates[call]?.opened;
          return `call ${call}`;
        }),
      ],
      { runner: { leaseMs: 60_000, log } },
    );
    await harness.send("raced/asked");
    await waitFor("the first call", () => calls === 1);
    await harness.db`update runner_jobs set leased_until = now() - interval '1 second'`;
    await harness.addRunner();
    await waitFor("the second call", () => calls === 2);
    gates[0]?.open();
    await waitFor("the stale answer to be dropped", () =>
      warnings.some((text) => text.includes("lease was lost")),
    );
    expect((await harness.runsOf("raced"))[0]).toMatchObject({ status: "running", output: null });
    gates[1]?.open();
    expect(await harness.endedOne("raced")).toMatchObject({ status: "completed", output: "call 1" });
  });

  it("is told 409 when it reports a step of an older call or of an ended run; the first report of a step stands", async () => {
    const slow = gate();
    const harness = await start((inngest) => [
      inngest.createFunction({ id: "slow", triggers: [{ event: "slow/asked" }] }, ({ step }) =>
        step.run("wait", () => slow.opened),
      ),
    ]);
    await harness.send("slow/asked");
    const [job] = await waitFor("the call", async () => {
      const rows = await harness.db<{ id: number; runId: string; generation: number }[]>`
        select job.id, run_id, generation from runner_jobs job join runner_runs run on run.id = run_id where generation > 0`;
      return rows.length > 0 && rows;
    });
    const report = (generation: number, data = 1) =>
      post(
        `${harness.runner.url}/v1/checkpoint/${job?.runId}/async`,
        {
          run_id: job?.runId,
          fn_id: "app-slow",
          qi_id: String(job?.id),
          generation_id: generation,
          steps: [{ id: "s", op: "StepRun", data }],
        },
        { authorization: bearer(harness.keys.signingKey) },
      );
    expect((await report((job?.generation ?? 0) - 1)).status).toBe(409);
    expect((await report(job?.generation ?? 0)).status).toBe(200);
    expect((await report(job?.generation ?? 0, 2)).status).toBe(200);
    const steps = await harness.db<{ result: unknown }[]>`select result from runner_steps where id = 's'`;
    expect(steps).toEqual([{ result: { data: 1 } }]);
    slow.open();
    await harness.endedOne("slow");
    expect((await report(job?.generation ?? 0)).status).toBe(409);
  });
});
