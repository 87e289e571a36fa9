import { afterAll, beforeAll, expect, it } from "vitest";
import { type Harness, startHarness } from "./support/harness";
import { waitFor } from "./support/wait-for";

let harness: Harness;
let now = new Date("2030-05-05T10:00:30Z");

beforeAll(async () => {
  const options = { runner: { clock: () => now } };
  harness = await startHarness(
    (inngest) => [
      inngest.createFunction(
        { id: "hourly", triggers: [{ cron: "TZ=UTC 0 * * * *" }] },
        ({ event }) => event.name,
      ),
    ],
    options,
  );
  await harness.addRunner();
});
afterAll(() => harness.stop());

const slotKnown = () =>
  waitFor("the schedule to be known", async () => {
    const [row] = await harness.db<{ lastSlot: Date }[]>`select last_slot from runner_cron_slots`;
    return row?.lastSlot;
  });

it("starts nothing for slots that passed before the schedule was known", async () => {
  expect(await slotKnown()).toEqual(now);
  expect(await harness.runsOf("hourly")).toEqual([]);
});

it("starts one run for a slot, with two runners at work", async () => {
  now = new Date("2030-05-05T11:00:00Z");
  const [run] = await harness.ended("hourly");
  expect(run).toMatchObject({ status: "completed", output: "inngest/scheduled.timer" });
  now = new Date("2030-05-05T12:00:00Z");
  expect(await harness.ended("hourly", 2)).toHaveLength(2);
});

it("makes up for the last slot of many that nobody was there for", async () => {
  now = new Date("2030-05-06T09:30:00Z");
  await harness.ended("hourly", 3);
  const [row] = await harness.db<{ lastSlot: Date }[]>`select last_slot from runner_cron_slots`;
  expect(row?.lastSlot).toEqual(new Date("2030-05-06T09:00:00Z"));
  expect(await harness.runsOf("hourly")).toHaveLength(3);
});
