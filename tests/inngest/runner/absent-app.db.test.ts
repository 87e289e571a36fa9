import { afterEach, describe, expect, it } from "vitest";
import { createHarnesses } from "./support/harness";
import { startApp } from "./support/test-app";
import { gate, waitFor } from "./support/wait-for";

const { start, stopAll } = createHarnesses();
afterEach(stopAll);

describe("an app that goes away", () => {
  it("costs a run time and none of its retries", async () => {
    let calls = 0;
    const first = gate();
    const harness = await start((inngest) => [
      inngest.createFunction(
        { id: "resumed", retries: 0, triggers: [{ event: "resumed/asked" }] },
        async ({ step }) => {
          const one = await step.run("one", () => 1);
          const two = await step.run("two", async () => {
            calls += 1;
            if (calls === 1) {
              first.open();
              await new Promise(() => {});
            }
            return 2;
          });
          return [one, two];
        },
      ),
    ]);
    const { client, app } = harness;
    await harness.send("resumed/asked");
    await first.opened;
    await app.stop();
    const again = client.createFunction(
      { id: "resumed", retries: 0, triggers: [{ event: "resumed/asked" }] },
      async ({ step }) => {
        const one = await step.run("one", () => "run again");
        return [one, await step.run("two", () => "after the restart")];
      },
    );
    await waitFor("a refused call", async () => {
      const rows = await harness.db`select 1 from runner_jobs where interruptions = 1 and deferrals > 0`;
      return rows.length === 1;
    });
    const restarted = await startApp(client, [again], { port: Number(new URL(app.url).port) });
    expect(await harness.endedOne("resumed")).toMatchObject({
      status: "completed",
      output: [1, "after the restart"],
    });
    await restarted.stop();
  });

  it("is asked for its functions again when it comes back with others", async () => {
    const lines: string[] = [];
    const note = (line: string) => lines.push(line);
    const harness = await start(() => [], { runner: { log: { info: note, warn: note, error: note } } });
    const { client, app } = harness;
    await harness.db`insert into runner_runs (id, function_id, status, event) values ('r', 'app-gone', 'queued', '{}'::json)`;
    await harness.db`insert into runner_jobs (kind, dedupe_key, run_id, step_id) values ('call', 'r:step', 'r', 'step')`;
    await app.stop();
    await waitFor("the runner to miss the app", () =>
      lines.some((line) => line.includes("cannot be used yet")),
    );
    const added = client.createFunction({ id: "added", triggers: [{ event: "added/asked" }] }, () => "added");
    const restarted = await startApp(client, [added], { port: Number(new URL(app.url).port) });
    await waitFor("a second sync", () => lines.filter((line) => line === "functions synced").length === 2);
    await harness.send("added/asked");
    expect(await harness.endedOne("added")).toMatchObject({ output: "added" });
    await restarted.stop();
  });
});
