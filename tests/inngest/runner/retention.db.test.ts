import { afterEach, describe, expect, it } from "vitest";
import { removeExpired } from "@/inngest/runner/retention";
import { createHarnesses } from "./support/harness";

const { start, stopAll } = createHarnesses();
afterEach(stopAll);

describe("retention", () => {
  it("removes what ended long ago with its steps, and keeps what is young or live", async () => {
    const harness = await start(() => []);
    const { db } = harness;
    await db`
      insert into runner_runs (id, function_id, status, event, ended_at)
      select 'old ' || n, 'f', 'completed', '{}'::json, now() - interval '20 days' from generate_series(1, 1200) n
      union all select 'young', 'f', 'completed', '{}', now() - interval '2 days'
      union all select 'live', 'f', 'running', '{}', null`;
    await db`insert into runner_steps (run_id, id, op, state) select id, 's', 'StepRun', 'done' from runner_runs`;
    await db`
      insert into runner_events (id, name, payload, received_at)
      values ('old', 'e', '{}', now() - interval '20 days'), ('young', 'e', '{}', now())`;
    expect(await removeExpired(db, 14)).toBe(1201);
    const left = await db<{ id: string }[]>`select run_id as id from runner_steps order by 1`;
    expect(left.map((row) => row.id)).toEqual(["live", "young"]);
    expect(await db`select 1 from runner_events`).toHaveLength(1);
  });
});
